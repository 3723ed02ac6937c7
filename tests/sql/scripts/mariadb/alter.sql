CREATE TABLE a (id int, b int, c varchar(10), d int);
ALTER TABLE a ADD PRIMARY KEY (id), ADD COLUMN e text NOT NULL AFTER id, ADD (f int, g int), ADD INDEX (b), ADD UNIQUE u (c);
ALTER TABLE a MODIFY COLUMN b bigint unsigned NOT NULL DEFAULT 5, CHANGE d dd varchar(7) NULL, DROP COLUMN g, ALTER f SET DEFAULT 3;
ALTER TABLE a RENAME INDEX u TO uu, ADD h int FIRST, RENAME COLUMN f TO ff; CREATE UNIQUE INDEX ih ON a (h); CREATE INDEX ix ON a (ff, b);
DROP INDEX ix ON a; ALTER TABLE a DROP PRIMARY KEY, DROP INDEX b; RENAME TABLE a TO z; ALTER TABLE z RENAME TO y;
ALTER TABLE y ADD CONSTRAINT pk PRIMARY KEY (id, h); ALTER TABLE y ADD KEY IF NOT EXISTS kk (e(4));
-- a column that one ALTER TABLE drops and adds again is in the keys of the old one
CREATE TABLE again (id int AUTO_INCREMENT PRIMARY KEY, x int, y int, KEY kx (x), UNIQUE ux (x, y));
ALTER TABLE again DROP COLUMN id, ADD COLUMN id int unsigned FIRST, DROP COLUMN x, ADD COLUMN x int;
CREATE TABLE again_both (a int, b int, PRIMARY KEY (a, b), KEY (b, a), KEY kb (b));
ALTER TABLE again_both DROP COLUMN a, ADD COLUMN A int, DROP COLUMN b, ADD COLUMN b int unsigned;
CREATE TABLE again_not (a int PRIMARY KEY, b int, c int, KEY (b), KEY (c));
ALTER TABLE again_not DROP COLUMN b, ADD COLUMN IF NOT EXISTS b bigint, ADD COLUMN IF NOT EXISTS d int;
ALTER TABLE again_not DROP COLUMN IF EXISTS c, ADD COLUMN IF NOT EXISTS c bigint;
ALTER TABLE again_not DROP COLUMN IF EXISTS e, ADD COLUMN IF NOT EXISTS e bigint;
