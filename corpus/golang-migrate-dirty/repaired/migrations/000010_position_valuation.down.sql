ALTER TABLE positions
    DROP COLUMN realized_pnl,
    DROP COLUMN unrealized_pnl,
    DROP COLUMN market_value,
    DROP COLUMN market_price;
