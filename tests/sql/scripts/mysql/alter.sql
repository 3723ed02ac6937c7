CREATE TABLE a (id int, b int, c varchar(10), d int);
ALTER TABLE a ADD PRIMARY KEY (id), ADD COLUMN e text NOT NULL AFTER id, ADD (f int, g int), ADD INDEX (b), ADD UNIQUE u (c);
ALTER TABLE a MODIFY COLUMN b bigint unsigned NOT NULL DEFAULT 5, CHANGE d dd varchar(7) NULL, DROP COLUMN g, ALTER f SET DEFAULT 3;
ALTER TABLE a RENAME INDEX u TO uu, ADD h int FIRST, RENAME COLUMN f TO ff; CREATE UNIQUE INDEX ih ON a (h); CREATE INDEX ix ON a (ff, b);
DROP INDEX ix ON a; ALTER TABLE a DROP PRIMARY KEY, DROP INDEX b; RENAME TABLE a TO z; ALTER TABLE z RENAME TO y;
ALTER TABLE y ADD CONSTRAINT pk PRIMARY KEY (id, h); ALTER TABLE y ADD KEY kk (e(4));
-- a column that one ALTER TABLE drops and adds again is in the keys of the old one
CREATE TABLE again (id int AUTO_INCREMENT PRIMARY KEY, x int, y int, KEY kx (x DESC), UNIQUE ux (x, y));
ALTER TABLE again DROP COLUMN id, ADD COLUMN id int unsigned FIRST;
ALTER TABLE again ADD COLUMN x date, DROP COLUMN x, DROP KEY kx, DROP KEY ux;
CREATE TABLE again_both (a int, b int, PRIMARY KEY (a, b), KEY (b, a), KEY kb (b));
ALTER TABLE again_both DROP COLUMN a, ADD COLUMN A int, DROP COLUMN b, ADD COLUMN b int unsigned;
CREATE TABLE again_text (
    a varchar(20), b varchar(20), c text, d varchar(20), e int, f varchar(20), g text,
    PRIMARY KEY (a), UNIQUE ub (b), KEY kc (c(7)), KEY kd (d(5)), KEY ke (e, f), FULLTEXT kg (g)
);
ALTER TABLE again_text DROP COLUMN a, ADD COLUMN a char(20), DROP COLUMN b, ADD COLUMN b varchar(40), DROP COLUMN c,
    ADD COLUMN c varchar(7), DROP COLUMN d, ADD COLUMN d text, DROP COLUMN e, ADD COLUMN e blob, DROP COLUMN g, ADD COLUMN g text;
CREATE TABLE again_renamed (a int, b int, c int, KEY ka (a), KEY kb (b));
ALTER TABLE again_renamed DROP COLUMN a, CHANGE b a bigint;
CREATE TABLE again_counted (a int PRIMARY KEY, b timestamp(2) NULL, c double, KEY (b), KEY (c), CHECK (b > '2000-01-01'));
ALTER TABLE again_counted DROP COLUMN a, ADD COLUMN a int AUTO_INCREMENT, DROP COLUMN b, ADD COLUMN b datetime, DROP COLUMN c,
    ADD COLUMN c datetime(6);
