-- Referral programme

CREATE TABLE referrals (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    referrer_id UUID        NOT NULL REFERENCES users (id),
    referred_id UUID        NOT NULL REFERENCES users (id),
    code        VARCHAR(16) NOT NULL,
    rewarded_at TIMESTAMPTZ,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    INDEX idx_referrals_referrer (referrer_id)
);
