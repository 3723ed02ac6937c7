"""Scripts that are dumped beside those of tests/sql/scripts."""

from __future__ import annotations

POSTGRES = {
    "types-of-all-kinds": """
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'it''s ok');
CREATE DOMAIN positive AS int NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN old AS text; ALTER DOMAIN old RENAME TO "New one";
CREATE TYPE pair AS (a int, b app.mood);
CREATE TYPE floats AS RANGE (subtype = float8);
CREATE TABLE uses (a positive, b pair, c app.mood, d "New one", e floats);
CREATE TABLE app.none_else (a int);
SET search_path TO app, public;
CREATE TYPE size AS ENUM ('s');
CREATE TABLE sized (s size DEFAULT 's'::size);
""",
    "views": """
CREATE SCHEMA app;
CREATE TABLE app.users (id serial PRIMARY KEY, email text);
CREATE TABLE users (id int);
CREATE VIEW last AS SELECT id FROM users;
CREATE VIEW first AS SELECT id AS it FROM last WHERE id > 3;
CREATE VIEW b AS SELECT id, id + 1 AS more FROM users;
CREATE VIEW a AS SELECT max(more) FROM b;
DROP VIEW a;
CREATE OR REPLACE VIEW last AS SELECT id FROM b;
ALTER VIEW b RENAME COLUMN more TO "More";
CREATE VIEW both_of (a, b) AS SELECT u.id, o.it FROM app.users u JOIN first o ON o.it = u.id;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM app.users WITH NO DATA;
SET search_path TO app, public;
CREATE VIEW public.placed AS SELECT email FROM users;
CREATE VIEW here AS SELECT id FROM users;
""",
    "partitions-of-all-kinds": """
CREATE TABLE by_hash (id int, "At it" date, n int) PARTITION BY HASH (id, (n + 1));
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0) WITH (fillfactor = 70);
CREATE TABLE by_hash_1 (id int, "At it" date, n int);
ALTER TABLE by_hash ATTACH PARTITION by_hash_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE by_list (kind text COLLATE "C" NOT NULL, "At it" date) PARTITION BY LIST ((lower(kind)));
CREATE TABLE by_list_ab PARTITION OF by_list FOR VALUES IN ('a', 'b', NULL) PARTITION BY RANGE ("At it");
CREATE TABLE by_list_ab_now PARTITION OF by_list_ab FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE by_list_else PARTITION OF by_list DEFAULT;
ALTER TABLE by_list RENAME COLUMN kind TO "Kind";
ALTER TABLE by_list RENAME COLUMN "At it" TO at;
CREATE TABLE grouped (id bigserial, team int, PRIMARY KEY (team, id)) PARTITION BY LIST (team);
CREATE TABLE grouped_1 PARTITION OF grouped FOR VALUES IN (1);
CREATE TABLE points (team int, id bigint, FOREIGN KEY (team, id) REFERENCES grouped);
""",
    "renamed": """
CREATE TABLE t (a int, b text, size int, CHECK (a > 0 AND b <> 'a'), t int GENERATED ALWAYS AS (a * 2) STORED,
    EXCLUDE USING btree (lower(b) WITH =) WHERE (A > 3));
CREATE INDEX ON t ((a + size), lower("b")) WHERE a > 0;
CREATE TABLE u (id int DEFAULT 3, v int GENERATED ALWAYS AS (id + 1) STORED);
ALTER TABLE t RENAME COLUMN a TO "Odd one";
ALTER TABLE t RENAME COLUMN b TO c;
ALTER TABLE u RENAME COLUMN id TO size;
""",
    "storage": """
CREATE TABLE a (id int PRIMARY KEY, t text) WITH (fillfactor = 70, AutoVacuum_enabled = false, toast.autovacuum_enabled);
CREATE TABLE b (id int) WITH (fillfactor=50);
ALTER TABLE b SET (autovacuum_vacuum_scale_factor = 0.05), RESET (fillfactor);
CREATE INDEX a_t ON a USING gin (to_tsvector('simple', t)) WITH (fastupdate = off);
CREATE UNIQUE INDEX a_id ON a (id) INCLUDE (t) WITH (fillfactor = 90, deduplicate_items) WHERE id > 0;
CREATE INDEX b_id ON b (id);
ALTER INDEX b_id SET (fillfactor = 80);
ALTER INDEX a_id RESET (deduplicate_items);
CREATE TABLE c (id int) PARTITION BY HASH (id);
CREATE TABLE c0 PARTITION OF c FOR VALUES WITH (MODULUS 2, REMAINDER 0) WITH (fillfactor = 60);
CREATE TABLE d WITH (fillfactor = 20) AS SELECT id FROM a;
CREATE TABLE e (LIKE a INCLUDING ALL);
""",
    "storage-of-keys": """
CREATE TABLE a (id int PRIMARY KEY WITH (fillfactor = 70) DEFERRABLE, b int UNIQUE WITH (fillfactor = 60), c int);
CREATE TABLE d (id int, b int, CONSTRAINT p PRIMARY KEY (id, b) WITH (fillfactor = 50),
  UNIQUE (b) INCLUDE (id) WITH (fillfactor = 40),
  EXCLUDE USING btree (b WITH =) WITH (fillfactor = 30) WHERE (b > 0));
ALTER TABLE a ADD CONSTRAINT u UNIQUE (c) WITH (fillfactor = 20) INITIALLY DEFERRED;
ALTER INDEX p SET (fillfactor = 55);
ALTER INDEX a_pkey RESET (fillfactor);
CREATE UNIQUE INDEX i ON d (id) WITH (fillfactor = 35);
ALTER TABLE d ADD CONSTRAINT from_index UNIQUE USING INDEX i;
CREATE TABLE e (LIKE d INCLUDING INDEXES);
""",
    "remarks": """
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'the app''s';
COMMENT ON SCHEMA public IS 'standard public schema';
CREATE EXTENSION IF NOT EXISTS plpgsql;
COMMENT ON EXTENSION plpgsql IS 'as pg_dump says';
CREATE TYPE app.mood AS ENUM ('sad'); COMMENT ON TYPE app.mood IS 'how one feels';
CREATE TYPE pair AS (a int, b text); COMMENT ON TYPE pair IS 'two'; COMMENT ON COLUMN pair.b IS 'second';
CREATE DOMAIN positive AS int CONSTRAINT above CHECK (VALUE > 0); COMMENT ON DOMAIN positive IS 'more than none';
COMMENT ON CONSTRAINT above ON DOMAIN positive IS 'what makes it so';
CREATE TABLE p (id int PRIMARY KEY, x int UNIQUE, m app.mood);
CREATE TABLE t (id serial PRIMARY KEY, p int CONSTRAINT f REFERENCES p (id), n int CONSTRAINT c CHECK (n > 0),
  CONSTRAINT e EXCLUDE USING btree (n WITH =));
COMMENT ON CONSTRAINT t_pkey ON t IS 'key'; COMMENT ON CONSTRAINT f ON t IS 'to p'; COMMENT ON CONSTRAINT c ON t IS 'check';
COMMENT ON CONSTRAINT e ON t IS 'exclusion'; COMMENT ON CONSTRAINT p_x_key ON p IS 'unique';
COMMENT ON CONSTRAINT c ON t IS 'other';
COMMENT ON SEQUENCE t_id_seq IS 'counts'; CREATE SEQUENCE app.s; COMMENT ON SEQUENCE app.s IS 'x';
COMMENT ON SEQUENCE app.s IS NULL;
COMMENT ON TABLE t IS 'table'; COMMENT ON COLUMN t.n IS 'number';
CREATE TABLE with_all (LIKE t INCLUDING ALL); CREATE TABLE without (LIKE t INCLUDING CONSTRAINTS INCLUDING DEFAULTS);
CREATE VIEW v AS SELECT id, n FROM t; COMMENT ON VIEW v IS 'view'; COMMENT ON COLUMN v.n IS 'of view';
ALTER VIEW v RENAME COLUMN n TO m;
CREATE MATERIALIZED VIEW mv AS SELECT id, n FROM t WITH NO DATA; COMMENT ON MATERIALIZED VIEW mv IS 'kept';
CREATE UNIQUE INDEX mv_id ON mv (id) WITH (fillfactor = 70); COMMENT ON INDEX mv_id IS 'of mv'; CREATE INDEX ON mv (n);
CREATE MATERIALIZED VIEW app.mw AS SELECT id FROM t WITH NO DATA; CREATE INDEX old ON app.mw (id);
CREATE INDEX gone ON app.mw (id);
ALTER INDEX app.old RENAME TO new; DROP INDEX app.gone; ALTER MATERIALIZED VIEW app.mw RENAME TO mx;
CREATE INDEX ON app.mx (id);
ALTER TABLE t RENAME CONSTRAINT c TO d;
ALTER TYPE app.mood RENAME TO feeling; ALTER TABLE p RENAME TO q;
""",
    "enforced": """
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES p (id) NOT ENFORCED, b int, CONSTRAINT c CHECK (b > 0) NOT ENFORCED,
  CONSTRAINT f FOREIGN KEY (b) REFERENCES p (id) NOT ENFORCED);
ALTER TABLE t ADD CONSTRAINT g FOREIGN KEY (a) REFERENCES p (id) NOT VALID;
ALTER TABLE t ADD CONSTRAINT h FOREIGN KEY (a) REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED NOT ENFORCED;
ALTER TABLE t ADD CONSTRAINT i FOREIGN KEY (a) REFERENCES p (id);
ALTER TABLE t ALTER CONSTRAINT f ENFORCED;
ALTER TABLE t ALTER CONSTRAINT i NOT ENFORCED;
ALTER TABLE t ALTER CONSTRAINT g DEFERRABLE;
""",
    "names": """
CREATE TABLE a (id serial, "Other" bigserial, small smallserial NOT NULL, named int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE a RENAME TO b;
CREATE TABLE a (id serial, "Other" int GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME counts START 7));
ALTER SEQUENCE a_small_seq RENAME TO "it's";
CREATE SEQUENCE free; CREATE SEQUENCE owned OWNED BY a.id;
CREATE TABLE c (a int DEFAULT nextval('free'), b bigint DEFAULT nextval('owned') NOT NULL, LIKE b INCLUDING ALL);
CREATE TABLE d (LIKE a INCLUDING IDENTITY, x int UNIQUE, UNIQUE (x) DEFERRABLE);
ALTER TABLE d ADD UNIQUE (x), ADD UNIQUE (x, id);
CREATE TABLE e (id serial); ALTER SEQUENCE e_id_seq OWNED BY NONE;
""",
}
"""Each by what it is about."""

TSQL = {
    "tables": """
CREATE SCHEMA app;
GO
CREATE TABLE app.users (
  id int IDENTITY(1,1) NOT NULL CONSTRAINT pk_users PRIMARY KEY,
  email nvarchar(200) COLLATE Latin1_General_CI_AS NOT NULL UNIQUE,
  age int DEFAULT ((0)) CHECK (age >= 0),
  twice AS (age * 2) PERSISTED,
  half AS (age / 2),
  INDEX by_age NONCLUSTERED (age DESC) INCLUDE (email) WHERE age > 3
);
CREATE TABLE posts (id int PRIMARY KEY, user_id int, CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES app.users (id));
GO
CREATE VIEW people (who) AS SELECT email FROM app.users;
GO
CREATE SEQUENCE numbers;
""",
}
