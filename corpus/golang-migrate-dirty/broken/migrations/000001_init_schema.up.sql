-- Core trading schema: customers, accounts, instruments, orders and the audit trail.

CREATE TABLE users (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email         VARCHAR(255) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    full_name     VARCHAR(120) NOT NULL,
    status        VARCHAR(20)  NOT NULL DEFAULT 'active',
    kyc_level     SMALLINT     NOT NULL DEFAULT 0,
    created_at    TIMESTAMPTZ  NOT NULL DEFAULT now(),
    updated_at    TIMESTAMPTZ  NOT NULL DEFAULT now(),
    CONSTRAINT uq_users_email UNIQUE (email)
);

CREATE TABLE sessions (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id    UUID        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash CHAR(64)    NOT NULL,
    ip_address INET,
    user_agent TEXT,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE accounts (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id        UUID           NOT NULL REFERENCES users (id),
    account_number VARCHAR(24)    NOT NULL UNIQUE,
    account_type   VARCHAR(20)    NOT NULL DEFAULT 'cash',
    currency       CHAR(3)        NOT NULL DEFAULT 'USD',
    cash_balance   NUMERIC(18, 4) NOT NULL DEFAULT 0,
    opened_at      TIMESTAMPTZ    NOT NULL DEFAULT now(),
    closed_at      TIMESTAMPTZ,
    CONSTRAINT chk_accounts_type CHECK (account_type IN ('cash', 'margin'))
);

CREATE TABLE instruments (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    symbol      VARCHAR(20)    NOT NULL UNIQUE,
    name        VARCHAR(200)   NOT NULL,
    exchange    VARCHAR(12)    NOT NULL,
    asset_class VARCHAR(20)    NOT NULL,
    tick_size   NUMERIC(12, 6) NOT NULL DEFAULT 0.01,
    is_active   BOOLEAN        NOT NULL DEFAULT TRUE
);

CREATE TABLE orders (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id      UUID           NOT NULL REFERENCES accounts (id),
    instrument_id   UUID           NOT NULL REFERENCES instruments (id),
    client_order_id VARCHAR(64)    NOT NULL,
    side            VARCHAR(4)     NOT NULL CHECK (side IN ('buy', 'sell')),
    order_type      VARCHAR(12)    NOT NULL DEFAULT 'limit',
    quantity        NUMERIC(18, 6) NOT NULL CHECK (quantity > 0),
    limit_price     NUMERIC(18, 6),
    status          VARCHAR(20)    NOT NULL DEFAULT 'new',
    placed_at       TIMESTAMPTZ    NOT NULL DEFAULT now(),
    updated_at      TIMESTAMPTZ    NOT NULL DEFAULT now()
);

CREATE TABLE executions (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id    UUID           NOT NULL REFERENCES orders (id),
    quantity    NUMERIC(18, 6) NOT NULL,
    price       NUMERIC(18, 6) NOT NULL,
    fee         NUMERIC(12, 4) NOT NULL DEFAULT 0,
    executed_at TIMESTAMPTZ    NOT NULL DEFAULT now()
);

CREATE TABLE positions (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id    UUID           NOT NULL REFERENCES accounts (id),
    instrument_id UUID           NOT NULL REFERENCES instruments (id),
    quantity      NUMERIC(18, 6) NOT NULL DEFAULT 0,
    average_cost  NUMERIC(18, 6) NOT NULL DEFAULT 0,
    updated_at    TIMESTAMPTZ    NOT NULL DEFAULT now(),
    CONSTRAINT uq_positions_account_instrument UNIQUE (account_id, instrument_id)
);

CREATE TABLE watchlists (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id    UUID         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       VARCHAR(100) NOT NULL,
    created_at TIMESTAMPTZ  NOT NULL DEFAULT now()
);

CREATE TABLE watchlist_items (
    watchlist_id  UUID    NOT NULL REFERENCES watchlists (id) ON DELETE CASCADE,
    instrument_id UUID    NOT NULL REFERENCES instruments (id),
    sort_order    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (watchlist_id, instrument_id)
);

CREATE TABLE price_alerts (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id       UUID           NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    instrument_id UUID           NOT NULL REFERENCES instruments (id),
    direction     VARCHAR(5)     NOT NULL CHECK (direction IN ('above', 'below')),
    threshold     NUMERIC(18, 6) NOT NULL,
    triggered_at  TIMESTAMPTZ,
    created_at    TIMESTAMPTZ    NOT NULL DEFAULT now()
);

CREATE TABLE api_keys (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id      UUID        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    label        VARCHAR(80) NOT NULL,
    key_prefix   CHAR(8)     NOT NULL,
    secret_hash  CHAR(64)    NOT NULL,
    scopes       TEXT[]      NOT NULL DEFAULT '{}',
    last_used_at TIMESTAMPTZ,
    revoked_at   TIMESTAMPTZ,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE audit_logs (
    id          BIGSERIAL PRIMARY KEY,
    user_id     UUID REFERENCES users (id),
    action      VARCHAR(80) NOT NULL,
    entity_type VARCHAR(60) NOT NULL,
    entity_id   VARCHAR(64) NOT NULL,
    old_value   JSONB,
    new_value   JSONB,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX idx_users_status ON users (status);
CREATE INDEX idx_users_kyc_level ON users (kyc_level);
CREATE INDEX idx_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_sessions_expires_at ON sessions (expires_at);
CREATE INDEX idx_accounts_user_id ON accounts (user_id);
CREATE INDEX idx_instruments_asset_class ON instruments (asset_class);
CREATE INDEX idx_orders_account_id ON orders (account_id);
CREATE UNIQUE INDEX idx_orders_client_order_id ON orders (account_id, client_order_id);
CREATE INDEX idx_executions_order_id ON executions (order_id);
CREATE INDEX idx_positions_instrument_id ON positions (instrument_id);
CREATE INDEX idx_price_alerts_pending ON price_alerts (instrument_id) WHERE triggered_at IS NULL;
CREATE INDEX idx_api_keys_user_id ON api_keys (user_id);
CREATE INDEX idx_audit_logs_entity ON audit_logs (entity_type, entity_id);
