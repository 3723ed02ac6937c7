-- Compliance: a full audit trail of who changed which resource, and the reviews that refer to it.

CREATE TABLE IF NOT EXISTS audit_logs (
    id            BIGSERIAL PRIMARY KEY,
    user_id       UUID REFERENCES users (id),
    action        VARCHAR(80) NOT NULL,
    resource_type VARCHAR(60) NOT NULL,
    resource_id   VARCHAR(64) NOT NULL,
    old_values    JSONB,
    new_values    JSONB,
    ip_address    INET,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS compliance_reviews (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id  UUID        NOT NULL REFERENCES accounts (id),
    reviewer_id UUID REFERENCES users (id),
    outcome     VARCHAR(20) NOT NULL DEFAULT 'pending',
    comment     TEXT,
    reviewed_at TIMESTAMPTZ,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX idx_audit_logs_resource ON audit_logs (resource_type, resource_id);
CREATE INDEX idx_compliance_reviews_outcome ON compliance_reviews (outcome);
