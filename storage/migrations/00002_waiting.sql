-- +goose Up

-- The texts of a patient that have not left yet, for the order they leave in.
CREATE INDEX messages_waiting ON messages (patient_id) WHERE state IN ('queued', 'sending');

-- +goose Down
DROP INDEX messages_waiting;
