CREATE TABLE accounts (/*ID*/, email VARCHAR(255), owner INT);
CREATE INDEX accounts_owner ON accounts (email);
