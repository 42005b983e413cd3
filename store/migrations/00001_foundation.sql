-- Times are unix milliseconds UTC, NULL for none; durations are nanoseconds; lists are JSON.

-- +goose Up
CREATE TABLE meta (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO meta (name, value) VALUES ('revision', 0);

CREATE TABLE components (
    id          TEXT    NOT NULL PRIMARY KEY,
    key         TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    group_name  TEXT    NOT NULL,
    description TEXT    NOT NULL,
    position    BIGINT  NOT NULL,
    internal    BOOLEAN NOT NULL,
    depends_on  TEXT    NOT NULL,
    created_at  BIGINT,
    archived_at BIGINT
);
CREATE UNIQUE INDEX components_key ON components (key) WHERE key <> '';

CREATE TABLE incidents (
    id          TEXT   NOT NULL PRIMARY KEY,
    title       TEXT   NOT NULL,
    cause       TEXT   NOT NULL,
    started_at  BIGINT NOT NULL,
    resolved_at BIGINT,
    version     BIGINT NOT NULL
);
CREATE UNIQUE INDEX incidents_open_cause ON incidents (cause) WHERE cause <> '' AND resolved_at IS NULL;
CREATE INDEX incidents_resolved ON incidents (resolved_at);
CREATE INDEX incidents_started ON incidents (started_at, id);

CREATE TABLE updates (
    id       TEXT    NOT NULL PRIMARY KEY,
    incident TEXT    NOT NULL REFERENCES incidents (id),
    position BIGINT  NOT NULL,
    at       BIGINT  NOT NULL,
    status   TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    author   TEXT    NOT NULL,
    team     BOOLEAN NOT NULL,
    next_by  BIGINT,
    UNIQUE (incident, position)
);

CREATE TABLE update_changes (
    update_id   TEXT   NOT NULL REFERENCES updates (id),
    position    BIGINT NOT NULL,
    component   TEXT   NOT NULL REFERENCES components (id),
    from_status TEXT   NOT NULL,
    to_status   TEXT   NOT NULL,
    since       BIGINT,
    PRIMARY KEY (update_id, position)
);

CREATE TABLE symptoms (
    incident  TEXT    NOT NULL REFERENCES incidents (id),
    probe     TEXT    NOT NULL,
    position  BIGINT  NOT NULL,
    component TEXT    NOT NULL REFERENCES components (id),
    text      TEXT    NOT NULL,
    internal  BOOLEAN NOT NULL,
    status    TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    detail    TEXT    NOT NULL,
    since     BIGINT,
    until     BIGINT,
    PRIMARY KEY (incident, probe)
);

CREATE TABLE postmortems (
    incident     TEXT   NOT NULL PRIMARY KEY REFERENCES incidents (id),
    draft        TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    author       TEXT   NOT NULL,
    updated_at   BIGINT,
    published_at BIGINT,
    revised_at   BIGINT,
    version      BIGINT NOT NULL
);

CREATE TABLE people (
    id            TEXT NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL UNIQUE,
    role          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at    BIGINT
);

CREATE TABLE invitations (
    token_hash BYTEA  NOT NULL PRIMARY KEY,
    role       TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);

CREATE TABLE sessions (
    token_hash BYTEA  NOT NULL PRIMARY KEY,
    data       BYTEA  NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE results (
    probe        TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    place        TEXT   NOT NULL,
    took         BIGINT NOT NULL,
    outcome      TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    detail       TEXT   NOT NULL,
    steps        TEXT   NOT NULL,
    measurements TEXT   NOT NULL,
    PRIMARY KEY (probe, at, place)
);
CREATE INDEX results_at ON results (at, outcome);

CREATE TABLE results_hourly (
    start_at BIGINT NOT NULL,
    probe    TEXT   NOT NULL,
    place    TEXT   NOT NULL,
    ok       BIGINT NOT NULL,
    degraded BIGINT NOT NULL,
    failed   BIGINT NOT NULL,
    unknown  BIGINT NOT NULL,
    took_sum BIGINT NOT NULL,
    took_min BIGINT NOT NULL,
    took_max BIGINT NOT NULL,
    PRIMARY KEY (start_at, probe, place)
);

CREATE TABLE results_daily (
    start_at BIGINT NOT NULL,
    probe    TEXT   NOT NULL,
    place    TEXT   NOT NULL,
    ok       BIGINT NOT NULL,
    degraded BIGINT NOT NULL,
    failed   BIGINT NOT NULL,
    unknown  BIGINT NOT NULL,
    took_sum BIGINT NOT NULL,
    took_min BIGINT NOT NULL,
    took_max BIGINT NOT NULL,
    PRIMARY KEY (start_at, probe, place)
);
