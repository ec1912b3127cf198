-- +goose Up

-- A session that did not take place, or was logged by mistake, stays in the
-- record: the same external id must not bring it back.
ALTER TABLE sessions ADD COLUMN cancelled_at BIGINT;

-- +goose Down
ALTER TABLE sessions DROP COLUMN cancelled_at;
