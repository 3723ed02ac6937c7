ALTER TABLE positions
    ADD COLUMN market_price NUMERIC(18, 6),
    ADD COLUMN market_value NUMERIC(18, 4),
    ADD COLUMN unrealized_pnl NUMERIC(18, 4),
    ADD COLUMN realized_pnl NUMERIC(18, 4) NOT NULL DEFAULT 0;
