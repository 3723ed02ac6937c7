-- Keys that come with new columns, and what goes with computed ones.
CREATE TABLE t (a int AUTO_INCREMENT UNIQUE, b int);
ALTER TABLE t CHANGE a aa int, ADD d int AUTO_INCREMENT KEY;
CREATE TABLE k (a int NOT NULL, b int);
ALTER TABLE k MODIFY a int AUTO_INCREMENT UNIQUE, ADD z int PRIMARY KEY FIRST;
CREATE TABLE g (a int, b int AS (a + 1), c int AS (a + 2) STORED);
ALTER TABLE g DROP COLUMN a, DROP COLUMN b, MODIFY c int;
DROP TEMPORARY TABLE IF EXISTS g;
ALTER TABLE g ADD d int AFTER c;
