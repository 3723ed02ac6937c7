DROP TABLE IF EXISTS compliance_reviews;
DROP TABLE IF EXISTS audit_logs;
