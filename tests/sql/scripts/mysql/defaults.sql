CREATE TABLE moments (a timestamp, b timestamp NOT NULL, c timestamp NULL, d timestamp DEFAULT CURRENT_TIMESTAMP, e timestamp NOT NULL DEFAULT now() ON UPDATE now(),
f datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), g datetime DEFAULT LOCALTIME, h datetime NULL ON UPDATE CURRENT_TIMESTAMP,
i datetime NOT NULL DEFAULT LOCALTIMESTAMP(), j date DEFAULT (CURRENT_DATE), k time DEFAULT (CURRENT_TIME), l datetime DEFAULT (CURRENT_TIMESTAMP + INTERVAL 1 DAY), m timestamp NULL DEFAULT NULL);
CREATE TABLE given (a int DEFAULT 5, b int DEFAULT '5', c int DEFAULT -5, d int NOT NULL DEFAULT 0, e varchar(9) DEFAULT '', f varchar(9) DEFAULT 'it''s', g varchar(9) DEFAULT "x",
h decimal(5,2) DEFAULT 1.5, i bool DEFAULT true, j bit DEFAULT b'1', k binary(2) DEFAULT 0x4142, l enum('x','y') DEFAULT 'x', m set('x','y') DEFAULT 'x,y',
n text DEFAULT ('x'), o json DEFAULT (json_array()), p json DEFAULT ('{}'), q varchar(36) DEFAULT (uuid()), r binary(16) DEFAULT (uuid_to_bin(uuid())), s int DEFAULT (1 + 1),
t blob DEFAULT (0x00), u varchar(9) DEFAULT NULL, v text DEFAULT NULL, x double DEFAULT 1e3, y year DEFAULT 2020, z char(3) DEFAULT 'ab');
ALTER TABLE given ALTER a DROP DEFAULT, ALTER COLUMN b SET DEFAULT 7, ALTER COLUMN n DROP DEFAULT, ALTER f SET DEFAULT (upper('x')), ALTER COLUMN u SET DEFAULT NULL;
ALTER TABLE given MODIFY c int, MODIFY d int NULL, CHANGE e ee varchar(9) NOT NULL, ADD COLUMN za int NOT NULL DEFAULT (a + 1);
CREATE TABLE hidden (id int AUTO_INCREMENT PRIMARY KEY INVISIBLE, a int INVISIBLE DEFAULT 3, b int);
ALTER TABLE hidden ALTER COLUMN b SET INVISIBLE, ALTER COLUMN a SET VISIBLE;
