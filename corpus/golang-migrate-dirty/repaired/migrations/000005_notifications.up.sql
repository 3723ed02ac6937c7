CREATE TABLE notifications (
    id         BIGSERIAL PRIMARY KEY,
    user_id    UUID         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel    VARCHAR(12)  NOT NULL,
    subject    VARCHAR(200) NOT NULL,
    body       TEXT         NOT NULL,
    sent_at    TIMESTAMPTZ,
    read_at    TIMESTAMPTZ,
    created_at TIMESTAMPTZ  NOT NULL DEFAULT now()
);

CREATE TABLE notification_preferences (
    user_id UUID        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    topic   VARCHAR(40) NOT NULL,
    email   BOOLEAN     NOT NULL DEFAULT TRUE,
    push    BOOLEAN     NOT NULL DEFAULT FALSE,
    PRIMARY KEY (user_id, topic)
);

CREATE INDEX idx_notifications_user_unread ON notifications (user_id) WHERE read_at IS NULL;
