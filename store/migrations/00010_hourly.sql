-- +goose Up
DROP TABLE results_hourly;
