-- a table that is made anew under its name, while others go on pointing at that name
PRAGMA legacy_alter_table = ON;
CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents (id));
CREATE VIEW names AS SELECT name FROM parents;
ALTER TABLE parents RENAME TO parents_tmp;
CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT, born TEXT);
DROP TABLE parents_tmp;
PRAGMA legacy_alter_table(OFF);
CREATE TABLE pupils (id INTEGER PRIMARY KEY, school INTEGER REFERENCES schools (id));
CREATE TABLE schools (id INTEGER PRIMARY KEY);
ALTER TABLE schools RENAME TO colleges;
