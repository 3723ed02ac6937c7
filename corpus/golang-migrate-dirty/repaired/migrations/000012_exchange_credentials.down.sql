DROP TABLE IF EXISTS exchange_credentials;
