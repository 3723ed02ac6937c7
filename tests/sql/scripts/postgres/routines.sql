-- What functions and procedures do where they are called.
CREATE TABLE t (a int);
CREATE SCHEMA app;
CREATE FUNCTION widen() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  ALTER TABLE t ADD COLUMN b int NOT NULL DEFAULT 0;
  CREATE INDEX t_b ON t (b);
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c') THEN
    ALTER TABLE t ADD COLUMN c text;
  END IF;
END $$;
CREATE FUNCTION unused() RETURNS void LANGUAGE sql AS 'DROP TABLE t';
CREATE OR REPLACE FUNCTION app.lookup() RETURNS int AS $$
  CREATE TABLE app.lookups (id serial PRIMARY KEY, word text UNIQUE);
  SELECT 1;
$$ LANGUAGE sql;
CREATE PROCEDURE together(IN n int) LANGUAGE plpgsql AS $$
<<outermost>>
DECLARE found int;
BEGIN
  PERFORM widen();
  found := app.lookup();
  <<rows>>
  FOR i IN 1..n LOOP
    found := i;
  END LOOP;
  CREATE TABLE last (id int PRIMARY KEY);
  EXECUTE 'ALTER TABLE last ADD COLUMN word varchar(20)';
END $$;
CALL together(2);
CREATE FUNCTION again() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE last DROP COLUMN word; RETURN 1; END $$;
CREATE OR REPLACE FUNCTION again() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE last RENAME word TO words; RETURN 1; END $$;
SELECT again() AS done;
CREATE FUNCTION placed() RETURNS SETOF int LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN CREATE TABLE seen (id int); RETURN NEXT 1; CREATE TABLE seen_too (id int); END $$;
SELECT * FROM placed() AS one;
CREATE FUNCTION inner_first() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE first (id int); RETURN 2; END $$;
CREATE FUNCTION outer_last(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE first ADD n int; RETURN n; END $$;
SELECT outer_last(inner_first());
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE first ADD m int; RETURN NEW; END $$;
CREATE TRIGGER never BEFORE INSERT ON first FOR EACH ROW EXECUTE FUNCTION never();
