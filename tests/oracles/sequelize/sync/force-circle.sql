CREATE TABLE teams (/*ID*/, motto VARCHAR(20));
