CREATE TABLE statements (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id      UUID           NOT NULL REFERENCES accounts (id),
    period_start    DATE           NOT NULL,
    period_end      DATE           NOT NULL,
    opening_balance NUMERIC(18, 4) NOT NULL,
    closing_balance NUMERIC(18, 4) NOT NULL,
    generated_at    TIMESTAMPTZ    NOT NULL DEFAULT now(),
    CONSTRAINT uq_statements_account_period UNIQUE (account_id, period_start),
    CONSTRAINT chk_statements_period CHECK (period_end > period_start)
);

CREATE TABLE cash_movements (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id UUID           NOT NULL REFERENCES accounts (id),
    kind       VARCHAR(16)    NOT NULL CHECK (kind IN ('deposit', 'withdrawal', 'fee', 'dividend')),
    amount     NUMERIC(18, 4) NOT NULL,
    reference  VARCHAR(80),
    booked_at  TIMESTAMPTZ    NOT NULL DEFAULT now()
);

CREATE INDEX idx_cash_movements_account_booked ON cash_movements (account_id, booked_at DESC);
