CREATE TABLE g (a int, b int AS (a + 1), c int GENERATED ALWAYS AS (b * 2) STORED NOT NULL, d varchar(9) GENERATED ALWAYS AS (concat(a, 'x')) VIRTUAL UNIQUE COMMENT 'y', j json,
e varchar(20) AS (j->>'$.name') STORED, f int AS (a) INVISIBLE, KEY (b), KEY kd (c DESC, a), KEY fn ((a + b)), KEY fx ((lower(d)), a DESC), UNIQUE KEY fu ((a * 2)));
CREATE INDEX later ON g ((a - 1), b);
ALTER TABLE g ADD INDEX ((a % 3)), ADD INDEX ((a % 4)), ADD UNIQUE ((a % 5)), DROP INDEX fx, ADD COLUMN h int AS (c) VIRTUAL;
CREATE TABLE arrays (j json, KEY z ((cast(j->'$.x' AS unsigned array))));
CREATE TABLE texts (a text, b text, c varchar(300), FULLTEXT KEY (a, b), FULLTEXT (b), KEY (a(10)), UNIQUE (b(20)), KEY (c(5), a(3)));
CREATE TABLE places (p point NOT NULL SRID 4326, SPATIAL KEY (p), SPATIAL INDEX named (p));
