CREATE TABLE summaries (/*ID*/, account_id INT NOT NULL, total INT);
