CREATE TABLE users (/*ID*/);
CREATE TABLE orders (/*ID*/, user_id INT, CONSTRAINT buyer FOREIGN KEY (user_id) REFERENCES users (id));
