CREATE TABLE users (/*ID*/, email VARCHAR(20), name VARCHAR(20));
CREATE INDEX users_email ON users (name);
