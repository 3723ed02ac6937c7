-- What functions and procedures do with what they are given.
CREATE TABLE base (id int PRIMARY KEY, word text);
CREATE FUNCTION make(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE %I (id int PRIMARY KEY, of_%s int, note text DEFAULT %L)', t, t, t || ' it''s');
END $$;
SELECT make('one');
SELECT make('two'), make('three');
DO $$ BEGIN PERFORM make('four'); END $$;
CREATE FUNCTION add_column(t text, c text, kind text DEFAULT 'int') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  done text;
  ask text := 'ALTER TABLE ' || quote_ident(t) || ' ADD COLUMN ';
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = t AND column_name = c) THEN
    EXECUTE ask || c || ' ' || kind;
  END IF;
  done := 'COMMENT ON COLUMN ' || t || '.' || c || ' IS ''added''';
  EXECUTE done;
  done := concat('CREATE INDEX ', t, '_', c, ' ON ', t, ' (', c, ')');
  EXECUTE done;
END $$;
SELECT add_column('base', 'size');
SELECT add_column('base', 'word');
SELECT add_column('base', 'area', 'numeric(8,2) NOT NULL DEFAULT 0');
CREATE FUNCTION both_of(text, name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM make($1 || '_' || $2);
  PERFORM add_column($1 || '_' || $2, 'seen', 'date');
  RETURN $1;
END $$;
SELECT both_of('left', 'right');
CREATE PROCEDURE year(y int, t text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE %2$s_%1$s (id int, CHECK (id > %1$s))', y, t);
END $$;
CALL year(2024, 'logs');
CREATE FUNCTION if_missing(t_name text, c_name text, constraint_sql text) RETURNS void AS $$
BEGIN
  IF NOT EXISTS (SELECT constraint_name FROM information_schema.constraint_column_usage
                 WHERE table_name = t_name AND constraint_name = c_name) THEN
    EXECUTE constraint_sql;
  END IF;
END;
$$ LANGUAGE 'plpgsql';
SELECT if_missing('base', 'base_size_word', 'ALTER TABLE base ADD CONSTRAINT base_size_word UNIQUE (size, word);');
DO $$
DECLARE
  t constant text := 'base';
  n int := 5;
BEGIN
  EXECUTE format('ALTER TABLE %I ADD COLUMN direct int', t);
  EXECUTE 'CREATE TABLE plain' || '_one (a int, b varchar(20) ' || 'NOT NULL)';
  EXECUTE 'CREATE TABLE ' || quote_ident('Quoted "one"') || '(a int)';
END $$;
DO $$
DECLARE t text; n text;
BEGIN
  FOREACH t IN ARRAY ARRAY['one', 'two', 'base'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN looped text', t);
    PERFORM add_column(t, 'helped');
  END LOOP;
  FOR n IN SELECT unnest(ARRAY['three'::text, 'four']) LOOP
    IF to_regclass(n) IS NOT NULL THEN
      EXECUTE 'DROP TABLE ' || n;
    END IF;
  END LOOP;
END $$;
