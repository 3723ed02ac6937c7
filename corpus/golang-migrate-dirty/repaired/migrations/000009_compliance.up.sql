-- Compliance: a full audit trail of who changed which resource, and the reviews that refer to it.
-- audit_logs exists since 000001, so its columns are renamed here, not created a second time.

ALTER TABLE audit_logs RENAME COLUMN entity_type TO resource_type;
ALTER TABLE audit_logs RENAME COLUMN entity_id TO resource_id;
ALTER TABLE audit_logs RENAME COLUMN old_value TO old_values;
ALTER TABLE audit_logs RENAME COLUMN new_value TO new_values;
ALTER TABLE audit_logs ADD COLUMN ip_address INET;
ALTER INDEX idx_audit_logs_entity RENAME TO idx_audit_logs_resource;

CREATE TABLE compliance_reviews (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id  UUID        NOT NULL REFERENCES accounts (id),
    reviewer_id UUID REFERENCES users (id),
    outcome     VARCHAR(20) NOT NULL DEFAULT 'pending',
    comment     TEXT,
    reviewed_at TIMESTAMPTZ,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX idx_compliance_reviews_outcome ON compliance_reviews (outcome);
