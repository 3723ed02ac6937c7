CREATE TABLE accounts (id int PRIMARY KEY);
CREATE TABLE events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at date NOT NULL,
    kind text DEFAULT 'x',
    account int REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (id, at),
    CONSTRAINT known CHECK (kind <> '')
) PARTITION BY RANGE (at);
CREATE INDEX events_kind ON events (kind);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2021 PARTITION OF events (kind DEFAULT 'y', CONSTRAINT short CHECK (length(kind) < 9))
    FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY RANGE (at);
CREATE TABLE events_2021_a PARTITION OF events_2021 FOR VALUES FROM ('2021-01-01') TO ('2021-02-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE INDEX ON events (account, at DESC);
CREATE UNIQUE INDEX events_once ON events (at, account);
ALTER TABLE events ADD COLUMN note varchar(20) NOT NULL DEFAULT '';
ALTER TABLE events ADD CONSTRAINT noted UNIQUE (at, note);
ALTER TABLE events DROP CONSTRAINT known;
ALTER TABLE events ADD CONSTRAINT known_again CHECK (note <> 'x');
ALTER TABLE events RENAME COLUMN kind TO sort;
CREATE TABLE loose (id bigint NOT NULL, at date NOT NULL, sort text, account int, note varchar(20) NOT NULL DEFAULT '',
    CONSTRAINT known_again CHECK (note <> 'x'));
CREATE INDEX loose_sort ON loose (sort);
ALTER TABLE events DETACH PARTITION events_2020;
ALTER TABLE events_2020 ADD COLUMN gone int;
ALTER TABLE events_2020 ALTER COLUMN id DROP IDENTITY IF EXISTS;
ALTER TABLE events ATTACH PARTITION loose FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');
DROP INDEX events_once;
ALTER TABLE events DROP COLUMN note;
CREATE TABLE dropped (id int, PRIMARY KEY (id)) PARTITION BY LIST (id);
CREATE TABLE dropped_1 PARTITION OF dropped FOR VALUES IN (1);
DROP TABLE dropped;
CREATE TABLE dumped (id int NOT NULL) PARTITION BY LIST (id);
CREATE TABLE dumped_1 (id int NOT NULL);
ALTER TABLE ONLY dumped ATTACH PARTITION dumped_1 FOR VALUES IN (1);
ALTER TABLE ONLY dumped ADD CONSTRAINT dumped_pkey PRIMARY KEY (id);
ALTER TABLE ONLY dumped_1 ADD CONSTRAINT dumped_1_pkey PRIMARY KEY (id);
ALTER INDEX dumped_pkey ATTACH PARTITION dumped_1_pkey;
