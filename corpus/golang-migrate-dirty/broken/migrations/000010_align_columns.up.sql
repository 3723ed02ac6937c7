-- Brings databases that were set up by hand to the names the API uses. Safe to run twice.

DO $$
BEGIN
    ALTER TABLE audit_logs RENAME COLUMN entity_type TO resource_type;
    ALTER TABLE audit_logs RENAME COLUMN entity_id TO resource_id;
    ALTER TABLE audit_logs RENAME COLUMN old_value TO old_values;
    ALTER TABLE audit_logs RENAME COLUMN new_value TO new_values;
EXCEPTION
    WHEN OTHERS THEN
        RAISE NOTICE 'audit_logs is aligned already: %', SQLERRM;
END $$;

DO $$
BEGIN
    ALTER TABLE positions RENAME COLUMN average_cost TO average_cost;
    ALTER TABLE positions ADD COLUMN market_price NUMERIC(18, 6);
    ALTER TABLE positions ADD COLUMN market_value NUMERIC(18, 4);
    ALTER TABLE positions ADD COLUMN unrealized_pnl NUMERIC(18, 4);
    ALTER TABLE positions ADD COLUMN realized_pnl NUMERIC(18, 4) NOT NULL DEFAULT 0;
EXCEPTION
    WHEN OTHERS THEN
        RAISE NOTICE 'positions is aligned already: %', SQLERRM;
END $$;
