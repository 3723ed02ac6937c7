CREATE TABLE parent (id int AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE base (
    id int unsigned NOT NULL AUTO_INCREMENT,
    email varchar(80) NOT NULL DEFAULT 'x',
    parent_id int,
    age int,
    twice int GENERATED ALWAYS AS (age * 2) STORED,
    PRIMARY KEY (id),
    UNIQUE KEY mail (email),
    KEY aged (age, email),
    FOREIGN KEY (parent_id) REFERENCES parent (id)
);
CREATE TABLE copy_one LIKE base;
CREATE TABLE copy_two (LIKE base);
CREATE TABLE picked AS SELECT id, email, age FROM base;
CREATE TABLE more (own int NOT NULL DEFAULT 3, email varchar(200)) SELECT email, age FROM base;
ALTER TABLE copy_one ADD COLUMN extra int AFTER id;
