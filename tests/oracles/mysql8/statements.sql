-- Statements put to a MySQL 8 compatible engine; see README.md. A line `-- accepts: CHAPTER` or `-- refuses: CHAPTER` stands
-- where the engine deviates from the MySQL 8.0 Reference Manual, whose answer counts.

-- literal defaults of TEXT, BLOB, JSON and GEOMETRY
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a text DEFAULT 'x');
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a text NOT NULL DEFAULT 'draft');
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a longtext DEFAULT 'x');
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a mediumtext DEFAULT 'x');
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a tinytext DEFAULT 'x');
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a blob DEFAULT 'x');
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a longblob DEFAULT 'x');
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a json DEFAULT '{}');
-- refuses: 11.6 Data Type Default Values
CREATE TABLE t (a json DEFAULT '[]' NOT NULL);
CREATE TABLE t (a text DEFAULT NULL);
CREATE TABLE t (a json DEFAULT NULL);
CREATE TABLE t (a varchar(9) DEFAULT 'x');
CREATE TABLE t (a varchar(9) DEFAULT '');
CREATE TABLE t (a varbinary(9) DEFAULT 'x');
CREATE TABLE t (a enum('x', 'y') DEFAULT 'x');
-- refuses: 11.6 Data Type Default Values
ALTER TABLE p ADD COLUMN d text DEFAULT 'x';
ALTER TABLE p ADD COLUMN d text NOT NULL;
-- refuses: 11.6 Data Type Default Values
ALTER TABLE p MODIFY c text DEFAULT 'x';

-- defaults that are expressions
CREATE TABLE t (a text DEFAULT ('x'));
CREATE TABLE t (a json DEFAULT (json_object()));
CREATE TABLE t (a json DEFAULT ('{}'));
CREATE TABLE t (a blob DEFAULT ('x'));
CREATE TABLE t (a int DEFAULT (1 + 2));
CREATE TABLE t (a varchar(36) DEFAULT (uuid()));
CREATE TABLE t (a varchar(36) DEFAULT uuid());
CREATE TABLE t (a int DEFAULT 1 + 2);
CREATE TABLE t (a datetime DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a datetime DEFAULT now());
CREATE TABLE t (a timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);
CREATE TABLE t (a datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6));
CREATE TABLE t (a datetime DEFAULT (now()));
CREATE TABLE t (a varchar(9) DEFAULT 'x'::text);

-- primary keys
CREATE TABLE t (a int PRIMARY KEY);
CREATE TABLE t (a int, PRIMARY KEY (a));
CREATE TABLE t (a int NULL, PRIMARY KEY (a));
CREATE TABLE t (a int NULL PRIMARY KEY);
CREATE TABLE t (a int DEFAULT NULL, PRIMARY KEY (a));
CREATE TABLE t (a int NOT NULL, b int NOT NULL, PRIMARY KEY (a, b));
-- refuses: 13.1.20 CREATE TABLE, a table can have only one PRIMARY KEY
CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY);
CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a int AUTO_INCREMENT);
CREATE TABLE t (a int AUTO_INCREMENT, KEY (a));
CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b int AUTO_INCREMENT UNIQUE);

-- IF EXISTS and IF NOT EXISTS where only MariaDB has them
CREATE INDEX IF NOT EXISTS j ON p (b);
CREATE UNIQUE INDEX IF NOT EXISTS j ON p (b);
CREATE INDEX j ON p (b);
ALTER TABLE p ADD COLUMN IF NOT EXISTS d int;
ALTER TABLE p ADD IF NOT EXISTS d int;
ALTER TABLE p ADD COLUMN d int;
ALTER TABLE p DROP COLUMN IF EXISTS b;
ALTER TABLE p DROP COLUMN b;
DROP INDEX IF EXISTS i ON p;
DROP INDEX i ON p;
DROP INDEX i;
ALTER TABLE p DROP INDEX IF EXISTS i;
ALTER TABLE p DROP INDEX i;
ALTER TABLE p ADD INDEX IF NOT EXISTS j (b);
ALTER TABLE p MODIFY COLUMN IF EXISTS b varchar(30);
ALTER TABLE p CHANGE COLUMN IF EXISTS b d varchar(30);
ALTER TABLE p DROP CONSTRAINT IF EXISTS ck;
ALTER TABLE p DROP FOREIGN KEY IF EXISTS fk;
ALTER TABLE IF EXISTS p ADD COLUMN d int;
CREATE OR REPLACE TABLE t (a int);
DROP TABLE IF EXISTS nothing;
CREATE TABLE IF NOT EXISTS p (id int);
DROP VIEW IF EXISTS nothing;

-- keys on TEXT and BLOB, prefixes, functional parts
CREATE TABLE t (a text, KEY k (a));
CREATE TABLE t (a text, KEY k (a(100)));
-- refuses: 13.1.15 CREATE INDEX, Column Prefix Key Parts
CREATE TABLE t (a text, UNIQUE KEY k (a));
-- refuses: 13.1.15 CREATE INDEX, Column Prefix Key Parts
CREATE TABLE t (a text UNIQUE);
CREATE TABLE t (a text PRIMARY KEY);
CREATE TABLE t (a blob, KEY k (a));
-- accepts: 13.1.15 CREATE INDEX, Full-Text Indexes
CREATE TABLE t (a text, FULLTEXT KEY k (a));
CREATE TABLE t (a json, KEY k (a));
CREATE INDEX j ON p (c);
CREATE INDEX j ON p (c(10));
CREATE INDEX j ON p (b(10));
CREATE INDEX j ON p (b(10) DESC);
ALTER TABLE p ADD INDEX j (c);
CREATE INDEX j ON p (a DESC, b ASC);
-- accepts: 13.1.15 CREATE INDEX, Functional Key Parts
CREATE INDEX j ON p ((a + 1));
-- accepts: 13.1.15 CREATE INDEX, Functional Key Parts
CREATE INDEX j ON p ((lower(b)));
CREATE INDEX j ON p (lower(b));
-- accepts: 13.1.15 CREATE INDEX, Functional Key Parts
CREATE TABLE t (a int, KEY k ((a + 1)));
CREATE TABLE t (a int, KEY k ((a)));
CREATE INDEX j USING BTREE ON p (a);
CREATE INDEX j ON p (a) USING BTREE;
CREATE INDEX j ON p (a) COMMENT 'x';
CREATE INDEX j ON p (a) INVISIBLE;
CREATE INDEX j ON p (a) WHERE a > 0;
CREATE INDEX j ON p (a) INCLUDE (b);
CREATE INDEX ON p (a);
CREATE INDEX CONCURRENTLY j ON p (a);

-- constraints
CREATE TABLE t (a int REFERENCES p (id));
CREATE TABLE t (a int REFERENCES nothing (id));
-- accepts: 13.1.20.5 FOREIGN KEY Constraints
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id));
-- accepts: 13.1.20.5 FOREIGN KEY Constraints
CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p);
CREATE TABLE t (a int CHECK (a > 0));
CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NOT ENFORCED);
CREATE TABLE t (a int, CONSTRAINT CHECK (a > 0));
ALTER TABLE p DROP CHECK ck;
ALTER TABLE p DROP CONSTRAINT ck;
ALTER TABLE p DROP CONSTRAINT nothing;
ALTER TABLE p DROP PRIMARY KEY;
ALTER TABLE p ADD CONSTRAINT u UNIQUE (a);
ALTER TABLE p ADD CONSTRAINT u UNIQUE KEY (a);
ALTER TABLE p ADD CHECK (a > 1);
ALTER TABLE p ALTER CHECK ck NOT ENFORCED;
ALTER TABLE p RENAME COLUMN b TO d;
ALTER TABLE p RENAME INDEX i TO j;
ALTER TABLE p RENAME KEY i TO j;
ALTER TABLE p RENAME CONSTRAINT ck TO ck2;
ALTER TABLE p RENAME TO q;
RENAME TABLE p TO q;
ALTER TABLE p ALTER COLUMN a SET DEFAULT 5;
ALTER TABLE p ALTER COLUMN a DROP DEFAULT;
ALTER TABLE p ALTER COLUMN a SET NOT NULL;
ALTER TABLE p ALTER COLUMN a TYPE bigint;
ALTER TABLE p MODIFY COLUMN a bigint NOT NULL;
ALTER TABLE p CHANGE b d varchar(30);
-- refuses: 13.1.20.6 CHECK Constraints, a column that one names is not renamed
ALTER TABLE p CHANGE a d bigint;
ALTER TABLE p RENAME COLUMN a TO d;
ALTER TABLE p ADD COLUMN d int FIRST;
ALTER TABLE p ADD COLUMN d int AFTER a;
-- accepts: 13.1.9 ALTER TABLE, ADD [COLUMN] (col_name column_definition,...)
ALTER TABLE p ADD COLUMN (d int, e int);
ALTER TABLE p ADD d int, ADD e int, DROP COLUMN b;
ALTER TABLE p DROP COLUMN a, b;

-- types, generated columns, character sets
CREATE TABLE t (id SERIAL);
CREATE TABLE t (id SERIAL PRIMARY KEY);
CREATE TABLE t (id BIGSERIAL PRIMARY KEY);
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL);
CREATE TABLE t (a int, b int AS (a * 2));
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) PERSISTENT);
CREATE TABLE t (a int, b int AS (a * 2) PERSISTENT);
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE t (a varchar(9) COLLATE utf8mb4_0900_ai_ci);
CREATE TABLE t (a varchar(9)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
CREATE TABLE t (a varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci);
CREATE TABLE t (a varchar(9)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC COMMENT='x';
CREATE TABLE t (a uuid);
CREATE TABLE t (a inet6);
CREATE TABLE t (a boolean DEFAULT true, b bool NOT NULL DEFAULT false);
CREATE TABLE t (a timestamptz);
CREATE TABLE t (a jsonb);
CREATE TABLE t (a bytea);
CREATE TABLE t (a varchar);
-- refuses: 11.3.2 The CHAR and VARCHAR Types, VARCHAR(M)
CREATE TABLE t (a varchar(max));
CREATE TABLE t (a text[]);
CREATE TABLE t (a int unsigned, b int(11), c tinyint(1), d double precision, e numeric(10, 2));
CREATE TABLE t (a int AUTOINCREMENT PRIMARY KEY);
CREATE TABLE t (a int IDENTITY(1,1));
CREATE TABLE t (a int,);
CREATE TABLE t ("a" int);
CREATE TABLE "t" (a int);
CREATE TABLE t (`a` int COMMENT 'x');
CREATE TABLE t (a int INVISIBLE, b int);
CREATE TABLE t (key int);
CREATE TABLE t (rank int);
CREATE TABLE t (status int, type int, value int, comment text, name text, date date);
CREATE TABLE order (a int);
CREATE TABLE t (a int, INDEX (a), KEY k (a), UNIQUE KEY u (a));

-- what other servers have
CREATE SEQUENCE s;
CREATE SEQUENCE s START WITH 1 INCREMENT BY 1;
INSERT INTO p (id) VALUES (1) RETURNING id;
CREATE EXTENSION hstore;
CREATE TYPE mood AS ENUM ('a');
CREATE DOMAIN d AS int;
CREATE MATERIALIZED VIEW v AS SELECT 1;
CREATE VIEW v AS SELECT id FROM p;
CREATE OR REPLACE VIEW v AS SELECT id FROM p;
CREATE SCHEMA s;
DROP TABLE p CASCADE;
TRUNCATE TABLE p;
COMMENT ON TABLE p IS 'x';
