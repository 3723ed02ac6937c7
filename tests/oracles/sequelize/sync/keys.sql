CREATE TABLE teams (/*ID*/);
CREATE TABLE users (/*ID*/, team_id INT, other_id INT, CONSTRAINT to_team FOREIGN KEY (team_id) REFERENCES teams (id));
