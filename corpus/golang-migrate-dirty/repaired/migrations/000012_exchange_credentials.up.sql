CREATE TABLE exchange_credentials (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id UUID        NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    venue      VARCHAR(30) NOT NULL,
    api_key    TEXT        NOT NULL,
    secret_ref TEXT        NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX idx_exchange_credentials_account ON exchange_credentials (account_id);
