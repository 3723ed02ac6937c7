CREATE TABLE `users` (
  `id` INTEGER PRIMARY KEY,
  `name` VARCHAR(20)
);
