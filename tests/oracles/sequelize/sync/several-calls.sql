CREATE TABLE users (/*ID*/, email VARCHAR(20), old INT);
