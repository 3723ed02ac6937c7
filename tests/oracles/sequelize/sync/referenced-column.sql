CREATE TABLE users (/*ID*/, code VARCHAR(20) NOT NULL, CONSTRAINT codes UNIQUE (code));
CREATE TABLE orders (/*ID*/, user_code VARCHAR(20), CONSTRAINT buyer FOREIGN KEY (user_code) REFERENCES users (code));
