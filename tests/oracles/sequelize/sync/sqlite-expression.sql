CREATE TABLE `users` (`id` INTEGER PRIMARY KEY, `name` VARCHAR(20));
CREATE INDEX by_name ON users (lower(name));
