ALTER TABLE orders ADD COLUMN time_in_force VARCHAR(4) NOT NULL DEFAULT 'day';
ALTER TABLE orders ADD COLUMN filled_quantity NUMERIC(18, 6) NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN reject_reason TEXT;

CREATE TABLE order_events (
    id         BIGSERIAL PRIMARY KEY,
    order_id   UUID        NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    status     VARCHAR(20) NOT NULL,
    note       TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX idx_order_events_order_id ON order_events (order_id);
