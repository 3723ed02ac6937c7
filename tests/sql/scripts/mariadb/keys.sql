CREATE TABLE p (id int PRIMARY KEY, a int, b varchar(30), UNIQUE KEY (a), UNIQUE INDEX ub (b(10), a), KEY (b), INDEX (b, a), KEY kb (b DESC) USING BTREE);
CREATE TABLE k (id int KEY, p_id int, x int UNIQUE, y int, CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE CASCADE,
  FOREIGN KEY (x) REFERENCES p (a) ON DELETE SET NULL, FOREIGN KEY fk3 (y) REFERENCES p (id), CONSTRAINT uy UNIQUE KEY (y, x));
CREATE TABLE later_t (id int PRIMARY KEY, b int, KEY (id, b));
CREATE TABLE later_w (id int PRIMARY KEY, b int, FOREIGN KEY (b) REFERENCES later_w (id), CONSTRAINT later_k FOREIGN KEY (b) REFERENCES later_t (id));
CREATE TABLE later_x (b int, c int, FOREIGN KEY (b) REFERENCES later_w (id));
ALTER TABLE later_x ADD CONSTRAINT later_m FOREIGN KEY (b) REFERENCES later_t (id);
ALTER TABLE later_x ADD FOREIGN KEY (b) REFERENCES later_w (id);
CREATE TABLE later_y (b int, c int, CONSTRAINT later_n FOREIGN KEY (b) REFERENCES later_w (id));
ALTER TABLE later_y ADD CONSTRAINT later_o FOREIGN KEY (b, c) REFERENCES later_t (id, b);
ALTER TABLE later_y ADD CONSTRAINT later_p FOREIGN KEY (b) REFERENCES later_t (id);
