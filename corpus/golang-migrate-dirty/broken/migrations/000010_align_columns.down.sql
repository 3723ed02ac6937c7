ALTER TABLE positions DROP COLUMN IF EXISTS realized_pnl;
ALTER TABLE positions DROP COLUMN IF EXISTS unrealized_pnl;
ALTER TABLE positions DROP COLUMN IF EXISTS market_value;
ALTER TABLE positions DROP COLUMN IF EXISTS market_price;
