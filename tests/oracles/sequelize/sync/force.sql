CREATE TABLE parents (/*ID*/, name VARCHAR(20));
CREATE TABLE users (/*ID*/, parent_id INT, legacy INT, CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parents (id));
