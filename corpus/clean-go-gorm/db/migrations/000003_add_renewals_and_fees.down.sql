DROP TABLE fees;

ALTER TABLE loans DROP COLUMN renewals;
