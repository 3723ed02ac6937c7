-- Local database: the tables the API needs, plus a few instruments to trade.

CREATE TABLE users (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email      VARCHAR(255) NOT NULL,
    password   VARCHAR(255) NOT NULL,
    full_name  VARCHAR(100),
    status     VARCHAR(20)  NOT NULL DEFAULT 'active',
    created_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT uq_users_email UNIQUE (email)
);

CREATE TABLE sessions (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id    UUID      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token      TEXT      NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE accounts (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id        UUID           NOT NULL REFERENCES users (id),
    account_number VARCHAR(20)    NOT NULL UNIQUE,
    currency       VARCHAR(3)     NOT NULL DEFAULT 'USD',
    balance        NUMERIC(18, 2) NOT NULL DEFAULT 0,
    created_at     TIMESTAMP      NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE instruments (
    id        UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    symbol    VARCHAR(20)  NOT NULL UNIQUE,
    name      VARCHAR(200) NOT NULL,
    exchange  VARCHAR(12)  NOT NULL,
    kind      VARCHAR(20)  NOT NULL,
    is_active BOOLEAN      NOT NULL DEFAULT TRUE
);

CREATE TABLE orders (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id    UUID           NOT NULL REFERENCES accounts (id),
    instrument_id UUID           NOT NULL REFERENCES instruments (id),
    side          VARCHAR(4)     NOT NULL CHECK (side IN ('buy', 'sell')),
    order_type    VARCHAR(12)    NOT NULL DEFAULT 'limit',
    quantity      NUMERIC(18, 6) NOT NULL,
    price         NUMERIC(18, 6),
    status        VARCHAR(20)    NOT NULL DEFAULT 'new',
    created_at    TIMESTAMP      NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE executions (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id    UUID           NOT NULL REFERENCES orders (id),
    quantity    NUMERIC(18, 6) NOT NULL,
    price       NUMERIC(18, 6) NOT NULL,
    commission  NUMERIC(12, 4) NOT NULL DEFAULT 0,
    executed_at TIMESTAMP      NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE positions (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id    UUID           NOT NULL REFERENCES accounts (id),
    instrument_id UUID           NOT NULL REFERENCES instruments (id),
    quantity      NUMERIC(18, 6) NOT NULL DEFAULT 0,
    average_price NUMERIC(18, 6) NOT NULL DEFAULT 0,
    updated_at    TIMESTAMP      NOT NULL DEFAULT CURRENT_TIMESTAMP
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
    condition     VARCHAR(10)    NOT NULL,
    price         NUMERIC(18, 6) NOT NULL,
    is_triggered  BOOLEAN        NOT NULL DEFAULT FALSE,
    created_at    TIMESTAMP      NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE api_keys (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id    UUID         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       VARCHAR(80)  NOT NULL,
    key_hash   VARCHAR(128) NOT NULL,
    is_active  BOOLEAN      NOT NULL DEFAULT TRUE,
    created_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE audit_logs (
    id         BIGSERIAL PRIMARY KEY,
    user_id    UUID REFERENCES users (id),
    action     VARCHAR(80) NOT NULL,
    details    JSONB,
    created_at TIMESTAMP   NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_users_status ON users (status);
CREATE INDEX idx_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_sessions_expires_at ON sessions (expires_at);
CREATE INDEX idx_accounts_user_id ON accounts (user_id);
CREATE INDEX idx_orders_account_id ON orders (account_id);
CREATE INDEX idx_executions_order_id ON executions (order_id);
CREATE INDEX idx_positions_instrument_id ON positions (instrument_id);
CREATE INDEX idx_api_keys_user_id ON api_keys (user_id);

INSERT INTO instruments (symbol, name, exchange, kind) VALUES
    ('NRTH', 'Northwind Energy', 'XNYS', 'equity'),
    ('BLUE', 'Bluewater Logistics', 'XNAS', 'equity'),
    ('G10Y', 'Government Bond 10Y', 'XLON', 'bond');
