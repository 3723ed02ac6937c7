CREATE TABLE `users` (`id` INTEGER PRIMARY KEY, `code` VARCHAR(20) UNIQUE, `name` VARCHAR(20));
CREATE TABLE `orders` (`id` INTEGER PRIMARY KEY, `user_code` VARCHAR(20) REFERENCES `users` (`code`));
