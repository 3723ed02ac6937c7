CREATE TABLE plans (
    code          VARCHAR(20) PRIMARY KEY,
    name          VARCHAR(80)    NOT NULL,
    monthly_price NUMERIC(10, 2) NOT NULL,
    max_orders    INTEGER
);

CREATE TABLE subscriptions (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id      UUID        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    plan_code    VARCHAR(20) NOT NULL REFERENCES plans (code),
    started_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    cancelled_at TIMESTAMPTZ
);

CREATE UNIQUE INDEX idx_subscriptions_active_user ON subscriptions (user_id) WHERE cancelled_at IS NULL;

INSERT INTO plans (code, name, monthly_price, max_orders) VALUES
    ('basic', 'Basic', 0, 100),
    ('pro', 'Professional', 29.90, NULL);
