-- +goose Up

-- When an alert's next step was set, by the clock it was set by: a step set by a
-- clock that was ahead is set anew once the clock has been put right.
ALTER TABLE alerts ADD COLUMN step_set_at BIGINT;
CREATE INDEX alerts_step_set ON alerts (step_set_at) WHERE state <> 'resolved' AND next_step_at IS NOT NULL;

-- +goose Down
DROP INDEX alerts_step_set;
ALTER TABLE alerts DROP COLUMN step_set_at;
