CREATE TABLE `users` (`id` INTEGER PRIMARY KEY, `first` VARCHAR(20), `upper` VARCHAR(20) AS (upper(first)) STORED);
