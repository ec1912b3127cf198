-- +goose Up

-- Times are microseconds since 1970, UTC. Columns of BYTEA are encrypted, but
-- for phone_hash and hash, which are keyed or plain hashes. Optional text is ''.

CREATE TABLE clinics (
    id         TEXT PRIMARY KEY,
    name       TEXT   NOT NULL,
    time_zone  TEXT   NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE clinicians (
    clinic_id  TEXT    NOT NULL REFERENCES clinics (id),
    id         TEXT    NOT NULL, -- as the clinic file names them
    slack_id   TEXT    NOT NULL,
    name       BYTEA   NOT NULL,
    phone      BYTEA   NOT NULL,
    on_call    INTEGER NOT NULL, -- 1 is rung first; 0 is never rung
    active     BOOLEAN NOT NULL,
    updated_at BIGINT  NOT NULL,
    PRIMARY KEY (clinic_id, id)
);

CREATE TABLE patients (
    id          TEXT PRIMARY KEY,
    clinic_id   TEXT    NOT NULL REFERENCES clinics (id),
    external_id TEXT    NOT NULL,
    phone_hash  BYTEA   NOT NULL,
    phone       BYTEA   NOT NULL,
    name        BYTEA   NOT NULL,
    time_zone   TEXT    NOT NULL, -- this and the next four repeat the snapshot, for reports
    language    TEXT    NOT NULL,
    consent     TEXT    NOT NULL,
    stage       TEXT    NOT NULL,
    paused      BOOLEAN NOT NULL,
    snapshot    BYTEA   NOT NULL,
    seq         BIGINT  NOT NULL, -- how many events made the snapshot
    created_at  BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL
);
CREATE UNIQUE INDEX patients_external ON patients (clinic_id, external_id) WHERE external_id <> '';
CREATE INDEX patients_phone ON patients (clinic_id, phone_hash);
CREATE INDEX patients_clinic ON patients (clinic_id, id);

CREATE TABLE events (
    patient_id TEXT   NOT NULL REFERENCES patients (id),
    seq        BIGINT NOT NULL,
    clinic_id  TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    payload    BYTEA  NOT NULL,
    PRIMARY KEY (patient_id, seq)
);

CREATE TABLE consents (
    id             TEXT PRIMARY KEY,
    clinic_id      TEXT   NOT NULL,
    patient_id     TEXT   NOT NULL REFERENCES patients (id),
    at             BIGINT NOT NULL,
    action         TEXT   NOT NULL,
    method         TEXT   NOT NULL,
    words          BYTEA  NOT NULL,
    provider_id    TEXT   NOT NULL,
    policy_version TEXT   NOT NULL,
    actor          TEXT   NOT NULL
);
CREATE INDEX consents_patient ON consents (patient_id, at);

CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    clinic_id   TEXT   NOT NULL,
    patient_id  TEXT   NOT NULL REFERENCES patients (id),
    external_id TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    ended_at    BIGINT NOT NULL,
    note        BYTEA  NOT NULL,
    created_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_external ON sessions (clinic_id, external_id) WHERE external_id <> '';
CREATE INDEX sessions_patient ON sessions (patient_id, ended_at);

CREATE TABLE follow_ups (
    id         TEXT PRIMARY KEY,
    clinic_id  TEXT   NOT NULL,
    patient_id TEXT   NOT NULL REFERENCES patients (id),
    key        TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    due_at     BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    queued_at  BIGINT,
    done_at    BIGINT
);
CREATE UNIQUE INDEX follow_ups_key ON follow_ups (patient_id, key) WHERE state IN ('pending', 'queued');
CREATE INDEX follow_ups_due ON follow_ups (due_at) WHERE state = 'pending';
CREATE INDEX follow_ups_queued ON follow_ups (queued_at) WHERE state = 'queued';

CREATE TABLE messages (
    id              TEXT PRIMARY KEY,
    clinic_id       TEXT    NOT NULL,
    patient_id      TEXT    NOT NULL, -- '' when nobody knows whose phone it is
    direction       TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    class           TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    number          TEXT    NOT NULL, -- ours
    phone_hash      BYTEA   NOT NULL,
    phone           BYTEA   NOT NULL, -- theirs
    body            BYTEA   NOT NULL,
    media           BYTEA   NOT NULL,
    in_reply_to     TEXT    NOT NULL,
    provider_id     TEXT    NOT NULL,
    provider_status TEXT    NOT NULL,
    rank            INTEGER NOT NULL, -- of provider_status; only rises
    carrier_done    TEXT    NOT NULL,
    error_code      INTEGER NOT NULL,
    reason          TEXT    NOT NULL,
    segments        INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    created_at      BIGINT  NOT NULL,
    not_before      BIGINT,
    expires_at      BIGINT,
    attempted_at    BIGINT,
    sent_at         BIGINT,
    done_at         BIGINT
);
CREATE UNIQUE INDEX messages_provider ON messages (provider_id) WHERE provider_id <> '';
CREATE INDEX messages_patient ON messages (patient_id, created_at) WHERE patient_id <> '';
CREATE INDEX messages_unknown ON messages (clinic_id, phone_hash, created_at) WHERE patient_id = '';
CREATE INDEX messages_queued ON messages (patient_id) WHERE state = 'queued';
CREATE INDEX messages_sending ON messages (attempted_at) WHERE state = 'sending';

CREATE TABLE delivery_reports (
    id           TEXT PRIMARY KEY,
    clinic_id    TEXT    NOT NULL,
    message_id   TEXT    NOT NULL, -- '' when no message of ours matches
    provider_id  TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    error_code   INTEGER NOT NULL,
    carrier_done TEXT    NOT NULL,
    at           BIGINT  NOT NULL
);
CREATE UNIQUE INDEX delivery_reports_once ON delivery_reports (provider_id, status, error_code);
CREATE INDEX delivery_reports_message ON delivery_reports (message_id);

CREATE TABLE readings (
    id         TEXT PRIMARY KEY,
    clinic_id  TEXT   NOT NULL,
    patient_id TEXT   NOT NULL REFERENCES patients (id),
    session_id TEXT   NOT NULL,
    message_id TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    answer     BYTEA  NOT NULL
);
CREATE INDEX readings_patient ON readings (patient_id, at);

CREATE TABLE lifts (
    id         TEXT PRIMARY KEY,
    clinic_id  TEXT   NOT NULL,
    patient_id TEXT   NOT NULL REFERENCES patients (id),
    session_id TEXT   NOT NULL,
    message_id TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    work       BYTEA  NOT NULL
);
CREATE INDEX lifts_patient ON lifts (patient_id, at);

CREATE TABLE flare_ups (
    id         TEXT PRIMARY KEY,
    clinic_id  TEXT   NOT NULL,
    patient_id TEXT   NOT NULL REFERENCES patients (id),
    key        TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    onset_at   BIGINT NOT NULL,
    settled_at BIGINT,
    outcome    TEXT   NOT NULL,
    detail     BYTEA  NOT NULL
);
CREATE UNIQUE INDEX flare_ups_key ON flare_ups (patient_id, key);

CREATE TABLE alerts (
    id              TEXT PRIMARY KEY,
    clinic_id       TEXT    NOT NULL,
    patient_id      TEXT    NOT NULL, -- '' for a number nobody knows: the key says which
    key             TEXT    NOT NULL,
    level           TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    step            INTEGER NOT NULL, -- of the escalation
    next_step_at    BIGINT,
    opened_at       BIGINT  NOT NULL,
    delivered_at    BIGINT,
    acknowledged_at BIGINT,
    acknowledged_by TEXT    NOT NULL,
    resolved_at     BIGINT,
    resolved_by     TEXT    NOT NULL,
    outcome         BYTEA   NOT NULL,
    payload         BYTEA   NOT NULL
);
CREATE UNIQUE INDEX alerts_open ON alerts (clinic_id, patient_id, key) WHERE state <> 'resolved';
CREATE INDEX alerts_escalate ON alerts (next_step_at) WHERE state = 'open' AND next_step_at IS NOT NULL;
CREATE INDEX alerts_patient ON alerts (patient_id, opened_at);

CREATE TABLE posts (
    id             TEXT PRIMARY KEY,
    clinic_id      TEXT    NOT NULL,
    alert_id       TEXT    NOT NULL,
    patient_id     TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    channel        TEXT    NOT NULL,
    ts             TEXT    NOT NULL,
    thread_ts      TEXT    NOT NULL,
    payload        BYTEA   NOT NULL,
    version        INTEGER NOT NULL, -- of the payload
    posted_version INTEGER NOT NULL, -- what the channel shows; 0 for nothing
    reason         TEXT    NOT NULL,
    attempts       INTEGER NOT NULL,
    created_at     BIGINT  NOT NULL,
    attempted_at   BIGINT,
    posted_at      BIGINT
);
CREATE INDEX posts_alert ON posts (alert_id, created_at) WHERE alert_id <> '';
CREATE INDEX posts_patient ON posts (patient_id, created_at) WHERE patient_id <> '';
CREATE INDEX posts_place ON posts (channel, ts) WHERE ts <> '';
CREATE INDEX posts_posting ON posts (attempted_at) WHERE state = 'posting';
CREATE INDEX posts_queued ON posts (created_at) WHERE state = 'queued';

CREATE TABLE calls (
    id           TEXT PRIMARY KEY,
    clinic_id    TEXT    NOT NULL,
    alert_id     TEXT    NOT NULL,
    clinician_id TEXT    NOT NULL,
    phone        BYTEA   NOT NULL,
    provider_id  TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    result       TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    created_at   BIGINT  NOT NULL,
    attempted_at BIGINT,
    placed_at    BIGINT,
    done_at      BIGINT
);
CREATE UNIQUE INDEX calls_provider ON calls (provider_id) WHERE provider_id <> '';
CREATE INDEX calls_alert ON calls (alert_id, created_at);
CREATE INDEX calls_calling ON calls (attempted_at) WHERE state = 'calling';

CREATE TABLE api_tokens (
    id           TEXT PRIMARY KEY,
    clinic_id    TEXT   NOT NULL, -- '' for every clinic
    name         TEXT   NOT NULL,
    hash         BYTEA  NOT NULL UNIQUE, -- SHA-256 of the token
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at   BIGINT
);

CREATE TABLE audit (
    id        TEXT PRIMARY KEY,
    clinic_id TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    actor     TEXT   NOT NULL,
    action    TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    detail    BYTEA  NOT NULL
);
CREATE INDEX audit_clinic ON audit (clinic_id, at);
CREATE INDEX audit_subject ON audit (subject, at);

CREATE TABLE seen (
    key TEXT PRIMARY KEY,
    at  BIGINT NOT NULL
);
CREATE INDEX seen_at ON seen (at);

CREATE TABLE cursors (
    name       TEXT PRIMARY KEY,
    value      TEXT   NOT NULL,
    updated_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE cursors;
DROP TABLE seen;
DROP TABLE audit;
DROP TABLE api_tokens;
DROP TABLE calls;
DROP TABLE posts;
DROP TABLE alerts;
DROP TABLE flare_ups;
DROP TABLE lifts;
DROP TABLE readings;
DROP TABLE delivery_reports;
DROP TABLE messages;
DROP TABLE follow_ups;
DROP TABLE sessions;
DROP TABLE consents;
DROP TABLE events;
DROP TABLE patients;
DROP TABLE clinicians;
DROP TABLE clinics;
