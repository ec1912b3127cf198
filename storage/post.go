package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// PostState is where a post stands.
type PostState string

// The states of a post.
const (
	PostQueued    PostState = "queued"    // what the channel shows is older than what we have
	PostPosting   PostState = "posting"   // marked just before Slack is called; found so later, the outcome is not known
	PostPosted    PostState = "posted"    // the channel shows it
	PostFailed    PostState = "failed"    // given up; Reason says why
	PostCancelled PostState = "cancelled" // not wanted any more; Reason says why
)

// Post is one message in a Slack channel. When its payload changes it is
// updated in place: Version counts the payloads, PostedVersion says which one
// the channel shows.
type Post struct {
	ID            string
	ClinicID      string
	AlertID       string // empty for a post that belongs to no alert
	PatientID     string // empty for a post about nobody we know
	Kind          string
	State         PostState
	Channel       string
	TS            string          // Slack's name for it in the channel; empty until posted
	ThreadTS      string          // the parent's; empty for a post of its own
	Payload       json.RawMessage // what it says: sealed
	Version       int             // from 1
	PostedVersion int             // 0 while the channel shows nothing
	Reason        string
	Attempts      int
	CreatedAt     Time
	AttemptedAt   Time
	PostedAt      Time
}

func (r Reader) openPost(p *Post) error {
	s := r.sealer("posts", p.ID, p.ClinicID)
	s.openRaw("payload", &p.Payload)
	return s.err
}

func (r Reader) openPosts(posts []Post, err error) ([]Post, error) {
	if err != nil {
		return nil, err
	}
	for i := range posts {
		if err := r.openPost(&posts[i]); err != nil {
			return nil, err
		}
	}
	return posts, nil
}

// InsertPost stores a post that is to appear, queued, and returns its id. The
// job that posts it belongs into the same transaction.
func (t *Tx) InsertPost(ctx context.Context, p Post, now time.Time) (string, error) {
	p.ID = orNewID(p.ID)
	s := t.sealer("posts", p.ID, p.ClinicID)
	payload := s.sealBytes("payload", p.Payload)
	if s.err != nil {
		return "", s.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO posts (id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		                   version, posted_version, reason, attempts, created_at)
		VALUES ($1, $2, $3, $4, $5, 'queued', $6, '', $7, $8, 1, 0, '', 0, $9)`,
		p.ID, p.ClinicID, p.AlertID, p.PatientID, p.Kind, p.Channel, p.ThreadTS, payload, At(now))
	return p.ID, doing(err, "insert post")
}

// LockPost reads a post and keeps others from changing it until the
// transaction ends.
func (t *Tx) LockPost(ctx context.Context, id string) (Post, error) {
	var p Post
	err := t.get(ctx, &p, `
		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE id = $1
		/*pg: FOR UPDATE */`,
		id)
	if err != nil {
		return Post{}, doing(err, "lock post %s", id)
	}
	return p, t.openPost(&p)
}

// ChangePost gives a post a new payload. One that was posted, or is being
// posted, is queued to be updated in place; one that failed is tried again.
// ErrState: it was cancelled.
func (t *Tx) ChangePost(ctx context.Context, p Post) error {
	s := t.sealer("posts", p.ID, p.ClinicID)
	payload := s.sealBytes("payload", p.Payload)
	if s.err != nil {
		return s.err
	}
	n, err := t.exec(ctx, `
		UPDATE posts
		SET payload = $3, version = version + 1,
		    state = CASE WHEN state = 'posting' THEN state ELSE 'queued' END
		WHERE id = $1 AND clinic_id = $2 AND state <> 'cancelled'`,
		p.ID, p.ClinicID, payload)
	return doing(changedOne(n, err, ErrState), "change post %s", p.ID)
}

// MarkPosting says that Slack is about to be called; commit it before the call.
// ErrState: the post does not wait any more.
func (t *Tx) MarkPosting(ctx context.Context, id string, at time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE posts SET state = 'posting', attempts = attempts + 1, attempted_at = $2, reason = ''
		WHERE id = $1 AND state = 'queued'`,
		id, At(at))
	return doing(changedOne(n, err, ErrState), "mark post %s posting", id)
}

// MarkPosted says that the channel shows a version. again is true when the
// payload changed meanwhile: the post is queued once more.
func (t *Tx) MarkPosted(ctx context.Context, id, channel, ts string, version int, at time.Time) (again bool, err error) {
	var state PostState
	err = t.get(ctx, &state, `
		UPDATE posts
		SET state = CASE WHEN version > $4 THEN 'queued' ELSE 'posted' END,
		    channel = $2, ts = $3, posted_version = $4,
		    posted_at = COALESCE(posted_at, $5), reason = ''
		WHERE id = $1 AND state IN ('queued', 'posting') AND posted_version <= $4
		RETURNING state`,
		id, channel, ts, version, at.UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrState
	}
	return state == PostQueued, doing(err, "mark post %s posted", id)
}

// RequeuePost lets a post wait again that Slack did not take.
func (t *Tx) RequeuePost(ctx context.Context, id, reason string) error {
	n, err := t.exec(ctx, `
		UPDATE posts SET state = 'queued', reason = $2
		WHERE id = $1 AND state IN ('queued', 'posting')`,
		id, reason)
	return doing(changedOne(n, err, ErrState), "requeue post %s", id)
}

// MovePost has a post that waits appear in another channel.
func (t *Tx) MovePost(ctx context.Context, id, channel string) error {
	n, err := t.exec(ctx, `
		UPDATE posts SET channel = $2
		WHERE id = $1 AND state = 'queued' AND ts = ''`,
		id, channel)
	return doing(changedOne(n, err, ErrState), "move post %s", id)
}

// FailPost gives a post up.
func (t *Tx) FailPost(ctx context.Context, id, reason string) error {
	n, err := t.exec(ctx, `
		UPDATE posts SET state = 'failed', reason = $2
		WHERE id = $1 AND state IN ('queued', 'posting')`,
		id, reason)
	return doing(changedOne(n, err, ErrState), "fail post %s", id)
}

// CancelPost keeps a post that waits from appearing.
func (t *Tx) CancelPost(ctx context.Context, id, reason string) error {
	n, err := t.exec(ctx, `
		UPDATE posts SET state = 'cancelled', reason = $2
		WHERE id = $1 AND state = 'queued'`,
		id, reason)
	return doing(changedOne(n, err, ErrState), "cancel post %s", id)
}

// QueuedPosts lists up to limit posts that wait and were stored before a time,
// oldest first: those whose job may have been lost.
func (r Reader) QueuedPosts(ctx context.Context, before time.Time, limit int) ([]Post, error) {
	var posts []Post
	err := r.all(ctx, &posts, `
		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE state = 'queued' AND created_at < $1
		ORDER BY created_at, id
		LIMIT $2`,
		before.UnixMicro(), limit)
	posts, err = r.openPosts(posts, err)
	return posts, doing(err, "queued posts")
}

// FirstInLine lists the posts of every channel that nobody has tried to show yet,
// the oldest first, up to count of each channel.
func (r Reader) FirstInLine(ctx context.Context, count int) ([]Post, error) {
	var posts []Post
	err := r.all(ctx, &posts, `
		SELECT id, clinic_id, channel, created_at
		FROM (SELECT id, clinic_id, channel, created_at,
		             ROW_NUMBER() OVER (PARTITION BY channel ORDER BY created_at, id) AS place
		      FROM posts
		      WHERE state = 'queued' AND attempts = 0) AS waiting
		WHERE place <= $1
		ORDER BY created_at, id`,
		count)
	return posts, doing(err, "posts first in line")
}

// PostsBefore counts the posts that have waited longer than p to appear in its channel.
func (r Reader) PostsBefore(ctx context.Context, p Post) (int, error) {
	var n int
	err := r.get(ctx, &n, `
		SELECT COUNT(*) FROM posts
		WHERE state = 'queued' AND channel = $1 AND created_at <= $2 AND (created_at < $2 OR id < $3)`,
		p.Channel, p.CreatedAt, p.ID)
	return n, doing(err, "posts before %s", p.ID)
}

// QueuedPostsOf lists the posts about a patient that wait to appear, oldest first.
func (r Reader) QueuedPostsOf(ctx context.Context, clinicID, patientID string) ([]Post, error) {
	var posts []Post
	err := r.all(ctx, &posts, `
		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE patient_id = $1 AND patient_id <> '' AND clinic_id = $2 AND state = 'queued'
		ORDER BY created_at, id`,
		patientID, clinicID)
	posts, err = r.openPosts(posts, err)
	return posts, doing(err, "queued posts of patient %s", patientID)
}

// PostByID reads a post of a clinic.
func (r Reader) PostByID(ctx context.Context, clinicID, id string) (Post, error) {
	var p Post
	err := r.get(ctx, &p, `
		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE id = $1 AND clinic_id = $2`,
		id, clinicID)
	if err != nil {
		return Post{}, doing(err, "post %s", id)
	}
	return p, r.openPost(&p)
}

// PlaceOfPost reads where a post stands, and what it says, without the rest.
func (r Reader) PlaceOfPost(ctx context.Context, clinicID, id string) (Post, error) {
	var p Post
	err := r.get(ctx, &p, `
		SELECT id, clinic_id, kind, state, channel, ts, payload
		FROM posts
		WHERE id = $1 AND clinic_id = $2`,
		id, clinicID)
	if err != nil {
		return Post{}, doing(err, "post %s", id)
	}
	return p, r.openPost(&p)
}

// PostAt reads the post that stands at a place in Slack.
func (r Reader) PostAt(ctx context.Context, channel, ts string) (Post, error) {
	var p Post
	err := r.get(ctx, &p, `
		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE channel = $1 AND ts = $2 AND ts <> ''`,
		channel, ts)
	if err != nil {
		return Post{}, doing(err, "post at %s %s", channel, ts)
	}
	return p, r.openPost(&p)
}

// PostsOfAlert reads the posts of an alert, the first, which is its card, first.
func (r Reader) PostsOfAlert(ctx context.Context, clinicID, alertID string) ([]Post, error) {
	var posts []Post
	err := r.all(ctx, &posts, `
		SELECT id, clinic_id, alert_id, patient_id, kind, state, channel, ts, thread_ts, payload,
		       version, posted_version, reason, attempts, created_at, attempted_at, posted_at
		FROM posts
		WHERE alert_id = $1 AND alert_id <> '' AND clinic_id = $2
		ORDER BY created_at, id`,
		alertID, clinicID)
	posts, err = r.openPosts(posts, err)
	return posts, doing(err, "posts of alert %s", alertID)
}

// ThreadOf is the id of the post under which news of a patient belongs: that of
// their newest alert nobody has resolved, else their post of a kind. Empty for none.
func (r Reader) ThreadOf(ctx context.Context, clinicID, patientID, kind string) (string, error) {
	var id string
	err := r.get(ctx, &id, `
		SELECT COALESCE(
			(SELECT posts.id FROM alerts JOIN posts ON posts.alert_id = alerts.id AND posts.alert_id <> '' AND posts.clinic_id = alerts.clinic_id
			 WHERE alerts.patient_id = $1 AND alerts.clinic_id = $2 AND alerts.state <> 'resolved'
			 ORDER BY alerts.opened_at DESC, alerts.id DESC, posts.created_at, posts.id
			 LIMIT 1),
			(SELECT id FROM posts
			 WHERE patient_id = $1 AND patient_id <> '' AND clinic_id = $2 AND kind = $3
			 ORDER BY created_at, id
			 LIMIT 1),
			'')`,
		patientID, clinicID, kind)
	return id, doing(err, "thread of patient %s", patientID)
}
