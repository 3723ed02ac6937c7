CREATE TABLE teams (/*ID*/, name VARCHAR(50) NOT NULL);
CREATE TABLE users (/*ID*/, email VARCHAR(100) NOT NULL DEFAULT 'x', phone VARCHAR(20), age INT, CONSTRAINT phones UNIQUE (phone));
CREATE INDEX users_age ON users (age);
