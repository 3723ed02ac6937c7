ALTER TABLE loans ADD COLUMN renewals smallint NOT NULL DEFAULT 0;

CREATE TABLE fees (
    id         bigserial PRIMARY KEY,
    member_id  bigint NOT NULL,
    loan_id    bigint,
    amount     numeric(10, 2) NOT NULL,
    reason     varchar(40) NOT NULL,
    paid_at    timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT fk_fees_member FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE CASCADE,
    CONSTRAINT fk_fees_loan FOREIGN KEY (loan_id) REFERENCES loans (id) ON DELETE SET NULL
);

CREATE INDEX idx_fees_member_id ON fees (member_id);
