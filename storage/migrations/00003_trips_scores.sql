-- +goose Up

-- Trips as they are known, and finished questionnaires. How somebody travels, and
-- how they feel, is encrypted.
CREATE TABLE trips (
    id         TEXT PRIMARY KEY,
    clinic_id  TEXT   NOT NULL,
    patient_id TEXT   NOT NULL REFERENCES patients (id),
    begins     TEXT   NOT NULL, -- the day
    at         BIGINT NOT NULL,
    detail     BYTEA  NOT NULL
);
CREATE UNIQUE INDEX trips_begins ON trips (patient_id, begins);

CREATE TABLE scores (
    id         TEXT PRIMARY KEY,
    clinic_id  TEXT   NOT NULL,
    patient_id TEXT   NOT NULL REFERENCES patients (id),
    kind       TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    detail     BYTEA  NOT NULL
);
CREATE INDEX scores_patient ON scores (patient_id, at);

-- +goose Down
DROP TABLE scores;
DROP TABLE trips;
