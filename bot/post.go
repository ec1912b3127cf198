package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/storage"
)

// The kinds of post.
const (
	postCard   = "card"   // an alert
	postLine   = "line"   // a line of words, in a thread where it has a parent
	postThread = "thread" // the head of a patient's own thread, where silent lines go
	postFlood  = "flood"  // the head of the thread in which the cards of a flood stand
	postDigest = "digest" // a morning's overview
)

// postContent is what a line, the head of a thread or a digest says, or the
// place and the picture of a card, kept sealed with it.
type postContent struct {
	Parent string `json:"parent,omitempty"` // the post whose thread it goes into; empty for none
	Line   string `json:"line"`
	Words  string `json:"words,omitempty"`

	Calls     []string `json:"calls,omitempty"`     // who is mentioned, by Slack id
	Broadcast bool     `json:"broadcast,omitempty"` // shown in the channel too, so that it is noticed
	Urgent    bool     `json:"urgent,omitempty"`    // overtakes in the channel's line

	Overview *Overview `json:"overview,omitempty"` // in place of the line
	Since    time.Time `json:"since,omitzero"`     // what a digest covers begins here
	Until    time.Time `json:"until,omitzero"`     // after this a digest is not shown any more

	Picture     string `json:"picture,omitempty"` // of a card
	PictureSays string `json:"picture_says,omitempty"`
}

// contentOfPost reads what a post says; nothing of one that cannot be read.
func contentOfPost(p storage.Post) postContent {
	var content postContent
	if json.Unmarshal(p.Payload, &content) != nil {
		return postContent{}
	}
	return content
}

// note leaves a silent line about the patient: in the thread of their open
// alert, else in a thread of their own.
func (c *carrier) note(ctx context.Context, e flows.Note) error {
	parent, stands, err := c.thread(ctx)
	if err != nil {
		return err
	}
	line := storage.Post{Kind: postLine, Channel: c.clinic.Slack.Channel}
	if line, err = c.putPost(ctx, line, postContent{Parent: parent, Line: e.Line, Words: c.quoted(e.Words)}); err != nil {
		return err
	}
	if stands {
		c.bot.showInTurn(ctx, c.tx, line.Channel, c.clinic.ID, line.ID)
	}
	return nil
}

// thread is the post under which news of a patient belongs. It does not stand
// there yet when it was stored just now: what is in its thread is shown after it.
func (c *carrier) thread(ctx context.Context) (id string, stands bool, err error) {
	id, err = c.tx.ThreadOf(ctx, c.clinic.ID, c.patient.ID, postThread)
	if err != nil || id != "" {
		return id, true, err
	}
	head, err := c.putPost(ctx, storage.Post{Kind: postThread, Channel: c.clinic.Slack.Channel},
		postContent{Line: calledInSlack(c.clinic, c.patient) + ": notes on the course of care"})
	if err != nil {
		return "", false, err
	}
	c.bot.showInTurn(ctx, c.tx, head.Channel, c.clinic.ID, head.ID)
	return head.ID, false, nil
}

// line posts a line of our words, and below it the patient's where the clinic lets Slack show them.
func (c *carrier) line(ctx context.Context, parent, line, words string) error {
	return c.post(ctx, storage.Post{Kind: postLine, Channel: c.clinic.Slack.Channel},
		postContent{Parent: parent, Line: line, Words: c.quoted(words)}, priorityNormal)
}

// quoted is a patient's words where the clinic lets Slack show them.
func (c *carrier) quoted(words string) string {
	if !c.clinic.Slack.QuoteWords {
		return ""
	}
	return words
}

// post stores a post and enqueues the job that shows it.
func (c *carrier) post(ctx context.Context, p storage.Post, content postContent, priority int) error {
	content.Urgent = priority == priorityUrgent
	p, err := c.putPost(ctx, p, content)
	if err != nil {
		return err
	}
	return c.bot.showSoon(ctx, c.tx, c.clinic.ID, p.ID, priority)
}

// putPost stores a post.
func (c *carrier) putPost(ctx context.Context, p storage.Post, content postContent) (storage.Post, error) {
	payload, err := json.Marshal(content)
	if err != nil {
		return p, err
	}
	p.ClinicID, p.PatientID, p.Payload = c.clinic.ID, c.patient.ID, payload
	p.ID, err = c.tx.InsertPost(ctx, p, c.now)
	return p, err
}

// showSoon enqueues the job that shows a post. A free hand does it meanwhile, as
// soon as the transaction has committed; the job then finds nothing left to do.
func (b *Bot) showSoon(ctx context.Context, tx *storage.Tx, clinicID, id string, priority int) error {
	b.after(ctx, tx, func(ctx context.Context) {
		if _, err := b.show(ctx, clinicID, id, itsJob); err != nil {
			b.log.ErrorContext(ctx, "show post", "post", id, "error", err)
		}
	})
	return b.enqueue(ctx, tx, postJob{ClinicID: clinicID, PostID: id}, priority)
}

type postWorker struct {
	river.WorkerDefaults[postJob]

	bot *Bot
}

// Work shows one post, or brings it up to date. Like a text it is marked before
// the call, and looked for when the outcome is not known.
func (w *postWorker) Work(ctx context.Context, job *river.Job[postJob]) error {
	wait, err := w.bot.show(ctx, job.Args.ClinicID, job.Args.PostID, itsJob)
	if err == nil && wait > 0 {
		return river.JobSnooze(wait)
	}
	return err
}

// comeBack has a post looked at again after a while, in the transaction that
// keeps why.
type comeBack func(tx *storage.Tx, wait time.Duration) error

// itsJob comes back to a post anyway.
func itsJob(*storage.Tx, time.Duration) error { return nil }

// show takes a post as far as it goes now, and says after how long to come back.
// An attempt that did not succeed is come back to by again as well.
func (b *Bot) show(ctx context.Context, clinicID, id string, again comeBack) (time.Duration, error) {
	p, what, wait, err := b.beginPost(ctx, clinicID, id)
	if err != nil || what == nothing {
		return wait, err
	}
	out, err := b.render(ctx, p)
	if err != nil {
		return b.putBack(ctx, p, 0, err, again)
	}
	if what == settle {
		at, found, err := b.alerter.Find(ctx, out, p.AttemptedAt.Add(-time.Minute))
		if err != nil {
			return b.postFailed(ctx, p, err, again)
		}
		if found {
			return b.posted(ctx, p, at, p.PostedVersion+1)
		}
		return b.putBack(ctx, p, time.Millisecond, nil, again)
	}
	at, err := b.callSlack(ctx, p, out)
	if err != nil {
		return b.postFailed(ctx, p, err, again)
	}
	return b.posted(ctx, p, at, p.Version)
}

// callSlack posts what is new and updates what stands there.
func (b *Bot) callSlack(ctx context.Context, p storage.Post, out Post) (at Posted, err error) {
	ctx, cancel := b.inTime(ctx, p.AttemptedAt)
	defer cancel()
	at = Posted{Channel: p.Channel, TS: p.TS}
	if p.TS != "" {
		err = b.alerter.Update(ctx, out, at)
	}
	if p.TS == "" || givenUp(err) { // else the old one is gone: it is posted anew
		at, err = b.alerter.Post(ctx, out)
	}
	if out.Thread != "" && givenUp(err) { // its thread is gone: it stands alone
		out.Thread, out.Broadcast = "", false
		at, err = b.alerter.Post(ctx, out)
	}
	return at, err
}

func givenUp(err error) bool {
	var failure *SendError
	return errors.As(err, &failure) && failure.Verdict == GiveUp
}

// lookAgain is how soon a job looks again at a post that somebody else is showing.
const lookAgain = 2 * time.Second

// beginPost marks the attempt to show a post.
func (b *Bot) beginPost(ctx context.Context, clinicID, id string) (p storage.Post, what next, wait time.Duration, err error) {
	now := b.now()
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		what, wait = nothing, 0
		if p, err = tx.LockPost(ctx, id); err != nil {
			return err
		}
		if p.ClinicID != clinicID {
			return storage.ErrNotFound
		}
		switch p.State {
		case storage.PostPosting:
			if wait = p.AttemptedAt.Add(b.settleAfter).Sub(now); wait > 0 {
				wait = min(wait, max(lookAgain, now.Sub(p.AttemptedAt.Time)))
				return nil
			}
			if what, wait = settle, 0; p.TS != "" { // an update may simply be made again
				return tx.RequeuePost(ctx, id, "")
			}
			return nil
		case storage.PostQueued:
			if late, err := b.digestTooLate(ctx, tx, p, now); err != nil || late {
				return err
			}
			if wait, err = b.forParent(ctx, tx, p); err != nil || wait > 0 {
				return err
			}
			if wait, err = b.inChannelLine(ctx, tx, p, now); err != nil || wait > 0 {
				return err
			}
			what = send
			p.Attempts, p.AttemptedAt = p.Attempts+1, storage.At(now)
			return tx.MarkPosting(ctx, id, now)
		default:
			return nil
		}
	})
	if err == nil && what == settle && p.TS != "" {
		return b.beginPost(ctx, clinicID, id)
	}
	return p, what, wait, err
}

// render makes what the channel is to show from what is known now.
func (b *Bot) render(ctx context.Context, p storage.Post) (Post, error) {
	clinic, err := b.clinic(p.ClinicID)
	if err != nil {
		return Post{}, err
	}
	out := Post{ID: p.ID, Team: clinic.Slack.Team, Channel: p.Channel, Thread: p.ThreadTS}
	var content postContent
	if len(p.Payload) > 0 {
		if err := json.Unmarshal(p.Payload, &content); err != nil {
			return Post{}, fmt.Errorf("read post %s: %w", p.ID, err)
		}
	}
	out.Line, out.Words, out.Calls, out.Overview = content.Line, content.Words, content.Calls, content.Overview
	switch p.Kind {
	case postCard:
		if out.Card, err = b.card(ctx, clinic, p); err == nil {
			out.Card.Picture, out.Card.PictureSays = content.Picture, content.PictureSays
		}
	case postRelay:
		err = b.relayLine(ctx, clinic, p, &out, content.Line)
	case postFlood:
		out.Overview, err = b.flood(ctx, clinic, p)
	}
	if err != nil || content.Parent == "" {
		return out, err
	}
	parent, err := parentOf(ctx, b.store.Reader, p.ClinicID, content.Parent)
	if err != nil {
		return Post{}, err
	}
	if p.Channel == clinic.Slack.Fallback && p.Channel != parent.Channel { // moved: the thread's channel takes nothing
		return out, nil
	}
	out.Channel, out.Thread, out.Broadcast = parent.Channel, parent.TS, content.Broadcast
	return out, nil
}

// parentOf is the post whose thread something goes into: where that stands in a
// thread itself, the head of that thread.
func parentOf(ctx context.Context, r storage.Reader, clinicID, id string) (storage.Post, error) {
	p, err := r.PlaceOfPost(ctx, clinicID, id)
	if err != nil || p.Kind != postCard {
		return p, err
	}
	if above := contentOfPost(p).Parent; above != "" && p.TS != "" {
		return r.PlaceOfPost(ctx, clinicID, above)
	}
	return p, nil
}

// forParent says how long a post waits that goes into the thread of one that
// does not stand there yet.
func (b *Bot) forParent(ctx context.Context, tx *storage.Tx, p storage.Post) (time.Duration, error) {
	above := contentOfPost(p).Parent
	if above == "" {
		return 0, nil
	}
	parent, err := parentOf(ctx, tx.Reader, p.ClinicID, above)
	if err == nil && parent.TS == "" && (parent.State == storage.PostQueued || parent.State == storage.PostPosting) {
		return time.Second, nil
	}
	return 0, err
}

// wake has what waits for a post to stand there be shown.
func (b *Bot) wake(ctx context.Context, tx *storage.Tx, p storage.Post) error {
	waiting, err := tx.QueuedPostsOf(ctx, p.ClinicID, p.PatientID)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		if contentOfPost(w).Parent != "" {
			if err := b.enqueue(ctx, tx, postJob{ClinicID: w.ClinicID, PostID: w.ID}, priorityNormal); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *Bot) card(ctx context.Context, clinic *flows.Clinic, p storage.Post) (*Card, error) {
	a, err := b.store.AlertByID(ctx, p.ClinicID, p.AlertID)
	if err != nil {
		return nil, err
	}
	var patient storage.Patient
	if a.PatientID != "" {
		if patient, err = b.store.PatientByID(ctx, a.ClinicID, a.PatientID); err != nil {
			return nil, err
		}
	}
	return cardOf(clinic, a, patient)
}

// posted keeps where a post stands. The first time an alert's card stands
// anywhere, a human can see it, and the flows are told.
func (b *Bot) posted(ctx context.Context, p storage.Post, at Posted, version int) (time.Duration, error) {
	again := false
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		now := b.now()
		first := p.Kind == postCard && p.TS == ""
		var patient storage.Patient
		var err error
		if first && p.PatientID != "" {
			if patient, err = tx.LockPatient(ctx, p.ClinicID, p.PatientID); err != nil {
				return err
			}
		}
		if again, err = tx.MarkPosted(ctx, p.ID, at.Channel, at.TS, version, now); err != nil {
			return err
		}
		if p.TS == "" && p.Kind != postLine { // nothing stands below a line
			if err := b.wake(ctx, tx, p); err != nil {
				return err
			}
		}
		if !first {
			return nil
		}
		a, err := tx.LockAlert(ctx, p.ClinicID, p.AlertID)
		if err != nil {
			return err
		}
		a.DeliveredAt = storage.At(now)
		if err := tx.SaveAlert(ctx, a); err != nil {
			return err
		}
		clinic, err := b.clinic(p.ClinicID)
		if err != nil {
			return err
		}
		if err := b.drawSoon(ctx, tx, clinic, p.PatientID, p.ID); err != nil {
			return err
		}
		if patient.ID == "" {
			return nil
		}
		return b.step(ctx, tx, patient, flows.AlertDelivered{Key: a.Key}, now)
	})
	if err == nil && again {
		return time.Millisecond, nil
	}
	return 0, err
}

// samePost reports whether the attempt at a post is still the one under way:
// nobody has settled it meanwhile.
func samePost(ctx context.Context, tx *storage.Tx, p storage.Post) (bool, error) {
	is, err := tx.LockPost(ctx, p.ID)
	return is.State == storage.PostPosting && is.Attempts == p.Attempts, err
}

// putBack lets a marked post wait again that was not shown after all.
func (b *Bot) putBack(ctx context.Context, p storage.Post, wait time.Duration, cause error, again comeBack) (time.Duration, error) {
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		if ours, err := samePost(ctx, tx, p); err != nil || !ours {
			return err
		}
		if err := tx.RequeuePost(ctx, p.ID, ""); err != nil {
			return err
		}
		return again(tx, max(wait, time.Second))
	})
	return wait, errors.Join(cause, err)
}

// postFailed sorts what went wrong. An emergency that Slack does not take goes
// to the on-call phones at once.
func (b *Bot) postFailed(ctx context.Context, p storage.Post, cause error, again comeBack) (time.Duration, error) {
	var failure *SendError
	if !errors.As(cause, &failure) {
		failure = &SendError{Verdict: Ambiguous, Reason: "no clear answer", Err: cause}
	}
	b.log.WarnContext(ctx, "post not shown", "post", p.ID, "verdict", failure.Verdict, "reason", failure.Reason)
	wait := time.Duration(0)
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		wait = 0
		if ours, err := samePost(ctx, tx, p); err != nil || !ours {
			return err
		}
		switch failure.Verdict {
		case Ambiguous:
			wait = b.restAgain(p.AttemptedAt)
			if err := again(tx, wait); err != nil {
				return err
			}
			return b.phonesInstead(ctx, tx, p)
		case GiveUp:
			if err := tx.FailPost(ctx, p.ID, failure.Reason); err != nil {
				return err
			}
		default:
			wait = max(failure.RetryAfter, pause(failure.Verdict, p.Attempts))
			if err := tx.RequeuePost(ctx, p.ID, failure.Reason); err != nil {
				return err
			}
			if err := b.slowDown(ctx, tx, p, failure.RetryAfter); err != nil {
				return err
			}
			if other, ok := b.fallback(p); ok && failure.Verdict == Operator {
				wait = time.Millisecond
				if err := tx.MovePost(ctx, p.ID, other); err != nil {
					return err
				}
			}
			if err := again(tx, wait); err != nil {
				return err
			}
			if failure.Verdict == Retry && p.Attempts <= 3 {
				return nil
			}
		}
		return b.phonesInstead(ctx, tx, p)
	})
	if err == nil && failure.Verdict == Operator {
		b.phoneOperator(ctx, p.ClinicID, failure.Reason)
	}
	return wait, err
}

// fallback is the channel a post of its own moves to when its channel does not take it.
func (b *Bot) fallback(p storage.Post) (string, bool) {
	clinic, err := b.clinic(p.ClinicID)
	if err != nil || p.TS != "" || clinic.Slack.Fallback == "" || p.Channel != clinic.Slack.Channel {
		return "", false
	}
	return clinic.Slack.Fallback, true
}

// phonesInstead lets the escalation of an emergency begin at once when its card
// cannot be shown.
func (b *Bot) phonesInstead(ctx context.Context, tx *storage.Tx, p storage.Post) error {
	if p.Kind != postCard || p.TS != "" {
		return nil
	}
	a, err := tx.LockAlert(ctx, p.ClinicID, p.AlertID)
	if err != nil || a.State != storage.AlertOpen || a.Step > 0 || urgencyOf(a.Level) != priorityUrgent {
		return err
	}
	a.WakeAt(b.now(), b.now())
	return tx.SaveAlert(ctx, a)
}
