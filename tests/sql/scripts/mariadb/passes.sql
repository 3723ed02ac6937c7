CREATE TABLE t (i int PRIMARY KEY);
ALTER TABLE t ADD a int CHECK (b > 0), ADD b int;
ALTER TABLE t ADD CHECK (d > 0), ADD d int;
