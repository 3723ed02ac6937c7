-- Statements that were put to MySQL, one a line; see README.md. `-- beside:` says which tables are there, from that line to the
-- next such line. A statement below `-- not said` is one that MySQL refuses and of which we say nothing.

-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, b varchar(20), c text, CONSTRAINT ck CHECK (a > 0)); CREATE INDEX i ON p (a)

-- literal defaults of TEXT, BLOB, JSON and GEOMETRY
CREATE TABLE t (a text DEFAULT 'x');
CREATE TABLE t (a text NOT NULL DEFAULT 'draft');
CREATE TABLE t (a longtext DEFAULT 'x');
CREATE TABLE t (a mediumtext DEFAULT 'x');
CREATE TABLE t (a tinytext DEFAULT 'x');
CREATE TABLE t (a blob DEFAULT 'x');
CREATE TABLE t (a longblob DEFAULT 'x');
CREATE TABLE t (a json DEFAULT '{}');
CREATE TABLE t (a json DEFAULT '[]' NOT NULL);
CREATE TABLE t (a text DEFAULT NULL);
CREATE TABLE t (a json DEFAULT NULL);
CREATE TABLE t (a varchar(9) DEFAULT 'x');
CREATE TABLE t (a varchar(9) DEFAULT '');
CREATE TABLE t (a varbinary(9) DEFAULT 'x');
CREATE TABLE t (a enum('x', 'y') DEFAULT 'x');
ALTER TABLE p ADD COLUMN d text DEFAULT 'x';
ALTER TABLE p ADD COLUMN d text NOT NULL;
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
CREATE TABLE t (a text, UNIQUE KEY k (a));
CREATE TABLE t (a text UNIQUE);
CREATE TABLE t (a text PRIMARY KEY);
CREATE TABLE t (a blob, KEY k (a));
CREATE TABLE t (a text, FULLTEXT KEY k (a));
CREATE TABLE t (a json, KEY k (a));
CREATE INDEX j ON p (c);
CREATE INDEX j ON p (c(10));
CREATE INDEX j ON p (b(10));
CREATE INDEX j ON p (b(10) DESC);
ALTER TABLE p ADD INDEX j (c);
CREATE INDEX j ON p (a DESC, b ASC);
CREATE INDEX j ON p ((a + 1));
CREATE INDEX j ON p ((lower(b)));
CREATE INDEX j ON p (lower(b));
CREATE TABLE t (a int, KEY k ((a + 1)));
-- not said
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
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id));
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
ALTER TABLE p CHANGE a d bigint;
ALTER TABLE p RENAME COLUMN a TO d;
ALTER TABLE p ADD COLUMN d int FIRST;
ALTER TABLE p ADD COLUMN d int AFTER a;
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
-- not said: no schema is in it
INSERT INTO p (id) VALUES (1) RETURNING id;
CREATE EXTENSION hstore;
CREATE TYPE mood AS ENUM ('a');
CREATE DOMAIN d AS int;
CREATE MATERIALIZED VIEW v AS SELECT 1;
CREATE VIEW v AS SELECT id FROM p;
CREATE OR REPLACE VIEW v AS SELECT id FROM p;
DROP TABLE p CASCADE;
TRUNCATE TABLE p;
COMMENT ON TABLE p IS 'x';

-- primary keys: the columns are NOT NULL by themselves, not by NULL
CREATE TABLE t (id int NULL, PRIMARY KEY (id));
CREATE TABLE t (id int DEFAULT NULL PRIMARY KEY);
CREATE TABLE t (id int NULL AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (id int NULL, b int, PRIMARY KEY (b));
CREATE TABLE t (id int NOT NULL DEFAULT NULL);
CREATE TABLE t (id int, PRIMARY KEY (id, id));
CREATE TABLE t (id int, KEY k (id, id));
CREATE TABLE t (id int PRIMARY KEY, PRIMARY KEY (id));
CREATE TABLE t (id int, PRIMARY KEY (nothing));
CREATE TABLE t (id int, KEY k (nothing));
CREATE TABLE t (id int, UNIQUE (nothing));
CREATE TABLE t (id int, id bigint);
CREATE TABLE t (id int, ID bigint);
CREATE TABLE t (id int, KEY k (id), KEY K (id));
CREATE TABLE t (id int, KEY k (id), UNIQUE k (id));
CREATE TABLE t (id int, KEY `PRIMARY` (id));
CREATE TABLE t (id int, CONSTRAINT `PRIMARY` UNIQUE (id));
CREATE TABLE t (id int, CONSTRAINT mine PRIMARY KEY (id));
CREATE TABLE t ();
CREATE TABLE t (KEY (a));

-- AUTO_INCREMENT
CREATE TABLE t (a int AUTO_INCREMENT, b int, PRIMARY KEY (b, a));
CREATE TABLE t (a int AUTO_INCREMENT, b int, KEY (b, a));
CREATE TABLE t (a int AUTO_INCREMENT, b int, PRIMARY KEY (b, a)) ENGINE=MyISAM;
CREATE TABLE t (a int AUTO_INCREMENT UNIQUE);
CREATE TABLE t (a bigint unsigned AUTO_INCREMENT, UNIQUE KEY (a));
CREATE TABLE t (a varchar(20) AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a decimal(10,0) AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a float AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a double AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a boolean AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY DEFAULT 5);
CREATE TABLE t (a int DEFAULT 5 AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a int AUTO_INCREMENT NULL PRIMARY KEY);
-- not said
ALTER TABLE p MODIFY a int AUTO_INCREMENT;
ALTER TABLE p MODIFY id int AUTO_INCREMENT;
ALTER TABLE p MODIFY id int NOT NULL AUTO_INCREMENT, ADD COLUMN n int AUTO_INCREMENT UNIQUE;
ALTER TABLE p MODIFY b varchar(20) AUTO_INCREMENT;
ALTER TABLE p ADD COLUMN n int AUTO_INCREMENT;
ALTER TABLE p ADD COLUMN n int AUTO_INCREMENT UNIQUE;
ALTER TABLE p ADD COLUMN n int AUTO_INCREMENT, ADD KEY (n);
ALTER TABLE p AUTO_INCREMENT = 100;

-- defaults by type, in strict mode
CREATE TABLE t (a int DEFAULT '');
CREATE TABLE t (a int DEFAULT '5');
CREATE TABLE t (a int DEFAULT 'x');
CREATE TABLE t (a int DEFAULT 5.5);
CREATE TABLE t (a tinyint DEFAULT 300);
CREATE TABLE t (a int unsigned DEFAULT -1);
CREATE TABLE t (a int DEFAULT -1);
CREATE TABLE t (a int DEFAULT +1);
CREATE TABLE t (a int DEFAULT NULL NOT NULL);
CREATE TABLE t (a int DEFAULT true, b boolean DEFAULT FALSE);
CREATE TABLE t (a boolean DEFAULT 'false');
CREATE TABLE t (a varchar(3) DEFAULT 'abcd');
CREATE TABLE t (a char(2) DEFAULT 'abc');
CREATE TABLE t (a varchar(3) DEFAULT 5);
CREATE TABLE t (a enum('x', 'y') DEFAULT 'z');
CREATE TABLE t (a enum('x', 'y') DEFAULT 'X');
CREATE TABLE t (a enum('x', 'y') NOT NULL DEFAULT '');
CREATE TABLE t (a enum('x', 'y') DEFAULT 1);
-- not said: sql_mode decides
CREATE TABLE t (a enum('x', 'x'));
-- not said: sql_mode decides
CREATE TABLE t (a enum('x', 'X'));
CREATE TABLE t (a enum());
CREATE TABLE t (a enum);
CREATE TABLE t (a enum(x));
CREATE TABLE t (a set('x', 'y') DEFAULT 'x,y');
CREATE TABLE t (a set('x', 'y') DEFAULT 'x,z');
CREATE TABLE t (a set('x,y'));
CREATE TABLE t (a decimal(5,2) DEFAULT 1.25);
CREATE TABLE t (a decimal(5,2) DEFAULT 12345);
CREATE TABLE t (a decimal(2,5));
CREATE TABLE t (a decimal(66,2));
CREATE TABLE t (a decimal(65,30));
CREATE TABLE t (a decimal(65,31));
CREATE TABLE t (a date DEFAULT '2020-01-01');
-- not said: sql_mode decides
CREATE TABLE t (a date DEFAULT '0000-00-00');
-- not said: sql_mode decides
CREATE TABLE t (a datetime DEFAULT '0000-00-00 00:00:00');
-- not said: sql_mode decides
CREATE TABLE t (a timestamp DEFAULT '0000-00-00 00:00:00');
-- not said: sql_mode decides
CREATE TABLE t (a timestamp NOT NULL DEFAULT '0000-00-00 00:00:00');
-- not said: sql_mode decides
CREATE TABLE t (a timestamp DEFAULT 0);
-- not said: sql_mode decides
CREATE TABLE t (a datetime DEFAULT 0);
-- not said: the time zone decides
CREATE TABLE t (a timestamp DEFAULT '1970-01-01 00:00:00');
CREATE TABLE t (a timestamp DEFAULT '1970-01-02 00:00:00');
-- not said: the time zone decides
CREATE TABLE t (a timestamp DEFAULT '2038-01-19 03:14:08');
-- not said: sql_mode decides
CREATE TABLE t (a datetime DEFAULT '2020-02-30 00:00:00');
-- not said: sql_mode decides
CREATE TABLE t (a datetime DEFAULT '2020-01-00 00:00:00');
CREATE TABLE t (a datetime DEFAULT 'now');
CREATE TABLE t (a datetime DEFAULT '');
CREATE TABLE t (a time DEFAULT '12:00:00');
CREATE TABLE t (a time DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a time DEFAULT (CURRENT_TIME));
CREATE TABLE t (a date DEFAULT (CURRENT_DATE));
CREATE TABLE t (a date DEFAULT CURDATE());
CREATE TABLE t (a year DEFAULT 2020);
CREATE TABLE t (a int DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a varchar(30) DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a bigint DEFAULT (unix_timestamp()));
CREATE TABLE t (a timestamp, b timestamp);
CREATE TABLE t (a timestamp NOT NULL, b timestamp NOT NULL);
CREATE TABLE t (a timestamp NULL DEFAULT CURRENT_TIMESTAMP, b timestamp NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP);
CREATE TABLE t (a timestamp DEFAULT CURRENT_TIMESTAMP(3));
CREATE TABLE t (a datetime(3) DEFAULT now());
CREATE TABLE t (a datetime(3) DEFAULT now(6));
CREATE TABLE t (a datetime ON UPDATE CURRENT_TIMESTAMP(3));
CREATE TABLE t (a date ON UPDATE CURRENT_TIMESTAMP);
CREATE TABLE t (a datetime(7));
CREATE TABLE t (a datetime DEFAULT LOCALTIMESTAMP, b datetime DEFAULT LOCALTIME());
CREATE TABLE t (a datetime DEFAULT SYSDATE());
CREATE TABLE t (a datetime DEFAULT UTC_TIMESTAMP);
CREATE TABLE t (a datetime DEFAULT (UTC_TIMESTAMP));
CREATE TABLE t (a bit DEFAULT 1, b bit(1) DEFAULT b'0', c bit(8) DEFAULT 0x10);
CREATE TABLE t (a bit(1) DEFAULT '0');
CREATE TABLE t (a bit(65));
CREATE TABLE t (a binary(16) DEFAULT (uuid_to_bin(uuid())));
CREATE TABLE t (a int, b int DEFAULT (a + 1));
CREATE TABLE t (b int DEFAULT (a + 1), a int);
-- not said
CREATE TABLE t (a int, b int DEFAULT (nothing + 1));
-- not said
CREATE TABLE t (a int DEFAULT (a + 1));
-- not said
CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b int DEFAULT (a));
CREATE TABLE t (a int DEFAULT (SELECT 1));
CREATE TABLE t (a varchar(36) DEFAULT (uuid()) PRIMARY KEY);
CREATE TABLE t (a geometry DEFAULT 'x');
CREATE TABLE t (a point NOT NULL SRID 4326, SPATIAL KEY (a));
CREATE TABLE t (a point, SPATIAL KEY (a));
-- not said: sql_mode decides
CREATE TABLE t (a text DEFAULT '');
-- not said: sql_mode decides
CREATE TABLE t (a blob DEFAULT '');
CREATE TABLE t (a json DEFAULT '');
CREATE TABLE t (a text NOT NULL DEFAULT ('') COMMENT 'x');
CREATE TABLE t (a json DEFAULT (json_array()), b json DEFAULT ('[]'), c json DEFAULT (cast('{}' AS json)));
CREATE TABLE t (a json DEFAULT json_array());
-- not said
ALTER TABLE p ALTER COLUMN c SET DEFAULT 'x';
-- not said
ALTER TABLE p ALTER COLUMN c SET DEFAULT ('x');
-- not said
ALTER TABLE p ALTER COLUMN a SET DEFAULT 'x';
ALTER TABLE p ALTER COLUMN nothing SET DEFAULT 1;
ALTER TABLE p ALTER nothing DROP DEFAULT;

-- types and their sizes
CREATE TABLE t (a varchar(16383));
-- not said: sql_mode decides
CREATE TABLE t (a varchar(16384));
-- not said: sql_mode decides
CREATE TABLE t (a varchar(65535));
CREATE TABLE t (a varchar(65535)) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65532)) CHARACTER SET latin1;
-- not said: the character set decides, and it is not written
CREATE TABLE t (a varchar(10000), b varchar(10000));
CREATE TABLE t (a char(255));
CREATE TABLE t (a char(256));
CREATE TABLE t (a binary(256));
CREATE TABLE t (a varbinary(65535));
CREATE TABLE t (a varchar(0));
CREATE TABLE t (a int(255));
CREATE TABLE t (a int(256));
CREATE TABLE t (a tinyint(4) unsigned zerofill);
CREATE TABLE t (a float(10,2), b double(10,2), c float(24), d float(25), e real);
CREATE TABLE t (a float(54));
CREATE TABLE t (a double(10));
CREATE TABLE t (a float unsigned);
CREATE TABLE t (a date(3));
CREATE TABLE t (a year(4));
CREATE TABLE t (a year(2));
CREATE TABLE t (a nchar(5), b national varchar(5), c nvarchar(5), d character varying(5));
CREATE TABLE t (a char byte, b varchar(5) binary, c text binary, d long, e long varchar, f long varbinary);
CREATE TABLE t (a integer unsigned, b int signed, c int4, d int8, e middleint, f int1);
CREATE TABLE t (a dec(5), b fixed(5,2), c numeric);
CREATE TABLE t (a bool, b boolean);
CREATE TABLE t (a text(300), b blob(70000), c text(20));
CREATE TABLE t (a vector(3));
CREATE TABLE t (a geomcollection, b geometrycollection, c multipoint);
CREATE TABLE t (a int UNSIGNED AUTO_INCREMENT PRIMARY KEY COMMENT 'x');
CREATE TABLE t (a clob);
CREATE TABLE t (a string);
CREATE TABLE t (a xml);
CREATE TABLE t (a number(5));
CREATE TABLE t (a varchar2(5));
CREATE TABLE t (a int unsigned NOT NULL DEFAULT '0');
CREATE TABLE t (a int NOT NULL NULL);
CREATE TABLE t (a int COLLATE utf8mb4_bin);
CREATE TABLE t (a varchar(5) CHARACTER SET utf8, b varchar(5) CHARSET utf8mb3 COLLATE utf8_bin);
CREATE TABLE t (a varchar(5) CHARACTER SET nothing);
CREATE TABLE t (a varchar(5) COLLATE nothing);
CREATE TABLE t (a varchar(5) CHARACTER SET latin1 COLLATE utf8mb4_bin);
CREATE TABLE t (a varchar(5)) DEFAULT CHARSET=latin1 COLLATE=utf8mb4_bin;
-- not said: sql_mode decides
CREATE TABLE t (a varchar(5)) COLLATE utf8mb4_general_ci ENGINE=Nothing;
CREATE TABLE t (a int) ENGINE=InnoDB ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8;
CREATE TABLE t (a int) ROW_FORMAT=NOTHING;
CREATE TABLE t (a int) TYPE=InnoDB;
CREATE TABLE t (a int) PAGE_CHECKSUM=1;
-- not said: sql_mode decides
CREATE TABLE t (a int) ENGINE=Aria;
CREATE TABLE t (a int) WITH SYSTEM VERSIONING;

-- lengths of keys
CREATE TABLE t (a varchar(768), UNIQUE (a)) CHARACTER SET utf8mb4;
CREATE TABLE t (a varchar(769), UNIQUE (a)) CHARACTER SET utf8mb4;
-- not said: sql_mode decides
CREATE TABLE t (a varchar(769), KEY (a)) CHARACTER SET utf8mb4;
CREATE TABLE t (a varchar(769), KEY (a(768))) CHARACTER SET utf8mb4;
-- not said: sql_mode decides
CREATE TABLE t (a varchar(1000), KEY (a)) CHARACTER SET utf8mb4;
-- not said: sql_mode decides
CREATE TABLE t (a varchar(1025), KEY (a)) CHARACTER SET utf8;
-- not said: sql_mode decides
CREATE TABLE t (a varchar(3073), KEY (a)) CHARACTER SET latin1;
CREATE TABLE t (a varchar(3072), KEY (a)) CHARACTER SET latin1;
CREATE TABLE t (a varchar(192) PRIMARY KEY) CHARACTER SET utf8mb4 ROW_FORMAT=COMPACT;
CREATE TABLE t (a varchar(191) PRIMARY KEY) CHARACTER SET utf8mb4 ROW_FORMAT=COMPACT;
CREATE TABLE t (a varchar(255), b varchar(255), c varchar(255), d varchar(4), KEY (a, b, c, d)) CHARACTER SET utf8mb4;
CREATE TABLE t (a varchar(255), b varchar(255), c varchar(255), d int, KEY (a, b, c, d)) CHARACTER SET utf8mb4;
CREATE TABLE t (a varchar(255), b varchar(255), c varchar(255), d varchar(255), KEY (a, b, c, d)) CHARACTER SET utf8mb4;
-- not said: sql_mode decides
CREATE TABLE t (a text, KEY (a(769))) CHARACTER SET utf8mb4;
CREATE TABLE t (a text, KEY (a(768))) CHARACTER SET utf8mb4;
CREATE TABLE t (a varchar(20), KEY (a(21)));
CREATE TABLE t (a varchar(20), KEY (a(20)));
CREATE TABLE t (a varchar(20), KEY (a(0)));
CREATE TABLE t (a int, KEY (a(4)));
CREATE TABLE t (a blob, UNIQUE (a(20)));
CREATE TABLE t (a text, b text, FULLTEXT (a, b));
CREATE TABLE t (a int, FULLTEXT (a));
CREATE TABLE t (a varchar(20), FULLTEXT (a)) ENGINE=InnoDB;
CREATE TABLE t (a geometry NOT NULL, SPATIAL INDEX (a));
CREATE TABLE t (a json, b int, KEY ((cast(a->'$.x' AS unsigned array))));
-- not said
CREATE TABLE t (a json, KEY ((a->>'$.x')));
CREATE TABLE t (a json, KEY ((cast(a->>'$.x' AS char(20)))));
CREATE TABLE t (a json UNIQUE);
CREATE TABLE t (a json PRIMARY KEY);
-- not said
CREATE TABLE t (a int, PRIMARY KEY ((a + 1)));
CREATE TABLE t (a int, UNIQUE ((a + 1), a));
CREATE TABLE t (a int, KEY ((nothing + 1)));
-- not said
CREATE TABLE t (a int, KEY ((rand())));
-- not said
CREATE TABLE t (a text, KEY ((lower(a))));
CREATE TABLE t (a varchar(20), KEY ((lower(a))));
CREATE TABLE t (a int, KEY (a) USING HASH, KEY k USING BTREE (a));
CREATE TABLE t (a int, KEY k (a) VISIBLE, KEY l (a) INVISIBLE);
-- not said
CREATE TABLE t (a int PRIMARY KEY INVISIBLE);
CREATE TABLE t (a int, PRIMARY KEY (a) INVISIBLE);
CREATE INDEX j ON p (nothing);
CREATE INDEX j ON nothing (a);
CREATE INDEX i ON p (b);
CREATE INDEX I ON p (b);
CREATE UNIQUE INDEX j ON p (a, a);
CREATE INDEX `PRIMARY` ON p (a);
CREATE INDEX j ON p (a) ALGORITHM=INPLACE LOCK=NONE;
-- not said: braces are taken for a template
CREATE INDEX j ON p (a) ENGINE_ATTRIBUTE='{}';
CREATE FULLTEXT INDEX j ON p (c);
-- not said
CREATE FULLTEXT INDEX j ON p (a);
-- not said
CREATE SPATIAL INDEX j ON p (a);
DROP INDEX nothing ON p;
DROP INDEX i ON nothing;
DROP INDEX `PRIMARY` ON p;
DROP INDEX i ON p ALGORITHM=INPLACE;

-- names
CREATE TABLE t1234567890123456789012345678901234567890123456789012345678901234 (a int);
CREATE TABLE t123456789012345678901234567890123456789012345678901234567890123 (a int);
CREATE TABLE t (c1234567890123456789012345678901234567890123456789012345678901234 int);
CREATE TABLE t (a int, KEY k1234567890123456789012345678901234567890123456789012345678901234 (a));
CREATE TABLE t (a int, CONSTRAINT k1234567890123456789012345678901234567890123456789012345678901234 CHECK (a > 0));
CREATE TABLE `t ` (a int);
CREATE TABLE t (`a ` int);
CREATE TABLE t (`` int);
CREATE TABLE 1t (1a int);
CREATE TABLE 1 (a int);
CREATE TABLE t$x (a$ int, _b int);
CREATE TABLE t-x (a int);
CREATE TABLE t (end int, begin int, `group` int, date date, timestamp timestamp, text text, bit bit);
CREATE TABLE t (group int);
CREATE TABLE t (usage int);
CREATE TABLE t (user int, password int, role int, enum int, offset int, level int);
CREATE TABLE t (database int);
CREATE TABLE t (schema int);
CREATE TABLE t (option int);
CREATE TABLE t (get int);
CREATE TABLE t (library int);
CREATE TABLE t (external int);
CREATE TABLE t (manual int, parallel int);
CREATE TABLE t (qualify int);
CREATE TABLE t (a int, CONSTRAINT key UNIQUE (a));
CREATE TABLE user (a int);
CREATE TABLE database (a int);
CREATE TABLE window (a int);
CREATE TABLE T (a int);
CREATE TABLE P (a int);
CREATE TABLE p (a int);
CREATE VIEW p AS SELECT 1;
-- not said: which databases there are is not known
CREATE TABLE nowhere.t (a int);

-- checks
CREATE TABLE t (a int, CHECK (b > 0));
CREATE TABLE t (a int CHECK (b > 0), b int);
CREATE TABLE t (a int, b int, CHECK (b > a));
CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0), CONSTRAINT c CHECK (a < 9));
CREATE TABLE t (a int, CONSTRAINT ck CHECK (a > 0));
CREATE TABLE t (a int, CHECK (a > (SELECT 1)));
CREATE TABLE t (a datetime, CHECK (a < now()));
CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, CHECK (a > 0));
CREATE TABLE t (a int CHECK a > 0);
CREATE TABLE t (a varchar(9) CHECK (a REGEXP '^x'));
-- not said
CREATE TABLE t (a int, CONSTRAINT t_chk_1 CHECK (a > 0), CHECK (a < 9));
ALTER TABLE p ADD CONSTRAINT ck CHECK (a > 5);
ALTER TABLE p ADD CONSTRAINT c2 CHECK (nothing > 5);
ALTER TABLE p DROP CHECK nothing;
ALTER TABLE p DROP CONSTRAINT ck, DROP COLUMN a;
ALTER TABLE p DROP COLUMN a;
ALTER TABLE p CHANGE a a bigint;
ALTER TABLE p MODIFY a varchar(20);
ALTER TABLE p ALTER CONSTRAINT ck NOT ENFORCED;
-- not said
ALTER TABLE p ALTER CHECK nothing ENFORCED;
ALTER TABLE p ADD COLUMN z int CHECK (z > a);
ALTER TABLE p ADD COLUMN z int CHECK (z > 0);

-- generated columns
CREATE TABLE t (a int, b int AS (a + 1), c int AS (b + 1) STORED);
CREATE TABLE t (b int AS (a + 1), a int);
-- not said
CREATE TABLE t (b int AS (c + 1), c int AS (1));
-- not said
CREATE TABLE t (a int, b int AS (nothing));
CREATE TABLE t (a int, b int AS (rand()));
CREATE TABLE t (a int, b datetime AS (now()));
-- not said
CREATE TABLE t (a int, b int AS (b + 1));
-- not said
CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b int AS (a + 1));
-- not said
CREATE TABLE t (a int, b int AS (a) DEFAULT 5);
CREATE TABLE t (a int, b int AS (a) AUTO_INCREMENT);
CREATE TABLE t (a int, b int AS (a) NOT NULL UNIQUE COMMENT 'x');
-- not said
CREATE TABLE t (a int, b int AS (a) PRIMARY KEY);
CREATE TABLE t (a int, b int AS (a) STORED PRIMARY KEY);
CREATE TABLE t (a int, b int AS (a) STORED VIRTUAL);
CREATE TABLE t (a int, b int GENERATED AS (a));
CREATE TABLE t (a int, b int NOT NULL AS (a));
CREATE TABLE t (a int, b AS (a));
CREATE TABLE t (a int, b int STORED AS (a));
ALTER TABLE p ADD COLUMN g int AS (a + 1) STORED;
-- not said
ALTER TABLE p ADD COLUMN g int AS (nothing + 1);
ALTER TABLE p ADD COLUMN g int AS (h), ADD COLUMN h int;
-- not said
ALTER TABLE p MODIFY a int AS (id);

-- altering
ALTER TABLE nothing ADD COLUMN d int;
ALTER TABLE p ADD COLUMN a int;
ALTER TABLE p ADD COLUMN A int;
ALTER TABLE p ADD COLUMN d int AFTER nothing;
ALTER TABLE p ADD COLUMN d int AFTER e, ADD COLUMN e int;
ALTER TABLE p ADD COLUMN d int, ADD COLUMN e int AFTER d;
ALTER TABLE p ADD COLUMN d int, ADD INDEX (d);
ALTER TABLE p ADD INDEX (d), ADD COLUMN d int;
ALTER TABLE p DROP COLUMN nothing;
ALTER TABLE p DROP COLUMN b, ADD COLUMN b int;
ALTER TABLE p DROP COLUMN b, DROP COLUMN b;
ALTER TABLE p DROP COLUMN c, ADD INDEX (c(5));
ALTER TABLE p DROP b, ADD INDEX (b);
ALTER TABLE p DROP INDEX i, ADD INDEX i (b);
ALTER TABLE p ADD INDEX i (b);
ALTER TABLE p ADD INDEX j (nothing);
ALTER TABLE p ADD UNIQUE j (b), ADD INDEX j (a);
ALTER TABLE p ADD PRIMARY KEY (a);
ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (a);
ALTER TABLE p DROP PRIMARY KEY, DROP PRIMARY KEY;
ALTER TABLE p DROP INDEX nothing;
ALTER TABLE p DROP KEY i;
ALTER TABLE p DROP CONSTRAINT i;
ALTER TABLE p DROP FOREIGN KEY nothing;
ALTER TABLE p DROP CONSTRAINT `PRIMARY`;
ALTER TABLE p RENAME INDEX nothing TO j;
ALTER TABLE p RENAME INDEX i TO `PRIMARY`;
ALTER TABLE p RENAME COLUMN nothing TO d;
ALTER TABLE p RENAME COLUMN b TO c;
ALTER TABLE p RENAME COLUMN b TO B;
ALTER TABLE p RENAME COLUMN b TO c, RENAME COLUMN c TO b;
ALTER TABLE p RENAME b TO d;
ALTER TABLE p CHANGE b id int, CHANGE id b varchar(20);
ALTER TABLE p CHANGE b c varchar(20), CHANGE c e text;
ALTER TABLE p RENAME AS q;
ALTER TABLE p RENAME p;
ALTER TABLE p CHANGE nothing d int;
ALTER TABLE p CHANGE b c int;
ALTER TABLE p CHANGE b;
ALTER TABLE p CHANGE COLUMN b b varchar(30) AFTER nothing;
ALTER TABLE p CHANGE b d varchar(30), ADD INDEX (d);
ALTER TABLE p CHANGE b d varchar(30), ADD INDEX (b);
ALTER TABLE p CHANGE b d varchar(30), DROP COLUMN b;
ALTER TABLE p MODIFY nothing int;
ALTER TABLE p MODIFY b int FIRST;
ALTER TABLE p MODIFY b int AFTER b;
-- not said
ALTER TABLE p MODIFY id int NULL;
ALTER TABLE p MODIFY id bigint;
-- not said
ALTER TABLE p MODIFY id text;
ALTER TABLE p MODIFY a text;
-- not said: sql_mode decides
ALTER TABLE p MODIFY a varchar(2000);
ALTER TABLE p MODIFY a json;
ALTER TABLE p MODIFY b varchar(30) NOT NULL DEFAULT 'x' COMMENT 'y' AFTER id;
ALTER TABLE p MODIFY b;
ALTER TABLE p CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
ALTER TABLE p CONVERT TO CHARACTER SET nothing;
ALTER TABLE p DEFAULT CHARACTER SET latin1, COLLATE latin1_bin;
ALTER TABLE p ENGINE=InnoDB, ROW_FORMAT=DYNAMIC;
ALTER TABLE p COMMENT='x', AUTO_INCREMENT=5;
ALTER TABLE p DISABLE KEYS;
ALTER TABLE p FORCE;
ALTER TABLE p ORDER BY a;
ALTER TABLE p ALTER INDEX i INVISIBLE;
ALTER TABLE p ALTER INDEX nothing INVISIBLE;
ALTER TABLE p ALTER COLUMN b SET INVISIBLE;
ALTER TABLE p ADD COLUMN d int, ALGORITHM=INPLACE, LOCK=NONE;
ALTER TABLE p ADD COLUMN d int, ALGORITHM=INSTANT;
ALTER TABLE p ADD COLUMN d int NOT NULL, ADD CONSTRAINT u UNIQUE (d, a);
ALTER TABLE p ADD COLUMN (d int, e int, KEY (d));
ALTER TABLE p ADD (d int, e int, CONSTRAINT u UNIQUE (d));
ALTER TABLE p ADD COLUMN d int, e int;
-- not said
ALTER TABLE p DROP id, DROP a, DROP b, DROP c;
ALTER TABLE p DROP INDEX i, DROP INDEX i;
ALTER TABLE p ADD INDEX j (a), DROP INDEX j;
ALTER TABLE p ADD COLUMN d int, DROP COLUMN d;
ALTER TABLE p;
ALTER TABLE p ADD;
ALTER TABLE p DROP;
ALTER TABLE p RENAME q, ADD COLUMN d int;
ALTER TABLE p, q ADD COLUMN d int;
ALTER IGNORE TABLE p ADD UNIQUE (a);
ALTER ONLINE TABLE p ADD COLUMN d int;
-- not said
RENAME TABLE p TO p;
RENAME TABLE nothing TO q;
RENAME TABLE p TO q, q TO r;
-- not said: which databases there are is not known
RENAME TABLE p TO nowhere.q;
DROP TABLE nothing;
DROP TABLE p, nothing;
DROP TABLE IF EXISTS p, nothing;
DROP TABLE p RESTRICT;
-- not said: which temporary tables the session has is not known
DROP TEMPORARY TABLE p;
DROP VIEW p;
TRUNCATE nothing;
TRUNCATE p;
CREATE TABLE p LIKE nothing;
CREATE TABLE t LIKE p;
CREATE TABLE t LIKE nothing;
CREATE TABLE t (LIKE p);
CREATE TABLE t AS SELECT * FROM p;
CREATE TABLE t AS SELECT nothing FROM p;
CREATE TABLE t (id int PRIMARY KEY) SELECT id, a FROM p;
CREATE TABLE t SELECT * FROM nothing;
CREATE TABLE IF NOT EXISTS p (nothing text DEFAULT 'x');
CREATE TEMPORARY TABLE p (a int);
CREATE TEMPORARY TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id));
CREATE TEMP TABLE t (a int);
CREATE VIEW v AS SELECT nothing FROM p;
CREATE VIEW v AS SELECT * FROM nothing;
-- not said
CREATE VIEW v (x, y) AS SELECT id FROM p;
-- not said
CREATE VIEW v AS SELECT a, a FROM p;
CREATE ALGORITHM=MERGE DEFINER=CURRENT_USER SQL SECURITY INVOKER VIEW v AS SELECT a FROM p WITH CHECK OPTION;
CREATE VIEW IF NOT EXISTS v AS SELECT a FROM p;
CREATE MATERIALIZED VIEW v AS SELECT a FROM p;
DROP VIEW nothing;
DROP MATERIALIZED VIEW nothing;
INSERT INTO p (id, nothing) VALUES (1, 2);
INSERT INTO p (id, a) VALUES (1, 2), (2, 3);
INSERT INTO p VALUES (1, 2, 'x', 'y');
-- not said: no schema is in it
INSERT INTO p VALUES (1, 2);
INSERT INTO nothing (id) VALUES (1);
-- not said: no schema is in it
INSERT INTO p SET id = 1, nothing = 2;
INSERT INTO p (id) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a);
INSERT INTO p (id) VALUES (1) AS new ON DUPLICATE KEY UPDATE a = new.id;
-- not said: no schema is in it
INSERT INTO p (id) VALUES (1) ON CONFLICT DO NOTHING;
REPLACE INTO p (id) VALUES (1);
UPDATE p SET nothing = 1;
-- not said: no schema is in it
UPDATE p SET a = nothing;
-- not said: no schema is in it
DELETE FROM p WHERE nothing = 1;
DELETE FROM nothing;
CREATE TRIGGER r BEFORE INSERT ON p FOR EACH ROW SET NEW.a = 1;
CREATE TRIGGER r BEFORE INSERT ON nothing FOR EACH ROW SET NEW.a = 1;
CREATE TRIGGER IF NOT EXISTS r BEFORE INSERT ON p FOR EACH ROW SET NEW.a = 1;
-- not said
DROP TRIGGER nothing;
DROP TRIGGER IF EXISTS nothing;
CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1;
CREATE PROCEDURE IF NOT EXISTS f() SELECT 1;
-- not said
DROP PROCEDURE nothing;
CREATE OR REPLACE PROCEDURE f() SELECT 1;
COMMENT ON COLUMN p.a IS 'x';
CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 4;
CREATE TABLE t (a int, b int, UNIQUE (b)) PARTITION BY HASH (a) PARTITIONS 4;
CREATE TABLE t (a int, b int, PRIMARY KEY (a, b)) PARTITION BY RANGE (a) (PARTITION x VALUES LESS THAN (10), PARTITION y VALUES LESS THAN MAXVALUE);
CREATE TABLE t (a int, PRIMARY KEY (a), FOREIGN KEY (a) REFERENCES p (id)) PARTITION BY HASH (a);
CREATE TABLE t (a int, PARTITION BY HASH (a));

-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, b int, u bigint unsigned, s varchar(20), n varchar(20) NOT NULL, UNIQUE uq (a, b), KEY ks (s), UNIQUE kn (n)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; CREATE TABLE c (id int PRIMARY KEY, p_id int, q_id int, w int NOT NULL, big bigint, un int unsigned, s varchar(50), l varchar(20) CHARACTER SET latin1, CONSTRAINT fk1 FOREIGN KEY (p_id) REFERENCES p (id)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; CREATE VIEW v AS SELECT id FROM p

-- foreign keys
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (id);
ALTER TABLE c ADD CONSTRAINT fk1 FOREIGN KEY (q_id) REFERENCES p (id);
ALTER TABLE c ADD CONSTRAINT FK1 FOREIGN KEY (q_id) REFERENCES p (id);
ALTER TABLE p ADD CONSTRAINT fk1 FOREIGN KEY (a) REFERENCES c (id);
ALTER TABLE c ADD CONSTRAINT fk2 FOREIGN KEY (q_id) REFERENCES p (id), ADD CONSTRAINT fk2 FOREIGN KEY (w) REFERENCES p (id);
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES nothing (id);
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (nothing);
ALTER TABLE c ADD FOREIGN KEY (nothing) REFERENCES p (id);
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (b);
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (a);
ALTER TABLE c ADD FOREIGN KEY (q_id, w) REFERENCES p (a, b);
ALTER TABLE c ADD FOREIGN KEY (q_id, w) REFERENCES p (b, a);
-- not said
ALTER TABLE c ADD FOREIGN KEY (q_id, w) REFERENCES p (id);
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p;
ALTER TABLE c ADD FOREIGN KEY (s) REFERENCES p (s);
ALTER TABLE c ADD FOREIGN KEY (s) REFERENCES p (n);
ALTER TABLE c ADD FOREIGN KEY (l) REFERENCES p (n);
ALTER TABLE c ADD FOREIGN KEY (big) REFERENCES p (id);
ALTER TABLE c ADD FOREIGN KEY (un) REFERENCES p (id);
ALTER TABLE c ADD FOREIGN KEY (s) REFERENCES p (id);
ALTER TABLE c ADD FOREIGN KEY (w) REFERENCES p (id) ON DELETE SET NULL;
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (id) ON DELETE SET NULL;
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (id) ON DELETE SET DEFAULT;
ALTER TABLE c ADD FOREIGN KEY (w) REFERENCES p (id) ON UPDATE SET NULL;
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (id) NOT VALID;
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES p (id) MATCH FULL;
-- not said
ALTER TABLE c ADD FOREIGN KEY (q_id) REFERENCES v (id);
-- not said
ALTER TABLE c ADD CONSTRAINT c_ibfk_1 FOREIGN KEY (q_id) REFERENCES p (id), ADD FOREIGN KEY (w) REFERENCES p (id);
ALTER TABLE c ADD FOREIGN KEY named (q_id) REFERENCES p (id);
ALTER TABLE c ADD COLUMN z int, ADD FOREIGN KEY (z) REFERENCES p (id);
ALTER TABLE c ADD COLUMN z int REFERENCES p (id);
ALTER TABLE c ADD COLUMN z int REFERENCES nothing (id);
ALTER TABLE c ADD COLUMN z bigint REFERENCES p (id);
ALTER TABLE c DROP FOREIGN KEY fk1;
ALTER TABLE c DROP FOREIGN KEY fk1, DROP COLUMN p_id;
-- not said
ALTER TABLE c DROP FOREIGN KEY fk1, ADD CONSTRAINT fk1 FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE CASCADE;
ALTER TABLE c DROP FOREIGN KEY fk1, DROP INDEX fk1;
ALTER TABLE c DROP FOREIGN KEY fk1, DROP FOREIGN KEY fk1;
ALTER TABLE c DROP FOREIGN KEY p_id;
ALTER TABLE c DROP CONSTRAINT fk1;
ALTER TABLE c DROP INDEX fk1;
ALTER TABLE c DROP INDEX fk1, ADD INDEX j (p_id);
ALTER TABLE c ADD INDEX j (p_id);
ALTER TABLE c RENAME INDEX fk1 TO j;
ALTER TABLE c DROP COLUMN p_id;
ALTER TABLE c RENAME COLUMN p_id TO parent;
ALTER TABLE c CHANGE p_id parent int;
ALTER TABLE c MODIFY p_id bigint;
ALTER TABLE c MODIFY p_id int NOT NULL;
ALTER TABLE c MODIFY p_id int unsigned;
ALTER TABLE p MODIFY id bigint;
-- not said
ALTER TABLE p MODIFY id int AUTO_INCREMENT;
ALTER TABLE p CHANGE id pid int;
ALTER TABLE p RENAME COLUMN id TO pid;
ALTER TABLE p DROP COLUMN id;
ALTER TABLE p DROP PRIMARY KEY;
ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (id, a);
ALTER TABLE p DROP PRIMARY KEY, ADD UNIQUE (id);
ALTER TABLE p RENAME TO q;
ALTER TABLE p CONVERT TO CHARACTER SET latin1;
DROP TABLE p;
DROP TABLE p CASCADE;
DROP TABLE c;
DROP TABLE p, c;
DROP TABLE c, p;
TRUNCATE TABLE p;
TRUNCATE TABLE c;
DROP INDEX fk1 ON c;
DROP INDEX uq ON p;
-- not said: which databases there are is not known
DROP DATABASE nowhere;
-- not said
ALTER TABLE v ADD COLUMN z int;
-- not said
DROP TABLE v;
-- not said
CREATE INDEX j ON v (id);
CREATE TABLE v (a int);
ALTER VIEW v AS SELECT a FROM p;
-- not said
ALTER VIEW nothing AS SELECT a FROM p;
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES t (a));
CREATE TABLE t (a int PRIMARY KEY, b int, FOREIGN KEY (b) REFERENCES t (a));
CREATE TABLE t (a int PRIMARY KEY, b int, FOREIGN KEY (b) REFERENCES later (id));
CREATE TABLE t (a int, b int, KEY k (a), FOREIGN KEY k2 (a) REFERENCES p (id));
CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id), CONSTRAINT f CHECK (a > 0));
CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id), UNIQUE f (a));
CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id), KEY f (id));
CREATE TABLE t (a int NOT NULL, FOREIGN KEY (a) REFERENCES p (id) ON DELETE SET NULL);
CREATE TABLE t (a int PRIMARY KEY, FOREIGN KEY (a) REFERENCES p (id) ON DELETE SET NULL);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id)) ENGINE=MyISAM;
CREATE TABLE t (a int unsigned, FOREIGN KEY (a) REFERENCES p (id));
CREATE TABLE t (a int(10), FOREIGN KEY (a) REFERENCES p (id));
CREATE TABLE t (a bigint, FOREIGN KEY (a) REFERENCES p (u));
CREATE TABLE t (a char(20), FOREIGN KEY (a) REFERENCES p (n)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE t (a varchar(30), FOREIGN KEY (a) REFERENCES p (n)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE t (a varchar(20), FOREIGN KEY (a) REFERENCES p (n)) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
-- not said
CREATE TABLE t (a text, FOREIGN KEY (a) REFERENCES p (n));
CREATE TABLE t (a int, b int AS (a), FOREIGN KEY (b) REFERENCES p (id));
CREATE TABLE t (a int, b int AS (a) STORED, FOREIGN KEY (b) REFERENCES p (id) ON DELETE CASCADE);
CREATE TABLE t (a int, b int AS (a) STORED, FOREIGN KEY (b) REFERENCES p (id) ON DELETE SET NULL);
-- not said: which databases there are is not known
CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES other.p (id));
CREATE TABLE t (a int REFERENCES p (id));
CREATE TABLE t (a int REFERENCES p);
CREATE TABLE t (a int REFERENCES p (s));
CREATE TABLE t (a int REFERENCES nothing (id));
CREATE TABLE t (a bigint REFERENCES p (id));
CREATE TABLE t (a int NOT NULL REFERENCES p (id) ON DELETE SET NULL);
CREATE TABLE t (a int CONSTRAINT f REFERENCES p (id));
CREATE TABLE t (a int CONSTRAINT fk1 REFERENCES p (id));

-- beside: CREATE TABLE p (id int AUTO_INCREMENT PRIMARY KEY, a int, b int, g int AS (a + 1) STORED, e varchar(9) DEFAULT (lower('X')), d int DEFAULT (b + 1), KEY ia (a), KEY iab (a, b), KEY ig (g), KEY ifn ((b * 2)), CONSTRAINT ck CHECK (a + b > 0), CONSTRAINT ca CHECK (b > 0)); CREATE TABLE q (id int PRIMARY KEY); CREATE TRIGGER r BEFORE INSERT ON p FOR EACH ROW SET NEW.b = 1

-- what columns are needed by
ALTER TABLE p DROP COLUMN a;
ALTER TABLE p DROP COLUMN b;
ALTER TABLE p DROP COLUMN g;
ALTER TABLE p DROP COLUMN g, DROP CONSTRAINT ck, DROP COLUMN a;
ALTER TABLE p DROP COLUMN e;
ALTER TABLE p DROP COLUMN d, DROP INDEX ifn, DROP CHECK ck, DROP CHECK ca, DROP COLUMN b;
ALTER TABLE p DROP CHECK ca, DROP CHECK ck, DROP COLUMN b;
ALTER TABLE p DROP COLUMN id;
ALTER TABLE p DROP PRIMARY KEY;
ALTER TABLE p DROP PRIMARY KEY, MODIFY id int;
ALTER TABLE p DROP PRIMARY KEY, ADD KEY (id);
ALTER TABLE p RENAME COLUMN a TO z;
ALTER TABLE p RENAME COLUMN b TO z;
ALTER TABLE p CHANGE a z int;
ALTER TABLE p RENAME COLUMN g TO z;
ALTER TABLE p MODIFY a bigint;
ALTER TABLE p MODIFY g bigint;
-- not said
ALTER TABLE p MODIFY g int AS (a + 2) VIRTUAL;
-- not said
ALTER TABLE p ALTER COLUMN g SET DEFAULT 5;
ALTER TABLE p RENAME INDEX ia TO iab;
ALTER TABLE p RENAME INDEX ia TO IA;
ALTER TABLE p DROP INDEX ifn;
ALTER TABLE p RENAME TO q;
ALTER TABLE p DROP CONSTRAINT ia;
ALTER TABLE p DROP CHECK ca;
ALTER TABLE p ADD CONSTRAINT ca FOREIGN KEY (a) REFERENCES q (id);
ALTER TABLE p ADD CONSTRAINT ia CHECK (b > 9);
ALTER TABLE q ADD CONSTRAINT ca CHECK (id > 0);
ALTER TABLE p ADD FOREIGN KEY (b) REFERENCES q (id);
CREATE TRIGGER r BEFORE INSERT ON q FOR EACH ROW SET NEW.id = 1;
-- not said
CREATE TRIGGER r2 BEFORE INSERT ON q FOR EACH ROW FOLLOWS r SET NEW.id = 1;
-- not said
CREATE TRIGGER r2 BEFORE INSERT ON q FOR EACH ROW SET NEW.nothing = 1;

-- beside: CREATE TABLE k (a int, b text)

-- what defaults and sizes may be
CREATE TABLE t (a float DEFAULT '');
CREATE TABLE t (a decimal(5,2) DEFAULT 'x');
CREATE TABLE t (a double DEFAULT 'abc');
CREATE TABLE t (a int DEFAULT 'NULL');
CREATE TABLE t (a tinyint(1) DEFAULT 'true');
CREATE TABLE t (a int DEFAULT ' 5');
CREATE TABLE t (a int DEFAULT '5x');
CREATE TABLE t (a int DEFAULT '1e2');
CREATE TABLE t (a varchar(3) DEFAULT 'abc   ');
CREATE TABLE t (a char(3) DEFAULT 'abc   ');
CREATE TABLE t (a enum('a','b') DEFAULT 'a  ');
CREATE TABLE t (a enum('a  ','b') DEFAULT 'a');
CREATE TABLE t (a enum('a','b') DEFAULT 0);
CREATE TABLE t (a enum('1','2') DEFAULT '1');
CREATE TABLE t (a enum('1','2') DEFAULT 1);
CREATE TABLE t (a enum('','b') DEFAULT '');
CREATE TABLE t (a set('a','b') DEFAULT '');
CREATE TABLE t (a set('a','b') DEFAULT 'a, b');
CREATE TABLE t (a set('a','b') DEFAULT 1);
CREATE TABLE t (a date DEFAULT 'NULL');
CREATE TABLE t (a date DEFAULT 'now()');
CREATE TABLE t (a varchar(3) DEFAULT 1234);
CREATE TABLE t (a bigint DEFAULT 9223372036854775808);
CREATE TABLE t (a bigint unsigned DEFAULT 18446744073709551615);
CREATE TABLE t (a bigint unsigned DEFAULT -1);
CREATE TABLE t (a tinyint(1) DEFAULT 128);
CREATE TABLE t (a tinyint(1) DEFAULT 5);
CREATE TABLE t (a mediumint DEFAULT 8388608);
CREATE TABLE t (a int DEFAULT 2147483648);
-- not said
CREATE TABLE t (a varchar(3) DEFAULT 'ab\'c');
CREATE TABLE t (a varchar(3) DEFAULT 'a''b');
CREATE TABLE t (a varchar(3) DEFAULT 'äöü');
CREATE TABLE t (a varchar(0) DEFAULT 'a');
CREATE TABLE t (a decimal(5,2) DEFAULT '');
CREATE TABLE t (a int DEFAULT CURRENT_TIMESTAMP());
CREATE TABLE t (a decimal(5) DEFAULT NOW());
CREATE TABLE t (a text DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a float(5,6));
CREATE TABLE t (a decimal(0,0));
CREATE TABLE t (a decimal(0));
CREATE TABLE t (a decimal(3,3));
CREATE TABLE t (a char(255), b varchar(255));
CREATE TABLE t (a time(7));
CREATE TABLE t (a int AUTO_INCREMENT DEFAULT NULL PRIMARY KEY);
CREATE TABLE t (a int NOT NULL DEFAULT 0 AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a int DEFAULT NULL COMMENT 'NOT NULL');
CREATE TABLE t (a int DEFAULT NULL, b int NOT NULL);
CREATE TABLE t (a int PRIMARY KEY COMMENT 'PRIMARY KEY', b int COMMENT 'x PRIMARY KEY');
CREATE TABLE t (a int AUTO_INCREMENT, b int, PRIMARY KEY (b, a), KEY (a));
CREATE TABLE t (id serial DEFAULT 5);
CREATE TABLE t (a int NULL DEFAULT NULL UNIQUE KEY);
CREATE TABLE t (a int NOT NULL, b int NULL, PRIMARY KEY (a), CHECK (a IS NOT NULL));
CREATE TABLE t (a int CHECK (a IS NULL), PRIMARY KEY (a));
CREATE TABLE t (a int REFERENCES k (a) ON DELETE SET NULL, PRIMARY KEY (a));
CREATE TABLE t (a int, `key` int, UNIQUE a (a), KEY A2 (a));
ALTER TABLE k ADD c varchar(3) DEFAULT 'abcd';
ALTER TABLE k MODIFY a int DEFAULT '';
ALTER TABLE k CHANGE a a enum('x') DEFAULT 'y';
ALTER TABLE k RENAME TO kk;
ALTER TABLE k RENAME kk;
ALTER TABLE k RENAME = kk;

-- what is needed by keys and expressions

-- beside: CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (c int, b int, FOREIGN KEY (b) REFERENCES u (id))
ALTER TABLE t ADD UNIQUE (b);

-- beside: CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (c int, b int, FOREIGN KEY (b) REFERENCES u (id))
ALTER TABLE t ADD INDEX (b);

-- beside: CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (c int, b int, FOREIGN KEY (b) REFERENCES u (id))
ALTER TABLE t ADD INDEX (b, c);

-- beside: CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int primary key, c int, b int, FOREIGN KEY (b) REFERENCES u (id)); ALTER TABLE t DROP COLUMN id
ALTER TABLE t ADD UNIQUE (b);

-- beside: CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int primary key, c int, b int, FOREIGN KEY (b) REFERENCES u (id)); ALTER TABLE t DROP COLUMN id; ALTER TABLE t ADD UNIQUE (b)
ALTER TABLE t DROP COLUMN c;

-- beside: CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c int)
ALTER TABLE t DROP PRIMARY KEY;

-- beside: CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c int, KEY (c, id))
ALTER TABLE t DROP PRIMARY KEY;

-- beside: CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c int, KEY (id))
ALTER TABLE t DROP PRIMARY KEY;

-- beside: CREATE TABLE t (id int AUTO_INCREMENT, c int, KEY k (id))
ALTER TABLE t DROP INDEX k;

-- beside: CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c int)
ALTER TABLE t DROP PRIMARY KEY, MODIFY id int;

-- beside: CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c int)
ALTER TABLE t DROP PRIMARY KEY, DROP COLUMN id;

-- beside: CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c int)
ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (c, id);

-- beside: CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c int)
ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (c), ADD UNIQUE (id);

-- beside: CREATE TABLE t (a int, b int, g int AS (a + 1))
ALTER TABLE t DROP COLUMN a;

-- beside: CREATE TABLE t (a int, b int, g int AS (a + 1))
ALTER TABLE t DROP COLUMN a, DROP COLUMN g;

-- beside: CREATE TABLE t (a int, b int, g int AS (a + 1))
ALTER TABLE t RENAME COLUMN a TO z;

-- beside: CREATE TABLE t (a int, b int, g int AS (a + 1))
ALTER TABLE t CHANGE a z int;

-- beside: CREATE TABLE t (a int, b int, CHECK (a > b))
ALTER TABLE t DROP COLUMN a;

-- beside: CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (a > b))
ALTER TABLE t DROP COLUMN a, DROP CONSTRAINT c;

-- beside: CREATE TABLE t (a int, b int, CHECK (a > 0))
ALTER TABLE t DROP COLUMN a;

-- beside: CREATE TABLE t (a int, b int, CHECK (a > 0))
ALTER TABLE t RENAME COLUMN a TO z;

-- beside: CREATE TABLE t (a int, b int, CHECK (a > 0))
ALTER TABLE t CHANGE a z int;

-- beside: CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (a > 0))
ALTER TABLE t CHANGE a z int, DROP CHECK c;

-- beside: CREATE TABLE t (a int, b int, KEY k ((a + 1)))
ALTER TABLE t DROP COLUMN a;

-- beside: CREATE TABLE t (a int, b int, KEY k ((a + 1)))
ALTER TABLE t DROP COLUMN a, DROP INDEX k;

-- beside: CREATE TABLE t (a int, b int, KEY k ((a + 1)))
ALTER TABLE t RENAME COLUMN a TO z;

-- beside: CREATE TABLE t (a int, b int DEFAULT (a + 1))
ALTER TABLE t DROP COLUMN a;

-- beside: CREATE TABLE t (a int, b int DEFAULT (a + 1))
ALTER TABLE t RENAME COLUMN a TO z;

-- beside: CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (a > 0) NOT ENFORCED)
ALTER TABLE t RENAME COLUMN a TO z;

-- Clauses of one definition that do not go together
-- beside: CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE t (a int DEFAULT '5 ');
CREATE TABLE t (a int DEFAULT ' 5');
CREATE TABLE t (a int DEFAULT '5.7');
CREATE TABLE t (a int DEFAULT '1e3');
CREATE TABLE t (a int DEFAULT '0x10');
-- not said: sql_mode decides
CREATE TABLE t (a decimal(5,2) DEFAULT '5x');
CREATE TABLE t (a double DEFAULT '5x');
CREATE TABLE t (a int DEFAULT '');
CREATE TABLE t (a int DEFAULT '5e');
CREATE TABLE t (a varchar(20), KEY (a(20)));
CREATE TABLE t (a int, KEY (a(2)));
CREATE TABLE t (a varchar(20) CHARACTER SET latin1, KEY (a(21)));
CREATE TABLE t (a binary(5), KEY (a(6)));
-- not said
CREATE TABLE t (a enum('a','b'), KEY (a(1)));
-- not said: sql_mode decides
CREATE TABLE t (a tinytext, KEY (a(300)));
CREATE TABLE t (a varchar(20), UNIQUE (a(21)));
CREATE TABLE t (a varchar(20), PRIMARY KEY (a(21)));
CREATE TABLE t (a date, FULLTEXT (a));
CREATE TABLE t (a enum('a'), FULLTEXT (a));
CREATE TABLE t (a json, FULLTEXT (a));
CREATE TABLE t (a blob, FULLTEXT (a));
CREATE TABLE t (a varbinary(5), FULLTEXT (a));
CREATE TABLE t (a varchar(5), SPATIAL KEY (a));
CREATE TABLE t (a geometry NULL, SPATIAL KEY (a));
CREATE TABLE t (a geometry NOT NULL, SPATIAL KEY (a));
-- not said
CREATE TABLE t (a point PRIMARY KEY);
CREATE TABLE t (a varchar(5) CHARACTER SET utf8 COLLATE utf8mb3_bin);
CREATE TABLE t (a varchar(5) CHARACTER SET utf8mb3 COLLATE utf8_bin);
CREATE TABLE t (a varchar(5) CHARACTER SET binary COLLATE binary);
CREATE TABLE t (a varchar(5) CHARACTER SET utf8mb4 COLLATE utf8_general_ci);
CREATE TABLE t (a varchar(5) CHARACTER SET utf8mb4 COLLATE binary);
CREATE TABLE t (a varchar(5)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8_general_ci;
CREATE TABLE t (a varchar(5)) COLLATE=utf8_general_ci DEFAULT CHARSET=utf8mb4;
-- not said
CREATE TABLE t (a varchar(5)) DEFAULT CHARSET=utf8mb4 DEFAULT CHARSET=latin1;
CREATE TABLE t (a varchar(5)) DEFAULT CHARSET=utf-8;
CREATE TABLE t (a varchar(5)) DEFAULT CHARSET=utf8mb5;
CREATE TABLE t (a varchar(5)) CHARSET=`utf8`;
CREATE TABLE t (a varchar(5)) CHARSET='utf8';
CREATE TABLE t (a int COLLATE utf8_bin);
CREATE TABLE t (a int ON UPDATE CURRENT_TIMESTAMP);
CREATE TABLE t (a timestamp(6) DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP);
CREATE TABLE t (a datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP(6));
CREATE TABLE t (a timestamp DEFAULT LOCALTIMESTAMP ON UPDATE LOCALTIME);
CREATE TABLE t (a year DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES t (a), KEY (a)) PARTITION BY HASH (a);
CREATE TABLE t (a int(256));
CREATE TABLE t (a varchar(5) DEFAULT 'abcdef   ');
CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, CHECK (a > 0));
CREATE TABLE t (a float(53));
CREATE TABLE t (a float(54));
CREATE TABLE t (a int DEFAULT '5.');
CREATE TABLE t (a int DEFAULT '.5');
CREATE TABLE t (a int DEFAULT '+5');
CREATE TABLE t (a varchar(20) PRIMARY KEY, b int) ENGINE=InnoDB DEFAULT CHARSET=latin1 COMMENT='x' ROW_FORMAT=COMPACT KEY_BLOCK_SIZE=0;
-- beside: CREATE TABLE t (a varchar(20))
-- not said
CREATE INDEX i ON t (a(21));
-- beside: CREATE TABLE t (a int)
ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8_general_ci;
ALTER TABLE t DEFAULT CHARSET=utf8mb4 COLLATE=utf8_general_ci;
ALTER TABLE t ADD COLUMN b int CHECK (b > a);
-- beside: CREATE TABLE t (a int, b int, CHECK (a > 0))
ALTER TABLE t ADD COLUMN a2 int, a3 int;
-- beside: CREATE TABLE t (a int, b int)
ALTER TABLE t DROP COLUMN a, `b`;
ALTER TABLE t DROP COLUMN a, b;
ALTER TABLE t DROP COLUMN a, force;
ALTER TABLE t ADD COLUMN c int, d varchar(5) NOT NULL;

-- Partitions, TRUNCATE, AUTO_INCREMENT and its key, character sets of keys
-- beside: CREATE TABLE t (a int, b int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5))
ALTER TABLE t DROP PARTITION nope;
ALTER TABLE t REORGANIZE PARTITION nope INTO (PARTITION p1 VALUES LESS THAN (5));
ALTER TABLE t ADD PARTITION (PARTITION p0 VALUES LESS THAN (9));
ALTER TABLE t ADD PARTITION (PARTITION p1 VALUES LESS THAN (4));
ALTER TABLE t DROP PARTITION p0;
-- beside: CREATE TABLE t (a int, b int)
ALTER TABLE t DROP PARTITION p0;
ALTER TABLE t ADD PARTITION (PARTITION p0 VALUES LESS THAN (5));
ALTER TABLE t REMOVE PARTITIONING;
ALTER TABLE t TRUNCATE PARTITION p0;
ALTER TABLE t PARTITION BY HASH (a) PARTITIONS 2, ADD UNIQUE (b);
ALTER TABLE t MODIFY a int AUTO_INCREMENT;
ALTER TABLE t MODIFY a int AUTO_INCREMENT, ADD KEY (a);
ALTER TABLE t CHANGE a c int AUTO_INCREMENT PRIMARY KEY;
ALTER TABLE t MODIFY b int AFTER nope;
-- beside: CREATE TABLE t (a int, b int, UNIQUE (b))
ALTER TABLE t PARTITION BY HASH (a);
ALTER TABLE t PARTITION BY HASH (a + b);
-- beside: CREATE TABLE t (a int, b int) PARTITION BY HASH (a)
ALTER TABLE t ADD UNIQUE (b);
CREATE UNIQUE INDEX i ON t (b);
CREATE UNIQUE INDEX i ON t (b, a);
ALTER TABLE t ADD PRIMARY KEY (b);
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t RENAME COLUMN a TO c;
ALTER TABLE t CHANGE a c int;
-- beside: CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE t (a int, b int) PARTITION BY HASH (nope);
CREATE TABLE t (a int, b int PRIMARY KEY) PARTITION BY KEY () PARTITIONS 2;
CREATE TABLE t (a int, b int PRIMARY KEY) PARTITION BY KEY (a) PARTITIONS 2;
CREATE TABLE t (a int, b varchar(5)) PARTITION BY HASH (b);
CREATE TABLE t (a int, b timestamp) PARTITION BY RANGE (YEAR(b)) (PARTITION p0 VALUES LESS THAN (2020));
CREATE TABLE t (a int) PARTITION BY RANGE (a);
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN MAXVALUE, PARTITION p1 VALUES LESS THAN (5));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES IN (5));
CREATE TABLE t (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (5), PARTITION p1 VALUES IN (5));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5), PARTITION p0 VALUES LESS THAN (9));
-- beside: CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int, FOREIGN KEY (id) REFERENCES p (id))
TRUNCATE p;
TRUNCATE c;
-- beside: CREATE TABLE p (id int PRIMARY KEY, q int, FOREIGN KEY (q) REFERENCES p (id))
TRUNCATE p;
-- beside: CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b int)
ALTER TABLE t DROP PRIMARY KEY;
ALTER TABLE t DROP PRIMARY KEY, MODIFY a int;
ALTER TABLE t DROP PRIMARY KEY, ADD UNIQUE (a);
ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (b, a);
ALTER TABLE t ADD c int AUTO_INCREMENT UNIQUE;
-- beside: CREATE TABLE t (a int AUTO_INCREMENT, b int, KEY k (a))
DROP INDEX k ON t;
-- beside: CREATE TABLE t (a int AUTO_INCREMENT, b int, KEY k (a), KEY l (a, b))
DROP INDEX k ON t;
-- beside: CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b int UNIQUE)
ALTER TABLE t MODIFY b int AUTO_INCREMENT;
-- beside: CREATE TABLE t (a int AUTO_INCREMENT, b int, PRIMARY KEY (a), KEY (b))
ALTER TABLE t DROP PRIMARY KEY, DROP COLUMN a;
-- beside: CREATE TABLE t (a int, b int); ALTER TABLE t MODIFY b int FIRST
ALTER TABLE t MODIFY b int AFTER a;
-- beside: CREATE TABLE p (n varchar(9) PRIMARY KEY) CHARSET latin1
CREATE TABLE c (n varchar(9), FOREIGN KEY (n) REFERENCES p (n)) CHARSET utf8mb4;
-- not said
CREATE TABLE c (n varchar(9) COLLATE latin1_bin, FOREIGN KEY (n) REFERENCES p (n)) CHARSET latin1;
-- beside: CREATE TABLE p (n varchar(9) PRIMARY KEY) COLLATE utf8mb4_bin
CREATE TABLE c (n varchar(9), FOREIGN KEY (n) REFERENCES p (n)) COLLATE utf8mb4_general_ci;
-- beside: CREATE TABLE p (n varchar(9) PRIMARY KEY) CHARSET utf8mb4
CREATE TABLE c (n varchar(9), FOREIGN KEY (n) REFERENCES p (n)) CHARSET utf8mb4;
-- beside: CREATE TABLE p (n varchar(9) PRIMARY KEY) CHARSET utf8
CREATE TABLE c (n varchar(9), FOREIGN KEY (n) REFERENCES p (n)) CHARSET utf8mb3;
-- beside: CREATE TABLE p (n enum('a') PRIMARY KEY) CHARSET latin1
CREATE TABLE c (n enum('a'), FOREIGN KEY (n) REFERENCES p (n)) CHARSET utf8mb4;

-- Indexes that foreign keys need
-- beside: CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int, FOREIGN KEY (b) REFERENCES p (id))
ALTER TABLE t ADD UNIQUE b (b);
CREATE INDEX b ON t (b);
CREATE INDEX b ON t (b, a);
CREATE INDEX b ON t (a);
-- beside: CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int, CONSTRAINT f FOREIGN KEY (b) REFERENCES p (id))
CREATE INDEX f ON t (b);
-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, KEY i (id)); CREATE TABLE t (b int, FOREIGN KEY (b) REFERENCES p (id))
ALTER TABLE p DROP PRIMARY KEY;
-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, UNIQUE i (id)); CREATE TABLE t (b int, FOREIGN KEY (b) REFERENCES p (id))
ALTER TABLE p DROP PRIMARY KEY;
-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, UNIQUE i (id, a)); CREATE TABLE t (b int, FOREIGN KEY (b) REFERENCES p (id))
ALTER TABLE p DROP PRIMARY KEY;
-- beside: CREATE TABLE p (id int PRIMARY KEY, a int); CREATE TABLE t (b int, FOREIGN KEY (b) REFERENCES p (id))
ALTER TABLE p DROP PRIMARY KEY, ADD KEY (id);
ALTER TABLE p DROP PRIMARY KEY, ADD UNIQUE (id);

-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, b varchar(20), c text, d date, KEY ka (a), CONSTRAINT ck CHECK (a > 0))

-- words of other databases
CREATE TABLE t (id serial PRIMARY KEY, a int);
CREATE TABLE t (id bigserial PRIMARY KEY);
CREATE TABLE t (a timestamptz);
CREATE TABLE t (a timestamptz NOT NULL DEFAULT now());
CREATE TABLE t (a timestamp with time zone);
CREATE TABLE t (a timestamp without time zone NOT NULL);
CREATE TABLE t (a uuid PRIMARY KEY);
CREATE TABLE t (a jsonb NOT NULL);
CREATE TABLE t (a text[]);
CREATE TABLE t (a int[]);
CREATE TABLE t (a varchar(20)[]);
CREATE TABLE t (a int ARRAY);
CREATE TABLE t (a bytea);
CREATE TABLE t (a boolean DEFAULT 't');
CREATE TABLE t (a boolean DEFAULT 'true');
CREATE TABLE t (a boolean DEFAULT TRUE);
CREATE TABLE t (a boolean DEFAULT false NOT NULL);
CREATE TABLE t (a boolean DEFAULT 'f');
CREATE TABLE t (a boolean DEFAULT '1');
CREATE TABLE t (a tinyint(1) DEFAULT 'false');
CREATE TABLE t (a bit DEFAULT 'b');
CREATE TABLE t (a bit DEFAULT b'1');
CREATE TABLE t (a bit DEFAULT 2);
CREATE TABLE t (a char(36) DEFAULT gen_random_uuid());
CREATE TABLE t (a char(36) DEFAULT (gen_random_uuid()));
CREATE TABLE t (a char(36) DEFAULT uuid_generate_v4());
CREATE TABLE t (a char(36) DEFAULT (uuid()));
CREATE TABLE t (a binary(16) DEFAULT (uuid_to_bin(uuid())));
CREATE TABLE t (a binary(16) DEFAULT uuid_to_bin(uuid()));
CREATE TABLE t (a date DEFAULT now());
CREATE TABLE t (a date DEFAULT current_date);
CREATE TABLE t (a date DEFAULT (current_date));
CREATE TABLE t (a date DEFAULT (curdate()));
CREATE TABLE t (a time DEFAULT current_time);
CREATE TABLE t (a date DEFAULT current_timestamp);
CREATE TABLE t (a datetime DEFAULT current_date);
CREATE TABLE t (a datetime DEFAULT getdate());
CREATE TABLE t (a datetime DEFAULT localtime);
CREATE TABLE t (a datetime DEFAULT current_timestamp() ON UPDATE current_timestamp());
CREATE TABLE t (a datetime DEFAULT now() ON UPDATE now());
CREATE TABLE t (a datetime ON UPDATE CURRENT_TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a int DEFAULT unix_timestamp());
CREATE TABLE t (a int DEFAULT (unix_timestamp()));
CREATE TABLE t (a int DEFAULT 0::int);
CREATE TABLE t (a varchar(9) DEFAULT 'x'::character varying);
CREATE TABLE t (a varchar(9) DEFAULT user());
CREATE TABLE t (a varchar(9) DEFAULT current_user);
CREATE TABLE t (a varchar(9) DEFAULT x);
CREATE TABLE t (a varchar(9) DEFAULT "x");
CREATE TABLE t (a varchar(9) DEFAULT `x`);
CREATE TABLE t (a int DEFAULT -1);
CREATE TABLE t (a int DEFAULT +1);
CREATE TABLE t (a int DEFAULT - 1);
CREATE TABLE t (a int DEFAULT (-1));
CREATE TABLE t (a int DEFAULT 1.5e3);
CREATE TABLE t (a int DEFAULT 0x1F);
CREATE TABLE t (a int DEFAULT x'1F');
CREATE TABLE t (a int DEFAULT 5 * 2);
CREATE TABLE t (a int DEFAULT 60*60);
CREATE TABLE t (a int DEFAULT NOT NULL);
CREATE TABLE t (a int DEFAULT);
CREATE TABLE t (a int NOT NULL DEFAULT);
CREATE TABLE t (a int = 5);
CREATE TABLE t (a int DEFAULT = 5);
CREATE TABLE t (a varchar(9) DEFAULT 'a' 'b');
CREATE TABLE t (a datetime DEFAULT CURRENT_TIMESTAMP + INTERVAL 1 DAY);
CREATE TABLE t (a datetime DEFAULT (CURRENT_TIMESTAMP + INTERVAL 1 DAY));
CREATE TABLE t (a datetime DEFAULT date_add(now(), INTERVAL 1 DAY));
CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT);
CREATE TABLE t (id int IDENTITY(1,1) PRIMARY KEY);
CREATE TABLE t (id int IDENTITY PRIMARY KEY);
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY);
CREATE TABLE t (id int AUTO INCREMENT PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT);
CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT(1,1));
CREATE TABLE t (id int AUTO_INCREMENT=1 PRIMARY KEY);
CREATE TABLE t (id int NOT NULL PRIMARY AUTO_INCREMENT);
CREATE TABLE t (id int NOT NULL AUTO_INCREMENT KEY);
CREATE TABLE t (id int PRIMARY KEY NOT NULL UNIQUE);
CREATE TABLE t (a varchar);
CREATE TABLE t (a varchar(max));
CREATE TABLE t (a nvarchar(max));
CREATE TABLE t (a varchar2(20));
CREATE TABLE t (a character varying);
CREATE TABLE t (a character varying(20));
CREATE TABLE t (a char varying(20));
CREATE TABLE t (a number(10));
CREATE TABLE t (a string);
CREATE TABLE t (a clob);
CREATE TABLE t (a money);
CREATE TABLE t (a int4, b int8, c float8);
CREATE TABLE t (a int2);
CREATE TABLE t (a double precision);
CREATE TABLE t (a numeric(10,2));
CREATE TABLE t (a decimal(10, 2) UNSIGNED ZEROFILL);
CREATE TABLE t (a unsigned int);
CREATE TABLE t (a int unsigned signed);
CREATE TABLE t (a int NOT NULL unsigned);
CREATE TABLE t (a int DEFAULT 0 unsigned);
CREATE TABLE t (a text(20), b blob(20));
CREATE TABLE t (a mediumtext(20));
CREATE TABLE t (a json(20));
CREATE TABLE t (a longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL);
CREATE TABLE t (a varchar(9) NOT NULL CHARACTER SET utf8mb4);
CREATE TABLE t (a varchar(9) NOT NULL COLLATE utf8mb4_bin);
CREATE TABLE t (a varchar(9) CHARSET utf8mb4 NOT NULL);
CREATE TABLE t (a varchar(9) DEFAULT 'x' CHARACTER SET utf8mb4);
CREATE TABLE t (a interval);
CREATE TABLE t (a xml);
CREATE TABLE t (a inet);
CREATE TABLE t (a tinyint(1) unsigned NOT NULL DEFAULT '0');
CREATE TABLE t (a year(4));
CREATE TABLE t (a real(5,2));
CREATE TABLE t (a bool(1));
CREATE TABLE t (a boolean(1));
CREATE TABLE t (a integer(11));
CREATE TABLE t (a int(11) unsigned zerofill);
CREATE TABLE t (a int(10,2));
CREATE TABLE t (a bigint(20,0));
CREATE TABLE t (a date(6));
CREATE TABLE t (a datetime(6,2));
CREATE TABLE t (a enum('a' 'b'));
CREATE TABLE t (a enum("a", "b"));
CREATE TABLE t (a enum('a', 'b',));
CREATE TABLE t (a enum('a', 2));
CREATE TABLE t (a set('a', 'b') DEFAULT 'a,b');
CREATE TABLE t (a enum 'a', 'b');
CREATE TABLE t (a mood);
CREATE TABLE t (a my_enum NOT NULL DEFAULT 'x');
CREATE TABLE t (a int4range);
CREATE TABLE t (a bool);
CREATE TABLE t (a fixed(5,2));
CREATE TABLE t (a dec(5,2));
CREATE TABLE t (a long);
CREATE TABLE t (a long varchar);
CREATE TABLE t (a national varchar(9));
CREATE TABLE t (a nchar(9));
CREATE TABLE t (a signed);

-- commas and parentheses
CREATE TABLE t (a int b int);
CREATE TABLE t (a int, b int,);
CREATE TABLE t (a int,, b int);
CREATE TABLE t (a int PRIMARY KEY (a));
CREATE TABLE t (a int NOT NULL PRIMARY KEY (a));
CREATE TABLE t (a int NOT NULL UNIQUE KEY k (a));
CREATE TABLE t (a int; b int);
CREATE TABLE t (a int) (b int);
CREATE TABLE t a int, b int;
-- not said: braces are taken for a template
CREATE TABLE t {a int};
CREATE TABLE (a int);
CREATE TABLE t (a);
CREATE TABLE t (a, b int);
CREATE TABLE t (int a, int b);
CREATE TABLE t (varchar(20) name);
CREATE TABLE t (a int, KEY);
CREATE TABLE t (a int, INDEX (a, ));
CREATE TABLE t (a int, INDEX k a);
CREATE TABLE t (a int, INDEX k);
CREATE TABLE t (a int, PRIMARY KEY a);
CREATE TABLE t (a int, PRIMARY (a));
CREATE TABLE t (a int, UNIQUE a);
CREATE TABLE t (a int, UNIQUE KEY (a));
CREATE TABLE t (a int, FOREIGN KEY (a) p (id));
CREATE TABLE t (a int, FOREIGN KEY a REFERENCES p (id));
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p(id) ON DELETE CASCADE ON DELETE SET NULL);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p(id) ON DELETE);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p(id) ON DELETE NULL);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p(id) ON CASCADE);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p(id) CASCADE);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p(id) ON DELETE CASCADE DEFERRABLE);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p(id) ON DELETE SET DEFAULT);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p(id) ON DELETE NO ACTION);
CREATE TABLE t (a int, FOREIGN (a) REFERENCES p(id));
CREATE TABLE t (a int FOREIGN KEY REFERENCES p(id));
CREATE TABLE t (a int REFERENCE p(id));
CREATE TABLE t (a int REFERENCES p);
CREATE TABLE t (a int REFERENCES p(id) ON DELETE CASCADE);
CREATE TABLE t (a int, CONSTRAINT FOREIGN KEY (a) REFERENCES p(id));
CREATE TABLE t (a int, CONSTRAINT fk (a) REFERENCES p(id));
CREATE TABLE t (a int, CONSTRAINT UNIQUE (a));
CREATE TABLE t (a int, CONSTRAINT 'fk' FOREIGN KEY (a) REFERENCES p(id));
CREATE TABLE t (a int, CONSTRAINT "fk" FOREIGN KEY (a) REFERENCES p(id));

-- checks
CREATE TABLE t (a int CHECK (a > 0 AND a < 9));
CREATE TABLE t (a int, CHECK a > 0);
CREATE TABLE t (a int, CHECK ());
CREATE TABLE t (a int CHECK);
CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NOT ENFORCED);
CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NOT VALID);
CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NO INHERIT);
CREATE TABLE t (a varchar(9) CHECK (a IN ('x', 'y')));
CREATE TABLE t (a varchar(9) CHECK (a ~ '^x'));
CREATE TABLE t (a varchar(9) CHECK (a ~* '^x'));
CREATE TABLE t (a varchar(9) CHECK (a::int > 0));
CREATE TABLE t (a varchar(9) CHECK (a = ANY (ARRAY['x', 'y'])));
CREATE TABLE t (a varchar(9) CHECK (a ILIKE 'x%'));
CREATE TABLE t (a varchar(9) CHECK (a SIMILAR TO 'x%'));
CREATE TABLE t (a varchar(9) CHECK (length(a) > 2));
CREATE TABLE t (a varchar(9) CHECK (len(a) > 2));
CREATE TABLE t (a int CHECK (a BETWEEN 1 AND 5));
CREATE TABLE t (a int, b int, CHECK (a IS NOT NULL OR b IS NOT NULL));
CREATE TABLE t (a int, b int, CHECK ((a IS NULL) <> (b IS NULL)));
CREATE TABLE t (a int, EXCLUDE USING gist (a WITH =));
CREATE TABLE t (a int CONSTRAINT pos CHECK (a > 0));
CREATE TABLE t (a int CONSTRAINT u UNIQUE);
CREATE TABLE t (a int CONSTRAINT nn NOT NULL);
CREATE TABLE t (a int CONSTRAINT pk PRIMARY KEY);
CREATE TABLE t (a date CHECK (a < CURRENT_DATE));
CREATE TABLE t (a date CHECK (a < curdate()));
-- not said
CREATE TABLE t (a int CHECK (a > @x));
CREATE TABLE t (a int CHECK (a IN (SELECT id FROM p)));
CREATE TABLE t (a int, CHECK (nope > 0));
CREATE TABLE t (a int CHECK (a > 0) CHECK (a < 9));

-- indexes
CREATE INDEX IF NOT EXISTS i ON p (a);
CREATE INDEX CONCURRENTLY i ON p (a);
CREATE INDEX ON p (a);
CREATE INDEX i ON p a;
CREATE INDEX i p (a);
CREATE INDEX i ON p;
CREATE INDEX i ON p ();
CREATE INDEX i ON p (a) WHERE a > 0;
CREATE INDEX i ON p (a) INCLUDE (b);
CREATE INDEX i ON p USING btree (a);
CREATE INDEX i USING btree ON p (a);
CREATE INDEX i ON p (a) USING btree;
CREATE INDEX i ON p (a) USING gin;
CREATE INDEX i ON p USING gin (c);
CREATE INDEX i ON p (lower(b));
CREATE INDEX i ON p ((lower(b)));
CREATE INDEX i ON p (b varchar_pattern_ops);
CREATE INDEX i ON p (a NULLS FIRST);
CREATE INDEX i ON p (a DESC NULLS LAST);
CREATE INDEX i ON p (a DESC, b ASC);
CREATE INDEX i ON p (b COLLATE utf8mb4_bin);
CREATE INDEX i ON p (a, a);
CREATE INDEX p.i ON p (a);
CREATE UNIQUE i ON p (a);
CREATE INDEX UNIQUE i ON p (a);
CREATE UNIQUE CLUSTERED INDEX i ON p (a);
CREATE NONCLUSTERED INDEX i ON p (a);
CREATE KEY i ON p (a);
CREATE INDEX i ON p (a) COMMENT 'x';
CREATE INDEX i ON p (a) TABLESPACE x;
CREATE INDEX i ON p (b(5));
CREATE INDEX i ON p (b (5) DESC);
CREATE INDEX i ON p (c);
CREATE INDEX i ON p ('a');
CREATE INDEX 'i' ON p (a);
CREATE INDEX "i" ON p (a);
CREATE INDEX i ON p ("a");
CREATE INDEX i ON 'p' (a);
CREATE INDEX i ON p (a) ALGORITHM=INPLACE LOCK=NONE;
CREATE INDEX i ON p (a) ALGORITHM=INPLACE, LOCK=NONE;
CREATE INDEX i ON p (a), (b);
DROP INDEX ka;
DROP INDEX ka ON p;
DROP INDEX IF EXISTS ka ON p;
DROP INDEX p.ka;
DROP INDEX ka ON p CASCADE;
DROP INDEX ka, kb ON p;
DROP INDEX CONCURRENTLY ka;
DROP INDEX ka FROM p;

-- ALTER TABLE
ALTER TABLE p ALTER COLUMN a TYPE bigint;
ALTER TABLE p ALTER COLUMN a bigint;
ALTER TABLE p ALTER COLUMN a varchar(20) NOT NULL;
ALTER TABLE p ALTER COLUMN a SET DATA TYPE bigint;
ALTER TABLE p ALTER COLUMN a SET NOT NULL;
ALTER TABLE p ALTER COLUMN a DROP NOT NULL;
ALTER TABLE p ALTER COLUMN a SET DEFAULT 5;
ALTER TABLE p ALTER a SET DEFAULT now();
ALTER TABLE p ALTER COLUMN a DROP DEFAULT;
ALTER TABLE p ALTER COLUMN d SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE p ALTER COLUMN a DEFAULT 5;
ALTER TABLE p ADD COLUMN IF NOT EXISTS z int;
ALTER TABLE p DROP COLUMN IF EXISTS a;
ALTER TABLE p ADD z;
ALTER TABLE p ADD COLUMN z int b int;
ALTER TABLE p ADD COLUMN z int, y int;
ALTER TABLE p ADD COLUMN z int, ADD COLUMN y int;
ALTER TABLE p ADD COLUMN (z int, y int);
ALTER TABLE p ADD (z int, y int);
ALTER TABLE p ADD COLUMNS (z int);
ALTER TABLE p ADD COLUMN z int AFTER a;
ALTER TABLE p ADD COLUMN z int BEFORE a;
ALTER TABLE p ADD COLUMN z int AFTER COLUMN a;
ALTER TABLE p ADD COLUMN z int FIRST NOT NULL;
ALTER TABLE p ADD COLUMN z int AFTER a NOT NULL;
ALTER TABLE p ADD COLUMN z int NOT NULL AFTER `a`;
ALTER TABLE p ADD z int FOREIGN KEY REFERENCES p (id);
ALTER TABLE p ADD FOREIGN KEY a REFERENCES p (id);
ALTER TABLE p ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) NOT VALID;
ALTER TABLE p ADD CONSTRAINT f FOREIGN KEY a REFERENCES p (id);
ALTER TABLE p ADD PRIMARY KEY a;
ALTER TABLE p ADD INDEX i;
ALTER TABLE p ADD INDEX i a;
ALTER TABLE p ADD INDEX i ON (a);
ALTER TABLE p ADD INDEX i (a) USING btree;
ALTER TABLE p ADD UNIQUE i (a);
ALTER TABLE p ADD UNIQUE INDEX IF NOT EXISTS i (a);
ALTER TABLE p ADD CONSTRAINT i INDEX (a);
ALTER TABLE p ADD CONSTRAINT CHECK (a > 3);
ALTER TABLE p ADD CHECK a > 3;
ALTER TABLE p DROP a b;
ALTER TABLE p DROP COLUMN a, b;
ALTER TABLE p DROP COLUMN a, COLUMN b;
ALTER TABLE p DROP COLUMN (a, b);
ALTER TABLE p DROP COLUMN a CASCADE;
ALTER TABLE p DROP COLUMN a RESTRICT;
ALTER TABLE p DROP CONSTRAINT ck CASCADE;
ALTER TABLE p DROP CONSTRAINT IF EXISTS ck;
ALTER TABLE p DROP INDEX;
ALTER TABLE p DROP INDEX (a);
ALTER TABLE p DROP FOREIGN KEY;
ALTER TABLE p DROP FOREIGN KEY (a);
ALTER TABLE p DROP PRIMARY KEY (id);
ALTER TABLE p DROP PRIMARY;
ALTER TABLE p DROP UNIQUE ka;
ALTER TABLE p DROP CHECK;
ALTER TABLE p DROP DEFAULT a;
ALTER TABLE p MODIFY a;
ALTER TABLE p MODIFY COLUMN a SET DEFAULT 5;
ALTER TABLE p MODIFY a TYPE bigint;
ALTER TABLE p MODIFY a NOT NULL;
ALTER TABLE p MODIFY (a bigint);
ALTER TABLE p MODIFY COLUMN a bigint, b varchar(30);
ALTER TABLE p MODIFY a int, MODIFY b varchar(30);
ALTER TABLE p CHANGE a bigint;
ALTER TABLE p CHANGE COLUMN a a2;
ALTER TABLE p CHANGE COLUMN a TO a2 int;
ALTER TABLE p CHANGE a a2 int, b b2 int;
ALTER TABLE p RENAME a TO a2;
ALTER TABLE p RENAME COLUMN a a2;
ALTER TABLE p RENAME COLUMN a AS a2;
ALTER TABLE p RENAME COLUMN a TO a2 int;
ALTER TABLE p RENAME TO q;
ALTER TABLE p RENAME q;
ALTER TABLE p RENAME INDEX ka TO kb;
ALTER TABLE p RENAME CONSTRAINT ck TO ck2;
ALTER TABLE p OWNER TO root;
ALTER TABLE p ENABLE ROW LEVEL SECURITY;
ALTER TABLE p DISABLE KEYS;
ALTER TABLE p DISABLE TRIGGER ALL;
ALTER TABLE p SET SCHEMA x;
ALTER TABLE p SET (fillfactor = 70);
ALTER TABLE p SET ENGINE = InnoDB;
ALTER TABLE p ENGINE InnoDB;
ALTER TABLE p COMMENT 'x';
ALTER TABLE p COMMENT = 'x', ADD COLUMN z int;
ALTER TABLE p ADD COMMENT 'x';
ALTER TABLE p CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
ALTER TABLE p CONVERT TO utf8mb4;
ALTER TABLE p CONVERT TO CHARACTER SET utf8mb4;
ALTER TABLE p CONVERT TO CHARSET utf8mb4 COLLATE utf8mb4_bin;
ALTER TABLE p AUTO_INCREMENT = 5;
ALTER TABLE p AUTO_INCREMENT 5;
ALTER TABLE IF EXISTS p ADD COLUMN z int;
ALTER TABLE ONLY p ADD COLUMN z int;
ALTER TABLE p;
ALTER TABLE p ADD COLUMN z int,;
ALTER TABLE p, ADD COLUMN z int;
ALTER TABLE p (ADD COLUMN z int);
ALTER TABLE p ADD COLUMN z int WITH DEFAULT 5;
ALTER TABLE p WITH CHECK ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id);
ALTER TABLE p ADD z int COMMENT "x" AFTER a;
ALTER TABLE p ADD z int COMMENT = 'x';
ALTER TABLE p ADD z int COMMENT x;
ALTER INDEX ka RENAME TO kb;
ALTER VIEW p RENAME TO q;

-- statements
DROP TABLE p CASCADE;
DROP TABLE IF EXISTS p RESTRICT;
DROP TABLE IF NOT EXISTS p;
DROP TABLES p;
DROP COLUMN a FROM p;
DROP p;
DROP TABLE p CASCADE CONSTRAINTS;
CREATE TABLE IF EXISTS t (a int);
CREATE TABLE IF NOT EXIST t (a int);
CREATE IF NOT EXISTS TABLE t (a int);
CREATE TABLE NOT EXISTS t (a int);
CREATE TABLES t (a int);
CREATE TABLE t (a int) IF NOT EXISTS;
CREATE TEMP TABLE t (a int);
CREATE UNLOGGED TABLE t (a int);
CREATE TABLE t AS SELECT a FROM p WITH NO DATA;
CREATE TABLE t AS (SELECT a FROM p);
CREATE TABLE t LIKE p;
CREATE TABLE t (LIKE p);
CREATE TABLE t (LIKE p INCLUDING ALL);
CREATE TABLE t AS TABLE p;
CREATE TABLE t (a int) ENGINE=InnoDB, CHARSET=utf8mb4;
CREATE TABLE t (a int) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE utf8mb4_bin;
CREATE TABLE t (a int) ENGINE InnoDB CHARSET utf8mb4;
CREATE TABLE t (a int) ENGINE=InnoDB AUTO_INCREMENT = 5 ROW_FORMAT=DYNAMIC COMMENT='x';
CREATE TABLE t (a int) ENGINE=InnoDB COMMENT x;
CREATE TABLE t (a int) DEFAULT CHARSET utf8mb4 COLLATE = 'utf8mb4_bin';
CREATE TABLE t (a int) CHARACTER utf8mb4;
CREATE TABLE t (a int) ENCODING utf8mb4;
CREATE TABLE t (a int) WITHOUT ROWID;
CREATE TABLE t (a int) STRICT;
-- not said: which tablespaces there are is not known
CREATE TABLE t (a int) TABLESPACE pg_default;
CREATE TABLE t (a int) WITH (fillfactor = 70);
CREATE TABLE t (a int) INHERITS (p);
CREATE TABLE t (a int) ON COMMIT DROP;
CREATE TABLE t (a int) ON [PRIMARY];
CREATE TABLE t (a int) PARTITION BY RANGE (a);
CREATE TABLE t PARTITION OF p FOR VALUES FROM (1) TO (5);
CREATE TABLE [t] ([a] int);
CREATE TABLE "t" ("a" int);
CREATE TABLE 't' (a int);
CREATE TABLE t ("a" int);
CREATE TABLE t ('a' int);
CREATE TABLE `t` (`a` int, "b" int);
-- not said: which databases there are is not known
CREATE TABLE dbo.t (a int);
CREATE TYPE mood AS ENUM ('a');
CREATE SEQUENCE s;
CREATE EXTENSION x;
CREATE SCHEMA IF NOT EXISTS x;
CREATE SCHEMA x AUTHORIZATION root;
CREATE VIEW IF NOT EXISTS v AS SELECT 1 AS x;
CREATE OR REPLACE VIEW v AS SELECT 1 AS x;
CREATE MATERIALIZED VIEW v AS SELECT 1 AS x;
CREATE OR ALTER VIEW v AS SELECT 1 AS x;
CREATE OR REPLACE TABLE t (a int);
CREATE TABLE OR REPLACE t (a int);
CREATE TRIGGER tr AFTER UPDATE ON p FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER tr BEFORE INSERT ON p SET NEW.a = 1;
CREATE TRIGGER tr BEFORE INSERT OR UPDATE ON p FOR EACH ROW SET NEW.a = 1;
CREATE FUNCTION f() RETURNS trigger AS 'x' LANGUAGE plpgsql;
COMMENT ON TABLE p IS 'x';
TRUNCATE p;
-- not said: no schema is in it
TRUNCATE TABLE p CASCADE;
-- not said: no schema is in it
TRUNCATE TABLE p RESTART IDENTITY;
TRUNCATE TABLE p, q;
-- not said: no schema is in it
INSERT INTO p (id) VALUES (1) RETURNING id;
-- not said: no schema is in it
INSERT INTO p (id) VALUES (1) ON CONFLICT (id) DO NOTHING;
-- not said: no schema is in it
INSERT INTO p (id) VALUES (1) ON CONFLICT DO UPDATE SET a = 1;
-- not said: no schema is in it
INSERT OR IGNORE INTO p (id) VALUES (1);
-- not said: no schema is in it
INSERT OR REPLACE INTO p (id) VALUES (1);
INSERT IGNORE INTO p (id) VALUES (1);
-- not said: no schema is in it
INSERT INTO p DEFAULT VALUES;
-- not said: no schema is in it
INSERT INTO p (id, a) VALUES (1, 2), (3, 4),;
INSERT INTO p VALUE (1, 2, 'x', 'y', NULL);
-- not said: no schema is in it
UPDATE p SET a = 1 FROM q;
-- not said: no schema is in it
UPDATE p SET a = 1 WHERE id = 1 RETURNING id;
-- not said: no schema is in it
DELETE FROM p USING q WHERE p.id = q.id;
-- not said: no schema is in it
DELETE p WHERE id = 1;
RENAME TABLE p q;
RENAME p TO q;
RENAME COLUMN p.a TO b;
-- not said: no schema is in it
LOCK TABLE p IN EXCLUSIVE MODE;
-- not said: no schema is in it
GRANT SELECT ON ALL TABLES IN SCHEMA public TO x;
-- not said: no schema is in it
REINDEX TABLE p;
-- not said: no schema is in it
VACUUM p;
-- not said: no schema is in it
PRAGMA foreign_keys = ON;
-- not said: no schema is in it
SET search_path TO x;
SET NAMES utf8mb4;
-- not said: no schema is in it
BEGIN TRANSACTION;
START TRANSACTION;
-- not said: no schema is in it
DO $$ BEGIN END $$;
CREATE TABLE t (a int) COMMENT 'x' ENGINE=InnoDB;
CREATE TABLE t (a int COMMENT 'x', b int COMMENT "y");
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);
CREATE TABLE t (a int, b int AS a + 1);
CREATE TABLE t (a int, b int GENERATED ALWAYS (a + 1));
CREATE TABLE t (a int, b int AS (a + 1) PERSISTED);
CREATE TABLE t (a int, b int AS (a + 1) VIRTUAL NOT NULL);
CREATE TABLE t (a int, b int NOT NULL GENERATED ALWAYS AS (a + 1));
CREATE TABLE t (a int, b int DEFAULT 5 AS (a + 1));
CREATE TABLE t (a int, b varchar(9) AS (a || 'x'));
CREATE TABLE t (a text, b tsvector GENERATED ALWAYS AS (to_tsvector(a)) STORED);
CREATE TABLE t (a int INDEX);
CREATE TABLE t (a int KEY);
CREATE TABLE t (a int INDEX k);
CREATE TABLE t (a int UNIQUE KEY);
CREATE TABLE t (a int UNIQUE INDEX);
CREATE TABLE t (a int PRIMARY);
CREATE TABLE t (a int NULLABLE);
CREATE TABLE t (a int NOTNULL);
CREATE TABLE t (a int NOT);
CREATE TABLE t (a int NOT NULL NULL);
CREATE TABLE t (a int NULL NOT NULL);
CREATE TABLE t (a int REQUIRED);
CREATE TABLE t (a int COLLATE NOCASE);
CREATE TABLE t (a varchar(9) COLLATE NOCASE);
CREATE TABLE t (a varchar(9) COLLATE "C");
CREATE TABLE t (a varchar(9) COLLATE SQL_Latin1_General_CP1_CI_AS);
CREATE TABLE t (a varchar(9) UNIQUE NOT NULL DEFAULT 'x' COMMENT 'c');
CREATE TABLE t (order int);
CREATE TABLE t (group int, desc text);
CREATE TABLE order (a int);
CREATE TABLE t (a int, index int);
CREATE TABLE t (user int, name int, date int, status int, type int, value int);
CREATE TABLE t (rank int, row int, system int);
CREATE TABLE user (a int);
CREATE TABLE t (a-b int);
CREATE TABLE t (a b int);
CREATE TABLE t (1a int);
CREATE TABLE t (1 int);
-- not said
CREATE TABLE t (@a int);
-- not said
CREATE TABLE t (a.b int);

-- beside: CREATE TABLE r (a int, b int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN (10)); CREATE TABLE l (a int, b int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1, 2), PARTITION p1 VALUES IN (3)); CREATE TABLE h (a int, b int) PARTITION BY HASH (a) PARTITIONS 2; CREATE TABLE m (a int, b int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5), PARTITION px VALUES LESS THAN MAXVALUE); CREATE TABLE n (a int, b int)

-- partitions as they stand
ALTER TABLE r ADD PARTITION (PARTITION p2 VALUES LESS THAN (20));
ALTER TABLE r ADD PARTITION (PARTITION p1 VALUES LESS THAN (20));
ALTER TABLE r ADD PARTITION (PARTITION p2 VALUES LESS THAN (7));
ALTER TABLE r ADD PARTITION (PARTITION p2 VALUES LESS THAN (10));
ALTER TABLE r ADD PARTITION (PARTITION p2 VALUES LESS THAN MAXVALUE);
ALTER TABLE r ADD PARTITION (PARTITION p2 VALUES IN (20));
-- not said
ALTER TABLE r ADD PARTITION PARTITIONS 2;
ALTER TABLE m ADD PARTITION (PARTITION p2 VALUES LESS THAN (20));
ALTER TABLE m REORGANIZE PARTITION px INTO (PARTITION p1 VALUES LESS THAN (20), PARTITION px VALUES LESS THAN MAXVALUE);
ALTER TABLE m REORGANIZE PARTITION nope INTO (PARTITION p1 VALUES LESS THAN (20));
ALTER TABLE m REORGANIZE PARTITION px INTO (PARTITION p0 VALUES LESS THAN (20));
ALTER TABLE l ADD PARTITION (PARTITION p2 VALUES IN (4));
ALTER TABLE l ADD PARTITION (PARTITION p2 VALUES IN (2));
ALTER TABLE l ADD PARTITION (PARTITION p0 VALUES IN (4));
ALTER TABLE r DROP PARTITION p0;
ALTER TABLE r DROP PARTITION nope;
ALTER TABLE r DROP PARTITION p0, p1;
ALTER TABLE r DROP PARTITION P0;
ALTER TABLE h DROP PARTITION p0;
ALTER TABLE h ADD PARTITION PARTITIONS 2;
ALTER TABLE h COALESCE PARTITION 1;
-- not said
ALTER TABLE r COALESCE PARTITION 1;
ALTER TABLE n DROP PARTITION p0;
ALTER TABLE n ADD PARTITION (PARTITION p0 VALUES LESS THAN (5));
ALTER TABLE n REMOVE PARTITIONING;
ALTER TABLE n TRUNCATE PARTITION p0;
ALTER TABLE n REORGANIZE PARTITION p0 INTO (PARTITION p1 VALUES LESS THAN (5));
ALTER TABLE n COALESCE PARTITION 1;
ALTER TABLE n ANALYZE PARTITION p0;
ALTER TABLE r TRUNCATE PARTITION nope;
ALTER TABLE r TRUNCATE PARTITION p0;
ALTER TABLE r TRUNCATE PARTITION ALL;
ALTER TABLE r REBUILD PARTITION nope;
ALTER TABLE r REMOVE PARTITIONING;
ALTER TABLE r RENAME COLUMN a TO c;
ALTER TABLE r RENAME COLUMN b TO c;
ALTER TABLE r CHANGE a c int;
ALTER TABLE r CHANGE a a bigint;
ALTER TABLE r DROP COLUMN a;
ALTER TABLE r DROP COLUMN b;
ALTER TABLE r ADD FOREIGN KEY (b) REFERENCES n (a);
ALTER TABLE r ADD UNIQUE (b);
ALTER TABLE r ADD UNIQUE (a, b);
-- not said
ALTER TABLE r ADD FULLTEXT (b);
ALTER TABLE r PARTITION BY HASH (b);
ALTER TABLE r EXCHANGE PARTITION p0 WITH TABLE n;
ALTER TABLE n EXCHANGE PARTITION p0 WITH TABLE r;
CREATE TABLE t (a int, b int) PARTITION BY HASH (nope);
CREATE TABLE t (a int, b varchar(5)) PARTITION BY HASH (b);
CREATE TABLE t (a int, b varchar(5)) PARTITION BY KEY (b);
CREATE TABLE t (a int, b varchar(5)) PARTITION BY RANGE (b) (PARTITION p0 VALUES LESS THAN ('x'));
CREATE TABLE t (a int, b varchar(5)) PARTITION BY RANGE COLUMNS (b) (PARTITION p0 VALUES LESS THAN ('x'));
CREATE TABLE t (a int, b date) PARTITION BY RANGE (b) (PARTITION p0 VALUES LESS THAN ('2020-01-01'));
CREATE TABLE t (a int, b date) PARTITION BY RANGE COLUMNS (b) (PARTITION p0 VALUES LESS THAN ('2020-01-01'));
CREATE TABLE t (a int, b datetime) PARTITION BY RANGE (TO_DAYS(b)) (PARTITION p0 VALUES LESS THAN (738000));
CREATE TABLE t (a int, b datetime) PARTITION BY RANGE (TO_DAYS(b)) (PARTITION p0 VALUES LESS THAN (TO_DAYS('2020-01-01')), PARTITION p1 VALUES LESS THAN (TO_DAYS('2019-01-01')));
CREATE TABLE t (a int, b timestamp) PARTITION BY RANGE (YEAR(b)) (PARTITION p0 VALUES LESS THAN (2020));
CREATE TABLE t (a int, b timestamp) PARTITION BY RANGE (UNIX_TIMESTAMP(b)) (PARTITION p0 VALUES LESS THAN (2020));
CREATE TABLE t (a int, b timestamp) PARTITION BY RANGE (TO_DAYS(b)) (PARTITION p0 VALUES LESS THAN (2020));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES IN (5));
CREATE TABLE t (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES LESS THAN (5));
CREATE TABLE t (a int) PARTITION BY HASH (a) (PARTITION p0 VALUES IN (5));
CREATE TABLE t (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (5), PARTITION p1 VALUES IN (5));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN (5));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN (3));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (-5), PARTITION p1 VALUES LESS THAN (3));
CREATE TABLE t (a int) PARTITION BY RANGE (a);
-- not said
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0);
CREATE TABLE t (a float) PARTITION BY HASH (a);
CREATE TABLE t (a text) PARTITION BY KEY (a);
CREATE TABLE t (a varchar(9)) PARTITION BY LIST (a) (PARTITION p0 VALUES IN ('x'));
CREATE TABLE t (a varchar(9)) PARTITION BY LIST COLUMNS (a) (PARTITION p0 VALUES IN ('x'));
CREATE TABLE t (a int) PARTITION BY RANGE COLUMNS (a) (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN (3));
CREATE TABLE t (a int, b int AS (a)) PARTITION BY HASH (b);
-- not said
CREATE TEMPORARY TABLE t (a int) PARTITION BY HASH (a);
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES n (a)) PARTITION BY HASH (a);
CREATE TABLE t (a int, FULLTEXT (a)) PARTITION BY HASH (a);
-- not said
CREATE TABLE t (a int, PRIMARY KEY (a)) PARTITION BY HASH (a) PARTITIONS 0;
-- not said
CREATE TABLE t (a int, PRIMARY KEY (a)) PARTITION BY HASH (a) PARTITIONS 8193;
-- not said
CREATE TABLE t (a int) PARTITION BY RANGE (a) PARTITIONS 3 (PARTITION p0 VALUES LESS THAN (5));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN ('x'));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5)) ENGINE=InnoDB;
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (NULL));
CREATE TABLE t (a bit(4)) PARTITION BY HASH (a);
CREATE TABLE t (a boolean) PARTITION BY HASH (a);
CREATE TABLE t (a year) PARTITION BY HASH (a);
CREATE TABLE t (a decimal(5,0)) PARTITION BY HASH (a);
CREATE TABLE t (a enum('x')) PARTITION BY HASH (a);
CREATE TABLE t (a enum('x')) PARTITION BY KEY (a);
CREATE TABLE t (a json) PARTITION BY KEY (a);
CREATE TABLE t (a int, A2 int) PARTITION BY HASH (A);
CREATE TABLE t (a date) PARTITION BY HASH (a);
CREATE TABLE t (a timestamp) PARTITION BY KEY (a);
-- not said
CREATE TABLE t (a char(3)) PARTITION BY HASH (ascii(a));
CREATE TABLE t (a serial) PARTITION BY HASH (a);
CREATE TABLE t (a int PRIMARY KEY) PARTITION BY KEY () PARTITIONS 2;
CREATE TABLE t (`my col` int) PARTITION BY HASH (`my col`);

-- beside: CREATE TABLE p (id int PRIMARY KEY)

-- defaults and types of one column
CREATE TABLE t (a decimal(5,2) DEFAULT 999.99);
CREATE TABLE t (a decimal(5,2) DEFAULT 1000);
CREATE TABLE t (a decimal(5,2) DEFAULT '1000.5');
CREATE TABLE t (a decimal(5,2) DEFAULT -1000);
CREATE TABLE t (a decimal(5,5) DEFAULT 1);
CREATE TABLE t (a decimal(5,2) DEFAULT 0001.5);
CREATE TABLE t (a decimal(5,2) unsigned DEFAULT -1);
CREATE TABLE t (a bit(1) DEFAULT 1);
CREATE TABLE t (a bit(1) DEFAULT '1');
CREATE TABLE t (a bit(8) DEFAULT '1');
CREATE TABLE t (a bit(8) DEFAULT 256);
CREATE TABLE t (a bit(8) DEFAULT 255);
CREATE TABLE t (a bit DEFAULT TRUE);
CREATE TABLE t (a bit DEFAULT 'true');
CREATE TABLE t (a set('a','b') DEFAULT 0);
CREATE TABLE t (a set('a','b') DEFAULT 3);
CREATE TABLE t (a varchar(3) DEFAULT 123);
CREATE TABLE t (a varchar(3) DEFAULT 1234);
CREATE TABLE t (a varchar(3) DEFAULT -123);
CREATE TABLE t (a varchar(3) DEFAULT 1.5);
CREATE TABLE t (a char(2) DEFAULT 123);
CREATE TABLE t (a datetime DEFAULT '2020-13-01 00:00:00');
CREATE TABLE t (a datetime DEFAULT '2020-12-32 00:00:00');
CREATE TABLE t (a datetime DEFAULT '2020-12-31 25:00:00');
CREATE TABLE t (a datetime DEFAULT '2020-12-31 23:60:00');
CREATE TABLE t (a date DEFAULT '2020-13-01');
-- not said: sql_mode decides
CREATE TABLE t (a date DEFAULT '2020-02-30');
CREATE TABLE t (a date DEFAULT '31-12-2020');
CREATE TABLE t (a date DEFAULT '12/31/2020');
CREATE TABLE t (a date DEFAULT '2020-12-31');
CREATE TABLE t (a time DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a time DEFAULT NOW());
CREATE TABLE t (a float DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a bit DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a binary(9) DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a boolean DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a json DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a text DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a enum('x') DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE t (a geometry DEFAULT 'x');
CREATE TABLE t (a point DEFAULT 0);
CREATE TABLE t (a point DEFAULT NULL);
CREATE TABLE t (id serial DEFAULT 5);
CREATE TABLE t (id serial DEFAULT NULL);
CREATE TABLE t (id int NOT NULL AUTO_INCREMENT PRIMARY KEY DEFAULT 0);
CREATE TABLE t (id int SERIAL DEFAULT VALUE);
CREATE TABLE t (a float AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a double AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a decimal(9,0) AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE t (a set('x,y'));
CREATE TABLE t (a float(5,6));
CREATE TABLE t (a double(5,6));
CREATE TABLE t (a float(6,5));
CREATE TABLE t (a decimal(60,31));
CREATE TABLE t (a time DEFAULT '25:00:00');
-- not said: sql_mode decides
CREATE TABLE t (a time DEFAULT 'x');
CREATE TABLE t (a time DEFAULT '12:60:00');
CREATE TABLE t (a year DEFAULT 'x');
CREATE TABLE t (a year DEFAULT 20000);
CREATE TABLE t (a year DEFAULT 2020);
CREATE TABLE t (a int DEFAULT '5.5');
CREATE TABLE t (a int DEFAULT 5.5);
CREATE TABLE t (a int unsigned DEFAULT -1);
CREATE TABLE t (a tinyint DEFAULT 128);
CREATE TABLE t (a int DEFAULT 'NULL');
CREATE TABLE t (a datetime DEFAULT 'CURRENT_TIMESTAMP');
CREATE TABLE t (a datetime DEFAULT 'now()');
CREATE TABLE t (a datetime DEFAULT '');
CREATE TABLE t (a enum('a','b') DEFAULT '');
CREATE TABLE t (a enum('a','b') NOT NULL DEFAULT 'c');
CREATE TABLE t (a varchar(9) DEFAULT TRUE);
CREATE TABLE t (a datetime DEFAULT TRUE);
CREATE TABLE t (a date DEFAULT 1);

-- beside: CREATE TABLE p (id int PRIMARY KEY)

-- defaults and types of one column

-- beside: CREATE TABLE p (id int PRIMARY KEY)

-- keys and names of a table
CREATE TABLE t (a json, b int, KEY k (b, a));
CREATE TABLE t (a json, UNIQUE KEY k (a));
CREATE TABLE t (a json, b json, PRIMARY KEY (a));
CREATE TABLE t (a json, b int, KEY k (b));
CREATE TABLE t (`a b` int);
CREATE TABLE t (` a` int);
CREATE TABLE `t t` (a int);
CREATE TABLE ` t` (a int);
CREATE TABLE t12345678901234567890123456789012345678901234567890123456789012 (a int);
CREATE TABLE t123456789012345678901234567890123456789012345678901234567890123 (a int);
CREATE TABLE t1234567890123456789012345678901234567890123456789012345678901234 (a int);
CREATE TABLE t (a point NOT NULL, SPATIAL INDEX i (a));
CREATE TABLE t (a int NOT NULL, SPATIAL INDEX i (a));
CREATE TABLE t (a varchar(5) NOT NULL, SPATIAL INDEX i (a));
CREATE TABLE t (a int, FULLTEXT KEY f (a));
CREATE TEMPORARY TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id));
CREATE TEMPORARY TABLE t (a int, KEY (a));
CREATE TABLE t (a int, b int AS (a), FOREIGN KEY (b) REFERENCES p (id));
CREATE TABLE t (a int, b int AS (a) STORED, FOREIGN KEY (b) REFERENCES p (id));
CREATE TABLE t (a int, b int AS (a) STORED, FOREIGN KEY (b) REFERENCES p (id) ON DELETE SET NULL);
CREATE TABLE t (a int, b int AS (a) STORED, FOREIGN KEY (b) REFERENCES p (id) ON UPDATE SET NULL);
CREATE TABLE t (a int, b int AS (a) STORED, FOREIGN KEY (b) REFERENCES p (id) ON DELETE CASCADE);

-- names that are none, and what stands in the wrong place

-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, b varchar(20), c text)
CREATE TABLE t () SELECT 1 AS a;
CREATE TABLE t () ENGINE=InnoDB;
CREATE TABLE t () LIKE p;
-- not said
CREATE TABLE t (a) SELECT 1 AS a;
-- not said
CREATE TABLE t (a) AS SELECT 1 AS a;
CREATE TABLE t (`a`);
-- not said
CREATE TABLE t (t.a int);
-- not said
CREATE TABLE t (sv.t.a int);
-- not said
CREATE TABLE t (x.a int);
CREATE TABLE 1t (a int);
CREATE TABLE 1 (a int);
CREATE TABLE 1e5 (a int);
CREATE TABLE t (1a int);
CREATE TABLE t (1st int, 2nd int);
CREATE TABLE t (a int) (SELECT 1 AS a);
CREATE TABLE t (a int) (b int);
CREATE TABLE t (a int) ((SELECT 1 AS a));
CREATE TABLE t (a int) (WITH x AS (SELECT 1 AS a) SELECT * FROM x);
CREATE TABLE t (a int) (VALUES ROW(1));
CREATE TABLE t (a int) (TABLE p);
ALTER TABLE p ADD;
ALTER TABLE p DROP;
ALTER TABLE p MODIFY;
ALTER TABLE p CHANGE;
ALTER TABLE p ADD COLUMN;
ALTER TABLE p RENAME;
ALTER TABLE p ADD COLUMN d int,;
ALTER TABLE p;
RENAME TABLES p TO q;
ALTER TABLE p PARTITION BY HASH (id) PARTITIONS 2, ADD d int;
ALTER TABLE p ADD d int, PARTITION BY HASH (id) PARTITIONS 2;
ALTER TABLE p ADD d int PARTITION BY HASH (id) PARTITIONS 2;
ALTER TABLE p ENGINE=InnoDB PARTITION BY HASH (id);
ALTER TABLE p PARTITION BY HASH (id) ENGINE=InnoDB;
ALTER TABLE p PARTITION BY HASH (id) COMMENT 'x';
CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 4 ENGINE=InnoDB;
CREATE TABLE t (a int) PARTITION BY HASH (a) ENGINE=InnoDB;
CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 4 COMMENT='x';
CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 4 DEFAULT CHARSET=utf8;
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5)) COLLATE=utf8_bin;
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5)) AUTO_INCREMENT=5;
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5)) AS SELECT 1 AS a;
CREATE TABLE t (a int) PARTITION BY KEY (a) ENGINE=InnoDB SELECT 1 AS a;
CREATE TABLE t (a int, PARTITION BY HASH (a));
-- not said
CREATE TABLE t (partition int);
-- not said
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0, PARTITION p1);
CREATE TABLE t (a int) PARTITION BY HASH (a) (PARTITION p0, PARTITION p1);
CREATE TABLE t (a int) PARTITION BY HASH (a) (PARTITION p0 VALUES LESS THAN (5));
CREATE TABLE t (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES LESS THAN (5));
CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES IN (5));
-- not said
CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 3 (PARTITION p0, PARTITION p1);
-- not said
CREATE TABLE t (a int) PARTITION BY LIST (a) PARTITIONS 2 (PARTITION p0 VALUES IN (1));
CREATE INDEX i ON p ('a');
CREATE INDEX i ON p ("a");
CREATE TABLE t (a int, KEY ('a'));
CREATE TABLE t (a int, KEY 'i' (a));
CREATE TABLE t (a int, KEY "i" (a));
CREATE INDEX 'i' ON p (a);
CREATE INDEX "i" ON p (a);
CREATE TABLE t (a int, PRIMARY KEY ('a'));
CREATE TABLE t (a int, UNIQUE ('a'));
CREATE TABLE t (a int, UNIQUE KEY i ("a"));
CREATE TABLE t (a int, KEY order (a));
CREATE TABLE t (a int, UNIQUE KEY group (a));
CREATE INDEX key ON p (a);
CREATE INDEX order ON p (a);
ALTER TABLE p ADD INDEX rank (a);
ALTER TABLE p ADD INDEX index (a);
ALTER TABLE p ADD KEY desc (a);
ALTER TABLE p ADD CONSTRAINT key UNIQUE (a);
ALTER TABLE p ADD CONSTRAINT order UNIQUE (a);
CREATE TABLE t (a int, CONSTRAINT order UNIQUE (a));
CREATE TABLE t (a int, CONSTRAINT check CHECK (a > 0));
DROP p;
DROP TABLES p;
-- not said
DROP my-table;
DROP TABLE my-table;
-- not said
DROP TABLE 1;
ALTER TABLE my-table ADD d int;
CREATE DATABASE my-app;
-- not said
CREATE DATABASE 1;
DROP DATABASE my-app;
CREATE TABLE my-app.t (a int);
CREATE TABLE t$x (a int);
CREATE TABLE t (a int, my-col int);
CREATE TABLE t (a int, my col int);
-- not said
CREATE TABLE t (a int, my.col int);
-- not said
CREATE TABLE my table (a int);
-- not said
CREATE TABLE t (@a int);
-- not said
CREATE TABLE t (a int, :b int);
-- not said
CREATE TABLE t (a int, ?b int);
CREATE TABLE t (a int) TYPE=InnoDB;
INSERT INTO p (key) VALUES (1);
CREATE TABLE t (a int) DEFAULT CHARSET=utf8mb4 ENGINE=InnoDB PARTITION BY KEY (a) PARTITIONS 4;
CREATE TABLE t (id int, d date) ENGINE=InnoDB PARTITION BY RANGE (year(d)) (PARTITION p0 VALUES LESS THAN (2000) ENGINE = InnoDB COMMENT = 'x', PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE t (a int, INDEX (a), UNIQUE (a), KEY using (a));
CREATE TABLE t (a int, INDEX using btree (a));
CREATE TABLE t (a int, UNIQUE KEY USING HASH (a));
CREATE TABLE t (a int, UNIQUE key (a), unique index (a), fulltext key (a));
CREATE TABLE t (c char(5), FULLTEXT key (c), FULLTEXT index x (c), FULLTEXT y (c));
CREATE TABLE t (c char(5), `key` int, KEY (`key`), KEY (c(3)), KEY (c desc), KEY ((left(c, 2))));
CREATE TABLE t (a int, constraint primary key (a), constraint unique key x (a), constraint check (a > 0));
CREATE TABLE t (a int, constraint primary primary key (a));
CREATE TABLE t (a int, KEY (key));
CREATE TABLE t (`order` int, KEY k (order));
CREATE TABLE t (`order` int, PRIMARY KEY (order));
CREATE TABLE t (`rank` int, KEY k (rank));
CREATE INDEX i ON p (key);
CREATE INDEX i ON p (left(b, 2));
CREATE TABLE t (a int, FOREIGN KEY key (a) REFERENCES p (id));
CREATE TABLE t (a int, FOREIGN KEY (key) REFERENCES p (id));
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (key));
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES order (id));
-- not said
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES 'p' (id));
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p ('id'));
ALTER TABLE p ADD UNIQUE KEY key (a);
ALTER TABLE p ADD UNIQUE key (a);
ALTER TABLE p ADD INDEX 'i' (a);
ALTER TABLE p DROP INDEX key;
ALTER TABLE p DROP COLUMN 'a';
ALTER TABLE p MODIFY 'a' int;
ALTER TABLE p MODIFY key int;
ALTER TABLE p CHANGE a key int;
ALTER TABLE p CHANGE a 'd' int;
ALTER TABLE p ADD COLUMN d int AFTER key;
ALTER TABLE p ADD COLUMN d int AFTER 'a';
ALTER TABLE p RENAME COLUMN a TO key;
ALTER TABLE p RENAME TO order;
ALTER TABLE p RENAME TO 'q';
RENAME TABLE p TO order;
RENAME TABLE p TO 'q';
DROP TABLE 'p';
DROP TABLE IF EXISTS 'p';
DROP TABLE "p";
CREATE TABLE 'q' (a int);
CREATE TABLE IF NOT EXISTS my-q (a int);
CREATE DATABASE IF NOT EXISTS my-app;
DROP SCHEMA IF EXISTS my-app;
CREATE VIEW order AS SELECT 1;
CREATE VIEW 'v' AS SELECT 1;
CREATE TRIGGER key BEFORE INSERT ON p FOR EACH ROW SET NEW.a = 1;
CREATE TABLE t (a int AUTO_INCREMENT=1 PRIMARY KEY);
-- not said
DROP INDEX 'i' ON p;
DROP INDEX key ON p;
ALTER TABLE 'p' ADD d int;
ALTER TABLE p ADD 'd' int;
ALTER TABLE p ADD COLUMN (d int, e int);
ALTER TABLE p ADD (d int, e int);

-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, b varchar(20), c text) PARTITION BY HASH (id) PARTITIONS 2
ALTER TABLE p REMOVE PARTITIONING, ADD d int;
ALTER TABLE p ADD d int, REMOVE PARTITIONING;
ALTER TABLE p ADD d int REMOVE PARTITIONING;
ALTER TABLE p ADD PARTITION PARTITIONS 1, ADD d int;
ALTER TABLE p ADD d int, ADD PARTITION PARTITIONS 1;
ALTER TABLE p ALGORITHM=INPLACE, ADD PARTITION PARTITIONS 1;
ALTER TABLE p ALGORITHM=COPY, LOCK=SHARED, PARTITION BY HASH (id);
ALTER TABLE p PARTITION BY HASH (id), ALGORITHM=COPY;
-- not said
ALTER TABLE p COALESCE PARTITION 1, ALGORITHM=INPLACE;
ALTER TABLE p DROP PARTITION p0, DROP PARTITION p1;
ALTER TABLE p TRUNCATE PARTITION p0, p1;
ALTER TABLE p ENGINE=InnoDB, PARTITION BY HASH (id);
ALTER TABLE p ENGINE=InnoDB PARTITION BY HASH (id);
ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (id, a), PARTITION BY HASH (id);

-- names that begin with digits

-- beside: CREATE TABLE p (id int PRIMARY KEY, 2fa int, b varchar(20), 3d int)
CREATE TABLE t (2fa int, KEY (2fa));
CREATE TABLE t (2fa int, KEY 2fa (2fa));
CREATE TABLE t (2fa int, KEY 2fa_idx (2fa desc));
CREATE TABLE t (2fa int, PRIMARY KEY (2fa));
CREATE TABLE t (2fa varchar(9), KEY (2fa(3)));
CREATE TABLE t (2fa int, UNIQUE KEY 2x (2fa), CONSTRAINT 3c CHECK (2fa > 0));
CREATE TABLE t (2fa int, CONSTRAINT 2fk FOREIGN KEY (2fa) REFERENCES p (id));
CREATE INDEX 2i ON p (2fa);
CREATE INDEX i ON p (2fa, b);
CREATE UNIQUE INDEX i ON p (b, 2fa);
ALTER TABLE p ADD COLUMN 4d int;
ALTER TABLE p ADD 4d int;
ALTER TABLE p DROP COLUMN 2fa;
ALTER TABLE p DROP 2fa;
ALTER TABLE p MODIFY 2fa bigint;
ALTER TABLE p MODIFY COLUMN 2fa bigint NOT NULL;
ALTER TABLE p CHANGE 2fa 5fa int;
ALTER TABLE p CHANGE COLUMN 2fa fa int;
ALTER TABLE p ADD COLUMN d int AFTER 2fa;
ALTER TABLE p ADD INDEX 2i (2fa);
ALTER TABLE p ADD INDEX (2fa, 3d);
ALTER TABLE p RENAME COLUMN 2fa TO 6fa;
ALTER TABLE p RENAME TO 2p;
ALTER TABLE p ALTER 2fa SET DEFAULT 5;
ALTER TABLE p ALTER COLUMN 2fa DROP DEFAULT;
RENAME TABLE p TO 2p;
CREATE TABLE 2t LIKE p;
CREATE TABLE 2t AS SELECT 1 AS 2a;
CREATE TABLE 2t (a int);
CREATE TABLE IF NOT EXISTS 2t (2a int NOT NULL DEFAULT 1, 2b varchar(10) DEFAULT NULL);
CREATE TABLE t (a int AS (2fa + 1), 2fa int);
CREATE VIEW 2v AS SELECT 2fa FROM p;
DROP VIEW IF EXISTS 2v;
DROP TABLE IF EXISTS 2t;
CREATE TABLE t (1_a int, 1e_b int, 0x_c int, 1ea int);

-- values, widths and rows

-- beside: CREATE TABLE p (id int PRIMARY KEY, a int, b varchar(20), c text, d date)
-- not said
CREATE TABLE t (a date DEFAULT '2020-02-30');
-- not said
CREATE TABLE t (a datetime DEFAULT '2020-02-30 00:00:00');
-- not said
CREATE TABLE t (a timestamp DEFAULT '2020-02-30 00:00:00');
CREATE TABLE t (a date DEFAULT '31-12-2020');
CREATE TABLE t (a date DEFAULT '12-31-2020');
CREATE TABLE t (a date DEFAULT '31.12.2020');
CREATE TABLE t (a date DEFAULT '01-01-2020');
CREATE TABLE t (a date DEFAULT '12/31/2020');
CREATE TABLE t (a date DEFAULT '01/01/2020');
CREATE TABLE t (a datetime DEFAULT '01/01/2020 00:00:00');
CREATE TABLE t (a datetime DEFAULT '31-12-2020 00:00:00');
-- not said
CREATE TABLE t (a time DEFAULT 'x');
CREATE TABLE t (a time DEFAULT '12:60:00');
CREATE TABLE t (a time DEFAULT '12:00:61');
CREATE TABLE t (a time DEFAULT '25:00:00');
CREATE TABLE t (a time DEFAULT '900:00:00');
CREATE TABLE t (a time DEFAULT '');
CREATE TABLE t (a time DEFAULT 0);
CREATE TABLE t (a time DEFAULT 126000);
CREATE TABLE t (a date DEFAULT 1);
-- not said
CREATE TABLE t (a date DEFAULT 0);
CREATE TABLE t (a date DEFAULT 20200101);
CREATE TABLE t (a datetime DEFAULT 1);
-- not said
CREATE TABLE t (a varchar(3) DEFAULT 'ab\'c');
CREATE TABLE t (a varchar(3) DEFAULT 'a\n');
CREATE TABLE t (a varchar(65535)) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65532)) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65533)) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65533) NOT NULL) CHARACTER SET latin1;
CREATE TABLE t (a varbinary(65535));
CREATE TABLE t (a varbinary(65532));
CREATE TABLE t (a varbinary(65533));
CREATE TABLE t (a varchar(10000), b varchar(10000)) CHARACTER SET utf8mb4;
CREATE TABLE t (a varchar(10000), b varchar(6000)) CHARACTER SET utf8mb4;
CREATE TABLE t (a varchar(16383)) CHARACTER SET utf8mb4;
-- not said
CREATE TABLE t (a varchar(16384)) CHARACTER SET utf8mb4;
CREATE TABLE t (a varchar(10000), b varchar(10000), c varchar(10000)) CHARACTER SET utf8;
CREATE TABLE t (a varchar(10000), b varchar(10000)) CHARACTER SET utf8mb4 ENGINE=MyISAM;
-- not said
CREATE TABLE t (a char(255), b char(255), c char(255), d char(255), e char(255), f char(255), g char(255), h char(255), i char(255), j char(255), k char(255), l char(255), m char(255), n char(255), o char(255), p char(255), q char(255), r char(255), s char(255), t char(255), u char(255), v char(255), w char(255), x char(255), y char(255), z char(255), aa char(255), ab char(255), ac char(255), ad char(255), ae char(255), af char(255), ag char(255)) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65530), b text) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65522), b text) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65523), b text) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65520), b int) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65528), b int) CHARACTER SET latin1;
CREATE TABLE t (a varchar(65529), b int) CHARACTER SET latin1;
CREATE TABLE t (a int(256));
CREATE TABLE t (a int(255));
CREATE TABLE t (a float(54));
CREATE TABLE t (a float(53));
CREATE TABLE t (a double(54));
CREATE TABLE t (a tinyint(1000));
CREATE TABLE t (a year(2));
CREATE TABLE t (a year(4));
CREATE TABLE t (a year(3));
CREATE TABLE t (a year(1));
CREATE TABLE t (a float(256,2));
CREATE TABLE t (a double(256,2));
CREATE TABLE t (a double(60,31));
CREATE TABLE t (a json DEFAULT '');
CREATE TABLE t (a json DEFAULT '{}');
CREATE TABLE t (a json DEFAULT ('{}'));
CREATE TABLE t (a json DEFAULT NULL);
-- not said
ALTER TABLE p ALTER COLUMN c SET DEFAULT 'x';
-- not said
ALTER TABLE p ALTER COLUMN c SET DEFAULT '';
-- not said
ALTER TABLE p ALTER COLUMN c SET DEFAULT NULL;
-- not said
ALTER TABLE p ALTER COLUMN c SET DEFAULT ('x');
ALTER TABLE p ALTER COLUMN c SET DEFAULT (concat('x'));
-- not said
ALTER TABLE p ALTER COLUMN a SET DEFAULT 'x';
-- not said
ALTER TABLE p ALTER COLUMN a SET DEFAULT 99999999999;
-- not said
ALTER TABLE p ALTER COLUMN d SET DEFAULT 'x';
-- not said
ALTER TABLE p ALTER COLUMN b SET DEFAULT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
-- not said
ALTER TABLE p ALTER COLUMN id SET DEFAULT NULL;
ALTER TABLE p ALTER COLUMN a SET DEFAULT NULL;
CREATE TABLE t (a int AUTO_INCREMENT DEFAULT NULL PRIMARY KEY);
CREATE TABLE t (a int NOT NULL AUTO_INCREMENT DEFAULT NULL PRIMARY KEY);
CREATE TABLE t (a int DEFAULT NULL, PRIMARY KEY (a));
CREATE TABLE t (a int DEFAULT NULL AUTO_INCREMENT, PRIMARY KEY (a));
-- not said
CREATE TABLE t (a int PRIMARY KEY INVISIBLE);
-- not said
CREATE TABLE t (a int INVISIBLE);
CREATE TABLE t (a int, PRIMARY KEY (a) INVISIBLE);
-- not said
CREATE TABLE t (a varchar(5)) DEFAULT CHARSET=utf8mb4 DEFAULT CHARSET=latin1;
CREATE TABLE t (a varchar(5)) DEFAULT CHARSET=utf8mb4 DEFAULT CHARSET=utf8mb4;
CREATE TABLE t (a varchar(5)) CHARSET latin1 COLLATE utf8mb4_bin;
-- not said
CREATE TABLE t (a varchar(5)) COLLATE latin1_bin COLLATE utf8mb4_bin;
CREATE TABLE t (a int) ENGINE=InnoDB ENGINE=MyISAM;
-- not said
CREATE TABLE t (a int CHECK (a > @x));
-- not said
CREATE TABLE t (a int CHECK (a > @@version));
-- not said
CREATE TABLE t (a int, b int DEFAULT (@x));
-- not said
CREATE TABLE t (a int, b int AS (a + @x));
-- not said
CREATE TABLE t (a enum('a','b'), KEY (a(1)));
-- not said
CREATE TABLE t (a enum('a','b'), UNIQUE (a(1)));
CREATE TABLE t (a date, KEY (a(3)));
CREATE TABLE t (a decimal(5,2), KEY (a(3)));
-- not said
CREATE TABLE t (a datetime, KEY (a(4)));
CREATE TABLE t (a json, KEY (a(10)));
-- not said
CREATE TABLE t (a point PRIMARY KEY);
-- not said
CREATE TABLE t (a point NOT NULL, UNIQUE (a));
CREATE TABLE t (a point NOT NULL, KEY (a));
-- not said
CREATE TABLE t (a point NOT NULL, PRIMARY KEY (a));
-- not said
CREATE TABLE t (a geometry NOT NULL, UNIQUE (a));
CREATE TABLE t (a int CHECK (b > 0), b int);
CREATE TABLE t (b int, a int CHECK (b > 0));
CREATE TABLE t (a int CHECK (nothing > 0));
-- not said
CREATE TABLE t (a int, CONSTRAINT t_chk_1 CHECK (a > 0), CHECK (a < 9));
-- not said
CREATE TABLE t (a int, CHECK (a < 9), CONSTRAINT t_chk_1 CHECK (a > 0));
CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0), CONSTRAINT c CHECK (a < 9));
CREATE TABLE t (a date DEFAULT '1-1-2020');
CREATE TABLE t (a date DEFAULT '1/1/2020');
CREATE TABLE t (a date DEFAULT '10-11-2012');
CREATE TABLE t (a date DEFAULT '10/11/2012');
CREATE TABLE t (a datetime DEFAULT '10/11/2012 10:00');
CREATE TABLE t (a date DEFAULT 99);
CREATE TABLE t (a date DEFAULT 100);
CREATE TABLE t (a datetime DEFAULT 99);
CREATE TABLE t (a timestamp DEFAULT 1);
CREATE TABLE t (a time DEFAULT '12:30');
CREATE TABLE t (a time DEFAULT '1 12:30:00');
CREATE TABLE t (a time DEFAULT '12:30:00.5');
CREATE TABLE t (a time DEFAULT '12:30:60');
CREATE TABLE t (a time DEFAULT '839:00:00');
CREATE TABLE t (a time DEFAULT '-12:30:00');
CREATE TABLE t (price int CHECK (price > cost), cost int);
CREATE TABLE t (a varchar(255) DEFAULT NULL, b int, PRIMARY KEY (a, b));
CREATE TABLE t (a varchar(1000), b varchar(1000), c varchar(1000), d varchar(1000), e varchar(1000), f varchar(1000), g varchar(1000), h varchar(1000), i varchar(1000), j varchar(1000), k varchar(1000), l varchar(1000), m varchar(1000), n varchar(1000), o varchar(1000), p varchar(1000), q varchar(1000)) DEFAULT CHARSET=utf8mb4;
CREATE TABLE t (a varchar(1000), b varchar(1000), c varchar(1000), d varchar(1000), e varchar(1000), f varchar(1000), g varchar(1000), h varchar(1000), i varchar(1000), j varchar(1000), k varchar(1000), l varchar(1000), m varchar(1000), n varchar(1000), o varchar(1000), p varchar(1000)) DEFAULT CHARSET=utf8mb4;
CREATE TABLE t (a varchar(20000), b text) DEFAULT CHARSET=utf8;
CREATE TABLE t (a varchar(21000), b varchar(900)) DEFAULT CHARSET=utf8;
CREATE TABLE t (a varchar(16383) CHARACTER SET utf8mb4, b int) CHARSET latin1;
