DROP TABLE IF EXISTS cash_movements;
DROP TABLE IF EXISTS statements;
