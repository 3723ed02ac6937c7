DROP TABLE IF EXISTS compliance_reviews;

ALTER INDEX idx_audit_logs_resource RENAME TO idx_audit_logs_entity;
ALTER TABLE audit_logs DROP COLUMN ip_address;
ALTER TABLE audit_logs RENAME COLUMN new_values TO new_value;
ALTER TABLE audit_logs RENAME COLUMN old_values TO old_value;
ALTER TABLE audit_logs RENAME COLUMN resource_id TO entity_id;
ALTER TABLE audit_logs RENAME COLUMN resource_type TO entity_type;
