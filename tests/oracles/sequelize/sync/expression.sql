CREATE TABLE users (/*ID*/, email VARCHAR(100));
