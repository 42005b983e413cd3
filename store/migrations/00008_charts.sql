-- +goose Up
CREATE TABLE sketches (
    probe    TEXT   NOT NULL,
    quantity TEXT   NOT NULL,
    start_at BIGINT NOT NULL,
    body     BYTEA  NOT NULL,
    PRIMARY KEY (probe, quantity, start_at)
);
CREATE INDEX sketches_start ON sketches (start_at);

CREATE TABLE frozen_charts (
    incident    TEXT   NOT NULL PRIMARY KEY REFERENCES incidents (id),
    resolved_at BIGINT NOT NULL,
    body        TEXT   NOT NULL
);
