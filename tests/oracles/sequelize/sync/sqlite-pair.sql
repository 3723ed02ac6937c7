CREATE TABLE `cities` (`id` INTEGER PRIMARY KEY, `country` VARCHAR(2) NOT NULL, `name` VARCHAR(20) NOT NULL, UNIQUE (country, name));
CREATE TABLE `houses` (`id` INTEGER PRIMARY KEY, `country` VARCHAR(2), `city` VARCHAR(20), `owner` INTEGER, FOREIGN KEY (country, city) REFERENCES cities (country, name));
