-- One inbound text, statement by statement as the bot runs it: store it, step the
-- patient, keep the event, the answer with its job and the silent line with its
-- job. Sealed columns have the sizes they have there. bench_people numbers the
-- patients.
\set n random(1, 1000)
BEGIN;
SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at FROM patients WHERE clinic_id = 'northside' AND phone_hash = (SELECT phone_hash FROM bench_people WHERE n = :n) ORDER BY id FOR NO KEY UPDATE;
INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number, phone_hash, phone, body, media, in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason, segments, attempts, created_at, sent_at) SELECT gen_random_uuid()::text, 'northside', id, 'in', '', '', 'received', '+13125550199', phone_hash, phone, decode(repeat('ab', 62), 'hex'), '', '', gen_random_uuid()::text, '', 0, '', 0, '', 1, 0, created_at, created_at FROM bench_people WHERE n = :n ON CONFLICT (provider_id) WHERE provider_id <> '' DO NOTHING;
UPDATE patients SET external_id = external_id, phone_hash = phone_hash, phone = phone, name = name, time_zone = time_zone, language = language, consent = consent, stage = stage, paused = paused, snapshot = decode(repeat('ab', 600), 'hex'), seq = seq + 1, updated_at = updated_at + 1 WHERE id = (SELECT id FROM bench_people WHERE n = :n) AND clinic_id = 'northside';
INSERT INTO events (patient_id, seq, clinic_id, at, kind, payload) SELECT id, seq, clinic_id, updated_at, 'text_received', decode(repeat('ab', 170), 'hex') FROM patients WHERE id = (SELECT id FROM bench_people WHERE n = :n);
SELECT id, level, state, payload FROM alerts WHERE patient_id = (SELECT id FROM bench_people WHERE n = :n) AND clinic_id = 'northside' ORDER BY opened_at DESC, id DESC LIMIT 10;
SELECT id, state, channel, ts FROM posts WHERE patient_id = (SELECT id FROM bench_people WHERE n = :n) AND clinic_id = 'northside' AND kind = 'thread' ORDER BY created_at DESC LIMIT 1;
INSERT INTO posts (id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload, version, posted_version, reason, attempts, created_at) SELECT gen_random_uuid()::text, 'northside', '', id, 'line', 'queued', 'C0123ABCD', '', '', decode(repeat('ab', 160), 'hex'), 1, 0, '', 0, created_at FROM bench_people WHERE n = :n;
INSERT INTO river_job (args, kind, max_attempts, metadata, priority, queue, scheduled_at, state, tags) VALUES ('{"clinic_id":"northside","post_id":"01a2093f-c50a-7e0a-9a2e-31572fef798f"}', 'post', 20, '{}', 2, 'default', now(), 'available', '{}') RETURNING id;
SELECT COUNT(*) FROM messages WHERE patient_id = (SELECT id FROM bench_people WHERE n = :n) AND state IN ('queued', 'sending') AND class IN ('safety', 'opt_out', 'answer');
INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number, phone_hash, phone, body, media, in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason, segments, attempts, created_at, expires_at) SELECT gen_random_uuid()::text, 'northside', id, 'out', 'travel_noted', 'answer', 'cancelled', '+13125550199', phone_hash, phone, decode(repeat('ab', 130), 'hex'), '', '', '', '', 0, '', 0, '', 0, 0, created_at, created_at + 43200000000 FROM bench_people WHERE n = :n;
INSERT INTO river_job (args, kind, max_attempts, metadata, priority, queue, scheduled_at, state, tags) VALUES ('{"clinic_id":"northside","message_id":"01a2093f-c50a-7e0a-9a2e-31572fef798f"}', 'send_text', 20, '{}', 1, 'default', now(), 'available', '{}') RETURNING id;
COMMIT;
