-- Keys on the beginning of a column, also added later; checks that stand with a column.
CREATE TABLE a (id int CHECK (id > 0), n int, CHECK (n < 10), CONSTRAINT x CHECK (n <> 5), m int NOT NULL DEFAULT 3 CHECK (m > 1 AND m < 9));
ALTER TABLE a ADD COLUMN z int CHECK (z > 0);
ALTER TABLE a MODIFY id int NOT NULL;
ALTER TABLE a CHANGE z y int CHECK (y > 1);
CREATE TABLE b (t text, u varchar(100), v blob, UNIQUE KEY u1 (t(10)), KEY k1 (v(5)), PRIMARY KEY (u(20)));
ALTER TABLE b ADD UNIQUE u2 (t(20), u(3));
CREATE INDEX k3 ON b (t(7), v(3) DESC);
CREATE UNIQUE INDEX u3 ON b (v(30));
CREATE FULLTEXT INDEX f1 ON b (t);
ALTER TABLE b ADD w text, ADD UNIQUE (w(8));
ALTER TABLE b DROP PRIMARY KEY, ADD PRIMARY KEY (t(12));
CREATE TABLE c (a text, b varchar(50), n int, PRIMARY KEY (a(10), b(5)), CHECK (n > 3));
ALTER TABLE c RENAME COLUMN b TO bb, ADD m int CHECK (m > 0) FIRST, MODIFY n bigint CHECK (n > 4);
ALTER TABLE c RENAME COLUMN m TO mm;
CREATE TABLE d LIKE c;
ALTER TABLE d DROP COLUMN mm;
