CREATE TABLE t (a int, b text, c jsonb, d timestamptz);
CREATE INDEX ON t (a); CREATE INDEX ON t (a); CREATE INDEX i1 ON t (a, b DESC NULLS LAST);
CREATE UNIQUE INDEX IF NOT EXISTS i2 ON public.t USING btree (lower(b)) WHERE a IS NOT NULL AND d > '2020-01-01';
CREATE INDEX i3 ON t USING gin (c jsonb_path_ops); CREATE INDEX i4 ON ONLY t (b text_pattern_ops, (a + 1) DESC) INCLUDE (d);
CREATE INDEX i5 ON t (b COLLATE "C" varchar_pattern_ops ASC) WITH (fillfactor = 70);
CREATE UNIQUE INDEX i6 ON t (a) NULLS NOT DISTINCT; CREATE INDEX i7 ON t ((c->>'x'), a);
DROP INDEX i3; ALTER INDEX i5 RENAME TO i55; CREATE INDEX CONCURRENTLY i8 ON t (d);
