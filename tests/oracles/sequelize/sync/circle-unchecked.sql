CREATE TABLE users (/*ID*/, phone VARCHAR(20));
