CREATE TABLE users (/*ID*/, name VARCHAR(20), phone VARCHAR(20));
CREATE VIEW names AS SELECT id, name FROM users;
