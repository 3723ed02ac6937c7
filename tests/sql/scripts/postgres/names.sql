CREATE TABLE tttttttttttttttttttttttttttttttttttttttt (cccccccccccccccccccccccccccccccccccccccc int UNIQUE, b int REFERENCES tttttttttttttttttttttttttttttttttttttttt (cccccccccccccccccccccccccccccccccccccccc), CHECK (b > 1));
CREATE INDEX ON tttttttttttttttttttttttttttttttttttttttt (cccccccccccccccccccccccccccccccccccccccc, b);
CREATE TABLE "ÜberGröße" ("naïve" int UNIQUE, éééééééééééééééééééééééééééééééééééééééé int);
CREATE TABLE upper (Id int PRIMARY KEY, "Id2" int UNIQUE);
