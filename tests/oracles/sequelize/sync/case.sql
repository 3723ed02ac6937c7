CREATE TABLE users (/*ID*/, Email VARCHAR(100), createdat INT);
