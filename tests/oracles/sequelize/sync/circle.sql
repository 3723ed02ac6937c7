CREATE TABLE users (/*ID*/, teamId INT, phone VARCHAR(20));
