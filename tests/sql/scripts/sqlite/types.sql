CREATE TABLE t (a INTEGER, b VARCHAR(255), c, d DECIMAL(10, 5), e unsigned big int, f double precision, g DATETIME)
