CREATE TABLE users (/*ID*/, email VARCHAR(20));
CREATE INDEX Users_Email ON users (email);
