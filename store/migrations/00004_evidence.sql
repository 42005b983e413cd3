-- +goose Up
-- Of the newest results of each probe; it goes when newer comes.
CREATE TABLE kept_evidence (
    probe    TEXT    NOT NULL,
    at       BIGINT  NOT NULL,
    place    TEXT    NOT NULL,
    position BIGINT  NOT NULL,
    good     BOOLEAN NOT NULL,
    name     TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    body     BYTEA   NOT NULL,
    PRIMARY KEY (probe, at, place, position)
);
CREATE INDEX kept_evidence_at ON kept_evidence (at);

-- Of incidents; it stays.
CREATE TABLE evidence (
    id         TEXT    NOT NULL PRIMARY KEY,
    incident   TEXT    NOT NULL REFERENCES incidents (id),
    probe      TEXT    NOT NULL,
    since      BIGINT  NOT NULL,
    position   BIGINT  NOT NULL,
    sighting   TEXT    NOT NULL,
    at         BIGINT  NOT NULL,
    name       TEXT    NOT NULL,
    type       TEXT    NOT NULL,
    body       BYTEA   NOT NULL,
    public     BOOLEAN NOT NULL,
    caption    TEXT    NOT NULL,
    alt        TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    decided_at BIGINT,
    UNIQUE (incident, probe, since, position)
);
