CREATE TABLE stays (
    room int,
    during tsrange,
    label text,
    EXCLUDE USING gist (during WITH &&),
    CONSTRAINT apart EXCLUDE USING gist (int4range(room, room, '[]') WITH =, during WITH &&) WHERE (label <> 'x')
);
ALTER TABLE stays ADD CONSTRAINT labelled EXCLUDE (label WITH =) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE stays ADD EXCLUDE USING btree (label text_pattern_ops WITH =);
CREATE TABLE keyed (
    id int PRIMARY KEY DEFERRABLE,
    code text UNIQUE NULLS NOT DISTINCT,
    a int,
    b int,
    CONSTRAINT ab UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (code) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX keyed_a ON keyed (a) INCLUDE (b) NULLS NOT DISTINCT WITH (fillfactor = 70) WHERE b > 0;
CREATE INDEX keyed_code ON keyed USING btree (code COLLATE "C" text_pattern_ops DESC NULLS LAST, (a + b) int4_ops);
ALTER TABLE stays DROP CONSTRAINT apart;
ALTER TABLE stays RENAME CONSTRAINT stays_during_excl TO stays_apart;
ALTER TABLE keyed DROP COLUMN b;
