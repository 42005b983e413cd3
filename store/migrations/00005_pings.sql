-- +goose Up
CREATE TABLE pings (
    probe       TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    signal      TEXT   NOT NULL,
    exit_status BIGINT NOT NULL,
    body        TEXT   NOT NULL,
    PRIMARY KEY (probe, at)
);
