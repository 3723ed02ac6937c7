CREATE TABLE users (/*ID*/, email VARCHAR(100), CONSTRAINT users_email UNIQUE (email), CONSTRAINT other UNIQUE (email, id));
