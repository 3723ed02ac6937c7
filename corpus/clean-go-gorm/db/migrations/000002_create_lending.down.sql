DROP TABLE loans;
DROP TABLE copies;
DROP TABLE members;
