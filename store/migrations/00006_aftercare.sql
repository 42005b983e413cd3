-- +goose Up
CREATE TABLE update_edits (
    update_id TEXT   NOT NULL REFERENCES updates (id),
    position  BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    body      TEXT   NOT NULL,
    author    TEXT   NOT NULL,
    PRIMARY KEY (update_id, position)
);

CREATE TABLE corrections (
    incident  TEXT   NOT NULL REFERENCES incidents (id),
    position  BIGINT NOT NULL,
    component TEXT   NOT NULL REFERENCES components (id),
    status    TEXT   NOT NULL,
    since     BIGINT,
    until     BIGINT,
    reason    TEXT   NOT NULL,
    author    TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (incident, position)
);

CREATE TABLE follow_ups (
    id         TEXT    NOT NULL PRIMARY KEY,
    incident   TEXT    NOT NULL REFERENCES incidents (id),
    text       TEXT    NOT NULL,
    owner      TEXT    NOT NULL,
    owner_told BOOLEAN NOT NULL,
    due        BIGINT,
    public     BOOLEAN NOT NULL,
    state      TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    made_at    BIGINT  NOT NULL,
    changed_at BIGINT  NOT NULL,
    version    BIGINT  NOT NULL
);
CREATE INDEX follow_ups_incident ON follow_ups (incident, made_at, id);

CREATE TABLE guards (
    id         TEXT   NOT NULL PRIMARY KEY,
    incident   TEXT   NOT NULL REFERENCES incidents (id),
    follow_up  TEXT   REFERENCES follow_ups (id),
    probe      TEXT   NOT NULL,
    caption    TEXT   NOT NULL,
    since      BIGINT NOT NULL,
    author     TEXT   NOT NULL,
    removed_at BIGINT,
    version    BIGINT NOT NULL
);
CREATE INDEX guards_incident ON guards (incident);
CREATE UNIQUE INDEX guards_watching ON guards (incident, COALESCE(follow_up, ''), probe) WHERE removed_at IS NULL;
