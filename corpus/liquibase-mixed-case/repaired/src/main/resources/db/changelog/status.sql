--liquibase formatted sql

--changeset bob:status
ALTER TABLE invoice ADD COLUMN status varchar(20) NOT NULL DEFAULT 'open';
--rollback ALTER TABLE invoice DROP COLUMN status;

--changeset bob:status-index runInTransaction:false
CREATE INDEX CONCURRENTLY ix_invoice_status ON invoice (status);
--rollback DROP INDEX ix_invoice_status;

--changeset bob:samples context:demo
INSERT INTO "userAccount" (id, email) VALUES (1, 'someone@example.org');
INSERT INTO invoice (account_id, amount) VALUES (1, 10.00);
--rollback empty
