CREATE SCHEMA app; SET search_path TO app, public;
CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE public.b (id int PRIMARY KEY, a int REFERENCES a);
CREATE INDEX ix ON a (id); ALTER TABLE a ADD COLUMN x int;
