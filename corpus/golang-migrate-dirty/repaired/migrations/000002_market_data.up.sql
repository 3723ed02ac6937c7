CREATE TABLE candles (
    instrument_id UUID           NOT NULL REFERENCES instruments (id),
    resolution    VARCHAR(4)     NOT NULL,
    opened_at     TIMESTAMPTZ    NOT NULL,
    open          NUMERIC(18, 6) NOT NULL,
    high          NUMERIC(18, 6) NOT NULL,
    low           NUMERIC(18, 6) NOT NULL,
    close         NUMERIC(18, 6) NOT NULL,
    volume        NUMERIC(24, 6) NOT NULL DEFAULT 0,
    PRIMARY KEY (instrument_id, resolution, opened_at)
);

CREATE TABLE quotes (
    instrument_id UUID PRIMARY KEY REFERENCES instruments (id),
    bid           NUMERIC(18, 6),
    ask           NUMERIC(18, 6),
    quoted_at     TIMESTAMPTZ NOT NULL
);

CREATE INDEX idx_candles_opened_at ON candles (opened_at DESC);
