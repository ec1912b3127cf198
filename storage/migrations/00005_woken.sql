-- +goose Up

-- Acknowledged alerts wake again too, when nobody resolves them.
DROP INDEX alerts_escalate;
CREATE INDEX alerts_escalate ON alerts (next_step_at) WHERE state <> 'resolved' AND next_step_at IS NOT NULL;

-- What a clinic was called about in some weeks, for its report and digest.
CREATE INDEX alerts_opened ON alerts (clinic_id, opened_at);

-- +goose Down
DROP INDEX alerts_opened;
DROP INDEX alerts_escalate;
CREATE INDEX alerts_escalate ON alerts (next_step_at) WHERE state = 'open' AND next_step_at IS NOT NULL;
