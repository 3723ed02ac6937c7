DROP TABLE IF EXISTS order_events;

ALTER TABLE orders DROP COLUMN IF EXISTS reject_reason;
ALTER TABLE orders DROP COLUMN IF EXISTS filled_quantity;
ALTER TABLE orders DROP COLUMN IF EXISTS time_in_force;
