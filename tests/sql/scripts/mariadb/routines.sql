-- What procedures do where they are called.
CREATE TABLE t (a int);
CREATE PROCEDURE widen()
BEGIN
  ALTER TABLE t ADD COLUMN b int NOT NULL DEFAULT 0 FIRST, ADD KEY t_b (b);
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 't' AND column_name = 'c') THEN
    ALTER TABLE t ADD COLUMN c varchar(20);
  END IF;
END;
CREATE PROCEDURE unused() DROP TABLE t;
CREATE DEFINER = CURRENT_USER PROCEDURE alone(IN n int, OUT done varchar(20)) COMMENT 'BEGIN' MODIFIES SQL DATA SQL SECURITY INVOKER
  CREATE TABLE lookups (id int AUTO_INCREMENT PRIMARY KEY, word varchar(50) UNIQUE);
CREATE PROCEDURE `Together`()
whole: BEGIN
  DECLARE n int DEFAULT 0;
  CALL widen();
  CALL alone(1, @done);
  rows_: LOOP
    SET n = n + 1;
    IF n > 2 THEN LEAVE rows_; END IF;
  END LOOP rows_;
  CREATE TABLE last (id int PRIMARY KEY, word text);
  IF n > 10 THEN LEAVE whole; END IF;
  ALTER TABLE last MODIFY word varchar(10) NOT NULL;
END;
CALL together;
DROP PROCEDURE unused;
CREATE OR REPLACE PROCEDURE again() ALTER TABLE last ADD late int;
CREATE OR REPLACE PROCEDURE again() ALTER TABLE last ADD late date;
CALL again();
