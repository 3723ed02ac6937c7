CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE base (
    id serial PRIMARY KEY,
    ident bigint GENERATED ALWAYS AS IDENTITY,
    email varchar(80) NOT NULL DEFAULT 'x' UNIQUE,
    feels mood DEFAULT 'ok',
    age int CHECK (age > 0),
    twice int GENERATED ALWAYS AS (age * 2) STORED,
    CONSTRAINT grown CHECK (age < 150)
);
CREATE INDEX base_age ON base (age DESC NULLS LAST) WHERE email IS NOT NULL;
CREATE INDEX ON base (lower(email) text_pattern_ops);
CREATE TABLE bare (LIKE base);
CREATE TABLE bare_more (first int, LIKE base, last text NOT NULL);
CREATE TABLE defaults (LIKE base INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
CREATE TABLE whole (LIKE base INCLUDING ALL);
CREATE TABLE nearly (LIKE base INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY, extra text);
-- what LIKE and partitions make anew is called after the names that the columns had when the index was made
CREATE TABLE called (
    x int UNIQUE, y int, v int, w int, t int PRIMARY KEY,
    CONSTRAINT called_k UNIQUE (y) INCLUDE (v), EXCLUDE USING btree (w WITH =)
);
CREATE INDEX called_v ON called (v);
CREATE INDEX called_v_w ON called ((v + 1), w);
CREATE UNIQUE INDEX called_typed ON called (v, w) WHERE v > 0;
CREATE UNIQUE INDEX called_taken ON called (v, t);
ALTER TABLE called RENAME x TO x2;
ALTER TABLE called RENAME y TO y2;
ALTER TABLE called RENAME v TO v2;
ALTER TABLE called RENAME w TO w2;
ALTER TABLE called RENAME t TO t2;
ALTER TABLE called ADD CONSTRAINT called_using UNIQUE USING INDEX called_taken;
CREATE TABLE called_once (LIKE called INCLUDING ALL);
CREATE TABLE called_twice (LIKE called_once INCLUDING ALL);
ALTER TABLE called ALTER COLUMN v2 TYPE bigint;
CREATE TABLE called_typed_anew (LIKE called INCLUDING ALL);
ALTER TABLE called RENAME x2 TO x;
CREATE TABLE called_as_before (LIKE called INCLUDING ALL);
CREATE TABLE split (x int, y int UNIQUE, z int) PARTITION BY RANGE (y);
CREATE INDEX ON split (x);
ALTER TABLE split RENAME x TO xx;
ALTER TABLE split RENAME y TO yy;
CREATE TABLE split_1 PARTITION OF split FOR VALUES FROM (1) TO (2);
CREATE TABLE split_2 (xx int, yy int, z int);
ALTER TABLE split ATTACH PARTITION split_2 FOR VALUES FROM (2) TO (3);
CREATE TABLE carried (a int, b int, c int, d int, e int, f int, PRIMARY KEY (a) INCLUDE (b), UNIQUE (c) INCLUDE (d));
CREATE INDEX carried_e ON carried (e) INCLUDE (f);
ALTER TABLE carried RENAME b TO b2;
ALTER TABLE carried RENAME d TO d2;
ALTER TABLE carried RENAME f TO f2;
CREATE TABLE carried_whole (LIKE carried INCLUDING ALL);
ALTER TABLE carried DROP COLUMN b2, DROP COLUMN d2, DROP COLUMN f2;
