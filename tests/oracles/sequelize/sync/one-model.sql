CREATE TABLE logs (/*ID*/, text TEXT, level INT);
CREATE TABLE users (/*ID*/, phone VARCHAR(20));
