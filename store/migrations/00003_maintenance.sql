-- +goose Up
CREATE TABLE maintenances (
    id              TEXT   NOT NULL PRIMARY KEY,
    title           TEXT   NOT NULL,
    components      TEXT   NOT NULL,
    scheduled_for   BIGINT NOT NULL,
    scheduled_until BIGINT NOT NULL,
    ended_at        BIGINT,
    version         BIGINT NOT NULL
);
CREATE INDEX maintenances_ended ON maintenances (ended_at);
CREATE INDEX maintenances_scheduled ON maintenances (scheduled_for, id);

CREATE TABLE maintenance_updates (
    id              TEXT   NOT NULL PRIMARY KEY,
    maintenance     TEXT   NOT NULL REFERENCES maintenances (id),
    position        BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    status          TEXT   NOT NULL,
    body            TEXT   NOT NULL,
    author          TEXT   NOT NULL,
    scheduled_for   BIGINT NOT NULL,
    scheduled_until BIGINT NOT NULL,
    UNIQUE (maintenance, position)
);
