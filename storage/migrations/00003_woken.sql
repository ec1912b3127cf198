-- +goose Up
-- Acknowledged alerts wake again too, when nobody resolves them.
DROP INDEX alerts_escalate;
CREATE INDEX alerts_escalate ON alerts (next_step_at) WHERE state <> 'resolved' AND next_step_at IS NOT NULL;

-- +goose Down
DROP INDEX alerts_escalate;
CREATE INDEX alerts_escalate ON alerts (next_step_at) WHERE state = 'open' AND next_step_at IS NOT NULL;
