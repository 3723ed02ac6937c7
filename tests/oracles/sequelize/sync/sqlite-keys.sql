CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE `members` (`person` INTEGER NOT NULL, `team` INTEGER REFERENCES `teams` (`id`) ON DELETE CASCADE, `badge` VARCHAR(20), `seat` VARCHAR(20), `room` VARCHAR(20), `floor` INTEGER, PRIMARY KEY (`team`, `person`), UNIQUE (`seat`, `room`), UNIQUE (`badge`));
CREATE INDEX by_badge ON members (badge);
CREATE UNIQUE INDEX by_floor ON members (floor DESC) WHERE floor > 0;
