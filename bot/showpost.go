package bot

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/storage"
)

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
