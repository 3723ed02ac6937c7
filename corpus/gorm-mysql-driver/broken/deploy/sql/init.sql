-- Development database for the chat server.

SET NAMES utf8mb4;

CREATE TABLE IF NOT EXISTS users (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  phone         VARCHAR(20)     NOT NULL,
  username      VARCHAR(50)     NOT NULL,
  password_hash VARCHAR(100)    NOT NULL,
  nickname      VARCHAR(80)     NOT NULL,
  avatar        VARCHAR(255)    DEFAULT NULL,
  created_at    DATETIME(3)     DEFAULT NULL,
  updated_at    DATETIME(3)     DEFAULT NULL,
  PRIMARY KEY (id),
  KEY idx_users_phone (phone)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS sessions (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id    BIGINT UNSIGNED NOT NULL,
  expires_at DATETIME(3)     NOT NULL,
  created_at DATETIME(3)     DEFAULT NULL,
  PRIMARY KEY (id),
  KEY idx_sessions_user_id (user_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS devices (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id    BIGINT UNSIGNED NOT NULL,
  platform   VARCHAR(10)     NOT NULL,
  device_uid VARCHAR(64)     NOT NULL,
  created_at DATETIME(3)     DEFAULT NULL,
  PRIMARY KEY (id),
  KEY idx_devices_user_id (user_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS conversations (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind       VARCHAR(10)     NOT NULL DEFAULT 'direct',
  title      VARCHAR(120)    DEFAULT NULL,
  created_at DATETIME(3)     DEFAULT NULL,
  updated_at DATETIME(3)     DEFAULT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS participants (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  conversation_id BIGINT UNSIGNED NOT NULL,
  user_id         BIGINT UNSIGNED NOT NULL,
  role            VARCHAR(10)     NOT NULL DEFAULT 'member',
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS messages (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  conversation_id BIGINT UNSIGNED NOT NULL,
  sender_id       BIGINT UNSIGNED NOT NULL,
  content_type    VARCHAR(20)     NOT NULL,
  content         TEXT,
  created_at      DATETIME(3)     DEFAULT NULL,
  PRIMARY KEY (id),
  KEY idx_messages_sender_id (sender_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
