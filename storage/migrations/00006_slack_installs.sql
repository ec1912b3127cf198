-- +goose Up

-- The workspaces that installed the Slack app over OAuth. A workspace is served
-- by the clinics that the clinic file gives it; the token is sealed.
CREATE TABLE slack_installs (
    team         TEXT PRIMARY KEY,
    clinic_id    TEXT NOT NULL, -- for which it was installed first or last
    token        BYTEA NOT NULL,
    bot_user     TEXT NOT NULL,
    installed_by TEXT NOT NULL, -- Slack user
    installed_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE slack_installs;
