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
