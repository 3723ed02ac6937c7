CREATE TYPE strategy_state AS ENUM ('draft', 'paper', 'live', 'stopped');

CREATE TABLE strategies (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id UUID           NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       VARCHAR(120)   NOT NULL,
    state      strategy_state NOT NULL DEFAULT 'draft',
    parameters JSONB          NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ    NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ    NOT NULL DEFAULT now(),
    CONSTRAINT uq_strategies_account_name UNIQUE (account_id, name)
);

CREATE TABLE strategy_runs (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    strategy_id UUID        NOT NULL REFERENCES strategies (id) ON DELETE CASCADE,
    started_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    pnl         NUMERIC(18, 4),
    error       TEXT
);

CREATE INDEX idx_strategy_runs_strategy_started ON strategy_runs (strategy_id, started_at DESC);
