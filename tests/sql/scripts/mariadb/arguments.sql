-- What procedures do with what they are given, and what is put together out of variables.
CREATE TABLE base (id int PRIMARY KEY, word varchar(20));
CREATE PROCEDURE add_column(IN tableName VARCHAR(64), IN columnName VARCHAR(64), IN definition TEXT)
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = tableName AND column_name = columnName) THEN
    SET @q = CONCAT('ALTER TABLE `', tableName, '` ADD COLUMN `', columnName, '` ', definition);
    PREPARE stmt FROM @q;
    EXECUTE stmt;
    DEALLOCATE PREPARE stmt;
  END IF;
END;
CALL add_column('base', 'size', 'int NOT NULL DEFAULT 0');
CALL add_column('base', 'word', 'text');
CALL add_column('base', 'made', "datetime DEFAULT NULL COMMENT 'it''s'");
CREATE PROCEDURE drop_index(`of` VARCHAR(64), named VARCHAR(64))
BEGIN
  DECLARE found INT DEFAULT 0;
  SELECT COUNT(1) INTO found FROM information_schema.statistics
    WHERE table_name = `of` AND index_name = named AND table_schema = database();
  IF found > 0 THEN
    SELECT CONCAT('INFO: dropping ', named);
    SET @stmt = CONCAT('ALTER TABLE ', `of`, ' DROP INDEX ', named);
    PREPARE st FROM @stmt;
    EXECUTE st;
  ELSE
    SELECT CONCAT('ALTER TABLE ', `of`, ' DROP COLUMN word');
  END IF;
END;
CREATE INDEX by_word ON base (word);
CREATE INDEX by_made ON base (made);
CALL drop_index('base', 'by_word');
CALL drop_index('base', 'by_nothing');
CREATE PROCEDURE make(t VARCHAR(64), many INT)
BEGIN
  DECLARE named VARCHAR(64) DEFAULT CONCAT(t, '_', many);
  SET @q = CONCAT_WS(' ', 'CREATE TABLE', named, '(id int, n int DEFAULT', many, ')');
  PREPARE p FROM @q; EXECUTE p;
  SET @q = CONCAT('CREATE UNIQUE INDEX u ON ', named, ' (id)');
  PREPARE p FROM @q; EXECUTE p;
END;
CALL make('logs', 12);
SET @dbname = DATABASE();
SET @tablename = "base";
SET @columnname = "priority";
SET @preparedStatement = (SELECT IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE (table_name = @tablename) AND (table_schema = @dbname) AND (column_name = @columnname)) > 0,
  "SELECT 1",
  CONCAT("ALTER TABLE ", @tablename, " ADD ", @columnname, " TINYINT DEFAULT 0 AFTER `word`")));
PREPARE addColumnIfNotExist FROM @preparedStatement;
EXECUTE addColumnIfNotExist;
DEALLOCATE PREPARE addColumnIfNotExist;
SET @tablename = CONCAT(@tablename, '_too'), @kind = 'int';
SET @q = CONCAT('CREATE TABLE ', @tablename, ' (a ', @kind, ')');
PREPARE p FROM @q;
EXECUTE p;
