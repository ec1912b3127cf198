
			INSERT INTO alerts (id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at,
			                    delivered_at, acknowledged_by, resolved_by, outcome, payload)
			VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, '', '', '', $11)
			ON CONFLICT (clinic_id, patient_id, key) WHERE state <> 'resolved' DO NOTHING
;

			SELECT id, clinic_id, patient_id, direction, kind, class, state, provider_id, provider_status, rank,
			       carrier_done, error_code, created_at, sent_at, done_at
			FROM messages
			WHERE id = $1 AND direction = 'out'
			/*pg: FOR UPDATE */
;

			UPDATE api_tokens SET revoked_at = $2
			WHERE id = $1 AND revoked_at IS NULL
;

		/*pg: WITH saved AS ( */
		UPDATE patients
		SET time_zone = $4, language = $5, consent = $6, stage = $7, paused = $8,
		    snapshot = $9, seq = seq + 1, updated_at = $10
		WHERE id = $1 AND clinic_id = $2 AND seq = $3
		/*pg: RETURNING id, seq, clinic_id, updated_at)
		INSERT INTO events (patient_id, seq, clinic_id, at, kind, payload)
		SELECT id, seq, clinic_id, updated_at, $11, CAST($12 AS BYTEA) FROM saved */
;

		DELETE FROM lifts
		WHERE patient_id = $1 AND clinic_id = $2 AND session_id = $3 AND message_id = ''
;

		INSERT INTO api_tokens (id, clinic_id, name, hash, created_at)
		VALUES ($1, $2, $3, $4, $5)
;

		INSERT INTO audit (id, clinic_id, at, actor, action, subject, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
;

		INSERT INTO calls (id, clinic_id, alert_id, clinician_id, phone, provider_id, state, result, attempts, created_at)
		VALUES ($1, $2, $3, $4, $5, '', 'queued', '', 0, $6)
;

		INSERT INTO clinicians (clinic_id, id, slack_id, name, phone, on_call, active, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7)
		ON CONFLICT (clinic_id, id) DO UPDATE
		SET slack_id = excluded.slack_id, name = excluded.name, phone = excluded.phone,
		    on_call = excluded.on_call, active = TRUE, updated_at = excluded.updated_at
;

		INSERT INTO clinics (id, name, time_zone, updated_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, time_zone = excluded.time_zone, updated_at = excluded.updated_at
;

		INSERT INTO consents (id, clinic_id, patient_id, at, action, method, words, provider_id, policy_version, actor)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
;

		INSERT INTO cursors (name, value, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
;

		INSERT INTO cursors (name, value, updated_at) VALUES ($1, '', $2)
		ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at
		WHERE cursors.updated_at <= $3 OR cursors.updated_at > $2 -- a clock that was set back
		RETURNING value
;

		INSERT INTO delivery_reports (id, clinic_id, message_id, provider_id, status, error_code, carrier_done, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (provider_id, status, error_code) DO NOTHING
;

		INSERT INTO events (patient_id, seq, clinic_id, at, kind, payload)
		VALUES ($1, $2, $3, $4, $5, $6)
;

		INSERT INTO flare_ups (id, clinic_id, patient_id, key, kind, onset_at, settled_at, outcome, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (patient_id, key) DO UPDATE
		SET kind = excluded.kind, onset_at = excluded.onset_at, settled_at = excluded.settled_at,
		    outcome = excluded.outcome, detail = excluded.detail
		WHERE flare_ups.id = excluded.id
;

		INSERT INTO follow_ups (id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, 'pending', '', $7)
		ON CONFLICT (patient_id, key) WHERE state IN ('pending', 'queued') DO UPDATE
		SET kind = excluded.kind, due_at = excluded.due_at, state = 'pending', queued_at = NULL
		WHERE follow_ups.due_at <> excluded.due_at OR follow_ups.kind <> excluded.kind OR follow_ups.state <> 'pending'
;

		INSERT INTO lifts (id, clinic_id, patient_id, session_id, message_id, at, work)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
;

		INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number,
		                      phone_hash, phone, body, media, in_reply_to, provider_id, provider_status,
		                      rank, carrier_done, error_code, reason, segments, attempts, created_at,
		                      not_before, expires_at)
		VALUES ($1, $2, $3, 'out', $4, $5, 'queued', $6, $7, $8, $9, $10, $11, '', '', 0, '', 0, '', $12, 0, $13, $14, $15)
;

		INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number,
		                      phone_hash, phone, body, media, in_reply_to, provider_id, provider_status,
		                      rank, carrier_done, error_code, reason, segments, attempts, created_at,
		                      not_before, expires_at, attempted_at)
		VALUES ($1, $2, $3, 'out', $4, $5,
		        CASE WHEN EXISTS (
		        	SELECT 1 FROM messages
		        	WHERE patient_id = CAST($3 AS TEXT) -- SQLite plans anew for every bare argument that could be the '' of messages_unknown
		        	  AND state IN ('queued', 'sending') AND id < $1 AND class IN ($16, $17, $18, $19, $20, $21))
		        THEN 'queued' ELSE 'sending' END,
		        $6, $7, $8, $9, $10, $11, '', '', 0, '', 0, '', $12, 1, $13, $14, $15, $13)
		RETURNING state
;

		INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number,
		                      phone_hash, phone, body, media, in_reply_to, provider_id, provider_status,
		                      rank, carrier_done, error_code, reason, segments, attempts, created_at, sent_at)
		VALUES ($1, $2, $3, 'in', $4, '', 'received', $5, $6, $7, $8, $9, '', $10, '', 0, '', 0, '', $11, 0, $12, $13)
		ON CONFLICT (provider_id) WHERE provider_id <> '' DO NOTHING
;

		INSERT INTO paces (name, next_at) VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT))
		ON CONFLICT (name) DO UPDATE
		SET next_at = CASE WHEN paces.next_at > $2 THEN paces.next_at ELSE CAST($2 AS BIGINT) END + CAST($3 AS BIGINT)
		WHERE paces.next_at <= $4
		RETURNING next_at
;

		INSERT INTO paces (name, next_at) VALUES ($1, CAST($2 AS BIGINT))
		ON CONFLICT (name) DO UPDATE
		SET next_at = CASE WHEN paces.next_at > excluded.next_at THEN paces.next_at ELSE excluded.next_at END
;

		INSERT INTO patients (id, clinic_id, external_id, phone_hash, phone, name,
		                      time_zone, language, consent, stage, paused, snapshot,
		                      seq, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $13)
		ON CONFLICT (clinic_id, external_id) WHERE external_id <> '' DO NOTHING
;

		INSERT INTO posts (id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		                   version, posted_version, reason, attempts, created_at)
		VALUES ($1, $2, $3, $4, $5, 'queued', $6, '', $7, $8, 1, 0, '', 0, $9)
;

		INSERT INTO readings (id, clinic_id, patient_id, session_id, message_id, kind, at, answer)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
;

		INSERT INTO scores (id, clinic_id, patient_id, kind, at, detail)
		VALUES ($1, $2, $3, $4, $5, $6)
;

		INSERT INTO seen (key, at) VALUES ($1, $2)
		ON CONFLICT (key) DO NOTHING
;

		INSERT INTO sessions (id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (clinic_id, external_id) WHERE external_id <> '' DO NOTHING
;

		INSERT INTO slack_installs (team, clinic_id, token, bot_user, installed_by, installed_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (team) DO UPDATE
		SET clinic_id = excluded.clinic_id, token = excluded.token, bot_user = excluded.bot_user,
		    installed_by = excluded.installed_by, installed_at = excluded.installed_at
;

		INSERT INTO trips (id, clinic_id, patient_id, begins, at, detail)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (patient_id, begins) DO UPDATE
		SET at = excluded.at, detail = excluded.detail
		WHERE trips.id = excluded.id
;

		SELECT COALESCE(
			(SELECT posts.id FROM alerts JOIN posts ON posts.alert_id = alerts.id AND posts.alert_id <> '' AND posts.clinic_id = alerts.clinic_id
			 WHERE alerts.patient_id = $1 AND alerts.clinic_id = $2 AND alerts.state <> 'resolved'
			 ORDER BY alerts.opened_at DESC, alerts.id DESC, posts.created_at, posts.id
			 LIMIT 1),
			(SELECT id FROM posts
			 WHERE patient_id = $1 AND patient_id <> '' AND clinic_id = $2 AND kind = $3
			 ORDER BY created_at, id
			 LIMIT 1),
			'')
;

		SELECT COUNT(*) FROM posts
		WHERE state = 'queued' AND channel = $1 AND created_at <= $2 AND (created_at < $2 OR id < $3)
;

		SELECT EXISTS (
			SELECT 1 FROM alerts
			WHERE state <> 'resolved' AND next_step_at IS NOT NULL AND next_step_at <= $1)
;

		SELECT EXISTS (
			SELECT 1 FROM alerts
			WHERE state <> 'resolved' AND next_step_at IS NOT NULL AND step_set_at > $1)
;

		SELECT EXISTS (SELECT 1 FROM messages WHERE state = 'sending')
		    OR EXISTS (SELECT 1 FROM posts WHERE state = 'posting')
		    OR EXISTS (SELECT 1 FROM calls WHERE state = 'calling')
;

		SELECT MIN(due) FROM (
			SELECT MIN(due_at) AS due FROM follow_ups WHERE state = 'pending' AND due_at > $1
			UNION ALL
			SELECT MIN(next_step_at) AS due FROM alerts WHERE state <> 'resolved' AND next_step_at IS NOT NULL
		) AS waiting
;

		SELECT class FROM messages
		WHERE patient_id = CAST($1 AS TEXT) -- SQLite plans anew for every bare argument that could be the '' of messages_unknown
		  AND state IN ('queued', 'sending') AND id < $2
;

		SELECT clinic_id, message_id, provider_id, status, error_code, carrier_done, at
		FROM delivery_reports
		WHERE message_id = $1 AND clinic_id = $2
		ORDER BY at, id
;

		SELECT direction, state, COUNT(*) AS count
		FROM messages
		WHERE clinic_id = $1 AND created_at >= $2 AND created_at < $3
		GROUP BY direction, state
		ORDER BY direction, state
;

		SELECT id FROM flare_ups WHERE patient_id = $1 AND key = $2
;

		SELECT id FROM messages WHERE provider_id = $1 AND provider_id <> ''
;

		SELECT id FROM trips WHERE patient_id = $1 AND begins = $2
;

		SELECT id, clinic_id, alert_id, clinician_id, phone, provider_id, state, result,
		       attempts, created_at, attempted_at, placed_at, done_at
		FROM calls
		WHERE alert_id = $1 AND clinic_id = $2
		ORDER BY created_at, id
;

		SELECT id, clinic_id, alert_id, clinician_id, phone, provider_id, state, result,
		       attempts, created_at, attempted_at, placed_at, done_at
		FROM calls
		WHERE id = $1
		/*pg: FOR UPDATE */
;

		SELECT id, clinic_id, alert_id, clinician_id, phone, provider_id, state, result,
		       attempts, created_at, attempted_at, placed_at, done_at
		FROM calls
		WHERE provider_id = $1 AND provider_id <> ''
;

		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE alert_id = $1 AND alert_id <> '' AND clinic_id = $2
		ORDER BY created_at, id
;

		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE channel = $1 AND ts = $2 AND ts <> ''
;

		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE id = $1
		/*pg: FOR UPDATE */
;

		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE id = $1 AND clinic_id = $2
;

		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE patient_id = $1 AND patient_id <> '' AND clinic_id = $2 AND state = 'queued'
		ORDER BY created_at, id
;

		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE state = 'queued' AND created_at < $1
		ORDER BY created_at, id
		LIMIT $2
;

		SELECT id, clinic_id, at, actor, action, subject, detail
		FROM audit
		WHERE clinic_id = $1 AND at >= $2 AND at < $3
		ORDER BY at, id
		LIMIT $4
;

		SELECT id, clinic_id, attempted_at FROM calls
		WHERE state = 'calling' AND attempted_at < $1 AND (attempted_at, id) > ($2, $3)
		ORDER BY attempted_at, id
		LIMIT $4
		/*pg: FOR UPDATE SKIP LOCKED */
;

		SELECT id, clinic_id, attempted_at FROM messages
		WHERE state = 'sending' AND attempted_at < $1 AND (attempted_at, id) > ($2, $3)
		ORDER BY attempted_at, id
		LIMIT $4
		/*pg: FOR UPDATE SKIP LOCKED */
;

		SELECT id, clinic_id, attempted_at FROM posts
		WHERE state = 'posting' AND attempted_at < $1 AND (attempted_at, id) > ($2, $3)
		ORDER BY attempted_at, id
		LIMIT $4
		/*pg: FOR UPDATE SKIP LOCKED */
;

		SELECT id, clinic_id, channel, created_at
		FROM (SELECT id, clinic_id, channel, created_at,
		             ROW_NUMBER() OVER (PARTITION BY channel ORDER BY created_at, id) AS place
		      FROM posts
		      WHERE state = 'queued' AND attempts = 0) AS waiting
		WHERE place <= $1
		ORDER BY created_at, id
;

		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE clinic_id = $1 AND external_id = $2 AND external_id <> ''
;

		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE clinic_id = $1 AND id > $2
		ORDER BY id
		LIMIT $3
;

		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE clinic_id = $1 AND phone_hash IN ($2, $3, $4)
		ORDER BY id || '' -- by no index: one that has them in order has the whole clinic
;

		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE clinic_id = $1 AND phone_hash IN ($2, $3, $4)
		ORDER BY id || '' -- by no index: one that has them in order has the whole clinic
		/*pg: FOR NO KEY UPDATE */
;

		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE id = $1 AND clinic_id = $2
;

		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE id = $1 AND clinic_id = $2
		/*pg: FOR NO KEY UPDATE */
;

		SELECT id, clinic_id, kind, state, channel, ts, payload
		FROM posts
		WHERE id = $1 AND clinic_id = $2
;

		SELECT id, clinic_id, name, created_at, last_used_at, revoked_at
		FROM api_tokens
		ORDER BY created_at, id
;

		SELECT id, clinic_id, name, hash, created_at, last_used_at, revoked_at
		FROM api_tokens
		WHERE hash = $1
;

		SELECT id, clinic_id, patient_id, at, action, method, words, provider_id, policy_version, actor
		FROM consents
		WHERE patient_id = $1 AND clinic_id = $2
		ORDER BY at, id
;

		SELECT id, clinic_id, patient_id, begins, at, detail
		FROM trips
		WHERE patient_id = $1 AND clinic_id = $2
		ORDER BY begins, id
;

		SELECT id, clinic_id, patient_id, class, state, expires_at
		FROM messages
		WHERE id = $1 AND clinic_id = $2
;

		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE clinic_id = $1 AND phone_hash IN ($2, $3, $4) AND patient_id = ''
		ORDER BY created_at DESC, id DESC
		LIMIT $5
;

		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE id = $1
		/*pg: FOR UPDATE */
;

		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE id = $1 AND clinic_id = $2
;

		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE patient_id = CAST($1 AS TEXT) AND patient_id <> '' AND clinic_id = $2
		ORDER BY created_at DESC, id DESC
		LIMIT $3
;

		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE state = 'queued' AND created_at < $1
		ORDER BY created_at, id
		LIMIT $2
;

		SELECT id, clinic_id, patient_id, direction, kind, class, state, provider_id, provider_status, rank,
		       carrier_done, error_code, created_at, sent_at, done_at
		FROM messages
		WHERE provider_id = $1 AND provider_id <> '' AND direction = 'out'
		/*pg: FOR UPDATE */
;

		SELECT id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at, cancelled_at
		FROM sessions
		WHERE clinic_id = $1 AND external_id = $2 AND external_id <> ''
;

		SELECT id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at, cancelled_at
		FROM sessions
		WHERE id = $1 AND clinic_id = $2
;

		SELECT id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at, cancelled_at
		FROM sessions
		WHERE patient_id = $1 AND clinic_id = $2 AND ended_at >= $3 AND cancelled_at IS NULL
		ORDER BY ended_at, id
;

		SELECT id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at, queued_at, done_at
		FROM follow_ups
		WHERE id = $1 AND clinic_id = $2
;

		SELECT id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at, queued_at, done_at
		FROM follow_ups
		WHERE patient_id = $1 AND clinic_id = $2 AND state IN ('pending', 'queued')
		ORDER BY due_at, id
;

		SELECT id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at, queued_at, done_at
		FROM follow_ups
		WHERE state = 'pending' AND due_at <= $1
		ORDER BY due_at
		LIMIT $2
;

		SELECT id, clinic_id, patient_id, key, kind, onset_at, settled_at, outcome, detail
		FROM flare_ups
		WHERE patient_id = $1 AND clinic_id = $2 AND onset_at >= $3
		ORDER BY onset_at, id
;

		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE clinic_id = $1 AND opened_at >= $2
		ORDER BY opened_at, id
;

		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE clinic_id = $1 AND patient_id = $2 AND key = $3 AND state <> 'resolved'
		/*pg: FOR UPDATE */
;

		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE clinic_id = $1 AND state <> 'resolved'
		ORDER BY opened_at, id
;

		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE id = $1 AND clinic_id = $2
;

		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE id = $1 AND clinic_id = $2
		/*pg: FOR UPDATE */
;

		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE patient_id = $1 AND clinic_id = $2
		ORDER BY opened_at DESC, id DESC
		LIMIT $3
;

		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE state <> 'resolved' AND next_step_at IS NOT NULL AND step_set_at > $1
		LIMIT 1
		/*pg: FOR UPDATE SKIP LOCKED */
;

		SELECT id, clinic_id, patient_id, kind, at, detail
		FROM scores
		WHERE patient_id = $1 AND clinic_id = $2 AND at >= $3
		ORDER BY at, id
;

		SELECT id, clinic_id, patient_id, session_id, message_id, at, work
		FROM lifts
		WHERE patient_id = $1 AND clinic_id = $2 AND at >= $3
		ORDER BY at, id
;

		SELECT id, clinic_id, patient_id, session_id, message_id, at, work
		FROM lifts
		WHERE patient_id = $1 AND clinic_id = $2 AND session_id = $3 AND message_id = ''
		ORDER BY id
;

		SELECT id, clinic_id, patient_id, session_id, message_id, kind, at, answer
		FROM readings
		WHERE patient_id = $1 AND clinic_id = $2 AND at >= $3
		ORDER BY at, id
;

		SELECT id, slack_id, name, phone, on_call
		FROM clinicians
		WHERE clinic_id = $1 AND active
		ORDER BY on_call, id
;

		SELECT patient_id, seq, clinic_id, at, kind, payload
		FROM events
		WHERE patient_id = $1 AND clinic_id = $2 AND seq > $3
		ORDER BY seq
		LIMIT $4
;

		SELECT state, COUNT(*) AS count, MIN(created_at) AS oldest
		FROM messages WHERE state = 'queued' GROUP BY state
		UNION ALL
		SELECT state, COUNT(*) AS count, MIN(created_at) AS oldest
		FROM messages WHERE state = 'sending' GROUP BY state
;

		SELECT state, COUNT(*) AS jobs
		FROM river_job
		WHERE state IN ('available', 'cancelled', 'discarded', 'pending', 'retryable', 'running', 'scheduled')
		GROUP BY state
;

		SELECT team, clinic_id, token, bot_user, installed_by, installed_at
		FROM slack_installs
		WHERE team = $1
;

		UPDATE alerts SET level = $3, step = $4, next_step_at = $5, step_set_at = $6, delivered_at = $7, payload = $8
		WHERE id = $1 AND clinic_id = $2
;

		UPDATE alerts SET state = 'acknowledged', acknowledged_at = $3, acknowledged_by = $4, next_step_at = NULL
		WHERE id = $1 AND clinic_id = $2 AND state = 'open'
		RETURNING id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		          acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
;

		UPDATE alerts SET state = 'open', acknowledged_by = ''
		WHERE id = $1 AND clinic_id = $2 AND state = 'acknowledged'
;

		UPDATE alerts SET state = 'resolved', resolved_at = $3, resolved_by = $4, outcome = $5, next_step_at = NULL
		WHERE id = $1 AND clinic_id = $2 AND state <> 'resolved'
		RETURNING id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		          acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
;

		UPDATE calls
		SET state = 'done', result = $3, done_at = $4,
		    provider_id = CASE WHEN provider_id = '' THEN $2 ELSE provider_id END
		WHERE id = $1 AND state <> 'done'
;

		UPDATE calls
		SET state = CASE WHEN state IN ('queued', 'calling') THEN 'placed' ELSE state END,
		    provider_id = CASE WHEN provider_id = '' THEN $2 ELSE provider_id END,
		    placed_at = COALESCE(placed_at, $3)
		WHERE id = $1 AND state <> 'failed'
;

		UPDATE calls SET state = 'calling', attempts = attempts + 1, attempted_at = $2
		WHERE id = $1 AND state = 'queued'
;

		UPDATE calls SET state = 'failed', result = $2, done_at = $3
		WHERE id = $1 AND state IN ('queued', 'calling')
;

		UPDATE calls SET state = 'queued', result = $2
		WHERE id = $1 AND state IN ('queued', 'calling')
;

		UPDATE clinicians SET active = FALSE, updated_at = $2
		WHERE clinic_id = $1 AND active
;

		UPDATE follow_ups SET state = 'cancelled', reason = $1, done_at = $2
		WHERE patient_id = $3 AND state IN ('pending', 'queued') AND key IN ($4)
;

		UPDATE follow_ups SET state = 'cancelled', reason = $2, done_at = $3
		WHERE patient_id = $1 AND state IN ('pending', 'queued')
;

		UPDATE follow_ups SET state = 'done', done_at = $2
		WHERE id = $1 AND state IN ('pending', 'queued') AND due_at <= $2
		RETURNING key, kind
;

		UPDATE follow_ups SET state = 'queued', queued_at = $2
		WHERE id = $1 AND state = 'pending'
;

		UPDATE messages
		SET provider_id = $2, provider_status = $3, rank = $4, state = $5, error_code = $6,
		    carrier_done = $7, reason = $8, sent_at = $9, done_at = $10
		WHERE id = $1
;

		UPDATE messages
		SET state           = CASE WHEN state IN ('queued', 'sending') THEN 'sent' ELSE state END,
		    provider_id     = CASE WHEN messages.provider_id <> '' THEN messages.provider_id ELSE /*pg:said.provider_id --*/ $2
		                      END,
		    provider_status = CASE WHEN messages.rank >= /*pg:said.rank --*/ $3
		                      THEN provider_status ELSE /*pg:said.status --*/ $4
		                      END,
		    rank            = CASE WHEN messages.rank >= /*pg:said.rank --*/ $3
		                      THEN messages.rank ELSE /*pg:said.rank --*/ $3
		                      END,
		    segments        = COALESCE(NULLIF(/*pg:said.segments --*/ $5
		                      , 0), messages.segments),
		    sent_at         = COALESCE(sent_at, /*pg:said.at --*/ $6
		                      ),
		    reason          = CASE WHEN state IN ('queued', 'sending') THEN '' ELSE reason END
		/*pg:FROM (SELECT unnest($1::text[]) AS id, unnest($2::text[]) AS provider_id, unnest($3::int[]) AS rank,
		             unnest($4::text[]) AS status, unnest($5::int[]) AS segments, unnest($6::bigint[]) AS at) AS said*/
		WHERE messages.id = /*pg:said.id --*/ $1
		  AND direction = 'out' AND (state IN ('queued', 'sending', 'sent') OR messages.rank > 0)
		RETURNING messages.id AS id, COALESCE((
			SELECT others.id FROM messages AS others
			WHERE others.patient_id = messages.patient_id AND others.patient_id <> '' AND others.id <> messages.id
			  AND others.state IN ('queued', 'sending') AND others.state = 'queued'
			ORDER BY others.id
			LIMIT 1), '') AS following
;

		UPDATE messages SET attempts = 0, attempted_at = NULL WHERE id = $1
;

		UPDATE messages SET patient_id = $3, kind = $4
		WHERE id = $1 AND clinic_id = $2 AND direction = 'in'
;

		UPDATE messages SET state = 'cancelled', reason = $1, done_at = $2
		WHERE patient_id = CAST($3 AS TEXT) AND direction = 'out' AND state = 'queued' AND class NOT IN ($4)
;

		UPDATE messages SET state = 'cancelled', reason = $2, done_at = $3
		WHERE id = $1 AND state = 'queued'
;

		UPDATE messages SET state = 'failed', error_code = $2, reason = $3, done_at = $4
		WHERE id = $1 AND state IN ('queued', 'sending')
;

		UPDATE messages SET state = 'queued', reason = $2, not_before = $3
		WHERE id = $1 AND state IN ('queued', 'sending')
;

		UPDATE messages SET state = 'sending', attempts = attempts + 1, attempted_at = $2, reason = ''
		WHERE id = $1 AND state = 'queued'
;

		UPDATE patients SET external_id = $3, phone_hash = $4, phone = $5, name = $6
		WHERE id = $1 AND clinic_id = $2
;

		UPDATE posts
		SET payload = $3, version = version + 1,
		    state = CASE WHEN state = 'posting' THEN state ELSE 'queued' END
		WHERE id = $1 AND clinic_id = $2 AND state <> 'cancelled'
;

		UPDATE posts
		SET state = CASE WHEN version > $4 THEN 'queued' ELSE 'posted' END,
		    channel = $2, ts = $3, posted_version = $4,
		    posted_at = COALESCE(posted_at, $5), reason = ''
		WHERE id = $1 AND state IN ('queued', 'posting') AND posted_version <= $4
		RETURNING state
;

		UPDATE posts SET channel = $2
		WHERE id = $1 AND state = 'queued' AND ts = ''
;

		UPDATE posts SET state = 'cancelled', reason = $2
		WHERE id = $1 AND state = 'queued'
;

		UPDATE posts SET state = 'failed', reason = $2
		WHERE id = $1 AND state IN ('queued', 'posting')
;

		UPDATE posts SET state = 'posting', attempts = attempts + 1, attempted_at = $2, reason = ''
		WHERE id = $1 AND state = 'queued'
;

		UPDATE posts SET state = 'queued', reason = $2
		WHERE id = $1 AND state IN ('queued', 'posting')
;

		UPDATE sessions SET cancelled_at = $4
		WHERE id = $1 AND clinic_id = $2 AND patient_id = $3 AND cancelled_at IS NULL
;

		WITH due AS MATERIALIZED ( -- once: a plan that ran it again would claim more
			SELECT id FROM alerts
			WHERE state <> 'resolved' AND next_step_at IS NOT NULL AND next_step_at <= $1
			ORDER BY next_step_at
			LIMIT $3
			/*pg: FOR UPDATE SKIP LOCKED */)
		UPDATE alerts SET step = step + 1, next_step_at = $2, step_set_at = $1
		WHERE id IN (SELECT id FROM due)
		RETURNING id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		          acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
;
DELETE FROM seen WHERE at < $1
;
DELETE FROM slack_installs WHERE team = $1 AND installed_at <= $2
;
SELECT CURRENT_TIMESTAMP
;
SELECT MIN(due_at) FROM follow_ups WHERE state = 'pending'
;
SELECT MIN(not_before) FROM messages WHERE state = 'queued' AND attempts = 0 AND not_before > $1
;
SELECT id, name, time_zone FROM clinics ORDER BY id
;
SELECT next_at FROM paces WHERE name = $1
;
SELECT value FROM cursors WHERE name = $1
;
SELECT version_id FROM goose_db_version WHERE is_applied
;
UPDATE api_tokens SET last_used_at = $2 WHERE id = $1
;
UPDATE calls SET attempted_at = $1 WHERE state = 'calling' AND attempted_at > $2
;
UPDATE messages SET attempted_at = $1 WHERE state = 'sending' AND attempted_at > $2
;
UPDATE posts SET attempted_at = $1 WHERE state = 'posting' AND attempted_at > $2
