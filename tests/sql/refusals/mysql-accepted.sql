8.0.36|CREATE TABLE t (a text DEFAULT ('x'))
8.0|CREATE TABLE t (a text DEFAULT NULL)
8.0|CREATE TABLE t (a varchar(9) DEFAULT 'x')
5.6|CREATE TABLE t (id int NULL, PRIMARY KEY (id))
8.0|CREATE TABLE t (id int NOT NULL PRIMARY KEY, b int NULL)
8.0|CREATE TABLE t (a text, KEY x (a(20)), FULLTEXT KEY y (a))
8.0|CREATE TABLE t (a text, PRIMARY KEY (a(20)))
8.0|CREATE TABLE t (a datetime(6) DEFAULT CURRENT_TIMESTAMP(6), b timestamp DEFAULT NOW())
8.0|CREATE TABLE t (a date DEFAULT '2020-01-01')
8.0.36|CREATE TABLE t (a varchar(36) DEFAULT (UUID()))
8|CREATE TABLE t (a varchar(36) DEFAULT (UUID()))
8.0.36|CREATE INDEX i ON k ((lower(b)))
8.0|CREATE INDEX i ON k ((lower(b)))
8.0|ALTER TABLE k RENAME COLUMN a TO c
8.0|ALTER TABLE k DROP CONSTRAINT c
8.0|CREATE TABLE t (a int) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
5.7|CREATE TABLE t (a int, rank int, groups int, system int)
8.0|CREATE TABLE t (a int, `rank` int, offset int, returning int)
8.0|CREATE TABLE t (a int, manual int)
8.0|CREATE TABLE t (a int) /*!50100 PARTITION BY KEY (a) */
8.0|DROP TABLE IF EXISTS t
8.0|DROP INDEX i ON k
8.0|CREATE TABLE IF NOT EXISTS t (a int)
8.0|CREATE OR REPLACE VIEW v AS SELECT 1 AS x
8.0|CREATE TABLE t (a varchar(768), UNIQUE (a)) CHARACTER SET utf8mb4
8.0|CREATE TABLE t (a varchar(769), UNIQUE (a(191))) CHARACTER SET utf8mb4
9.7|CREATE TABLE t (a int, manual int, parallel int)
9.7|CREATE MATERIALIZED VIEW v AS SELECT 1 AS x
5.7|CREATE TABLE t (a int, library int)
5.6|ALTER IGNORE TABLE k ADD UNIQUE (a)
