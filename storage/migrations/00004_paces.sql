-- +goose Up

-- How far the line of each sending number, and of the account, reaches.
CREATE TABLE paces (
    name    TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL
);

-- A clinic's alerts of late, for its reports.
CREATE INDEX alerts_clinic ON alerts (clinic_id, opened_at);

-- +goose Down
DROP INDEX alerts_clinic;
DROP TABLE paces;
