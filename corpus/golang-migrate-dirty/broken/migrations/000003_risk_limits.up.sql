CREATE TABLE risk_limits (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id      UUID           NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    max_order_value NUMERIC(18, 4) NOT NULL,
    max_daily_loss  NUMERIC(18, 4) NOT NULL,
    max_leverage    NUMERIC(6, 2)  NOT NULL DEFAULT 1,
    updated_at      TIMESTAMPTZ    NOT NULL DEFAULT now()
);

CREATE TABLE risk_events (
    id         BIGSERIAL PRIMARY KEY,
    account_id UUID        NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    order_id   UUID REFERENCES orders (id),
    rule       VARCHAR(60) NOT NULL,
    details    JSONB       NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX idx_risk_events_account_created ON risk_events (account_id, created_at DESC);
