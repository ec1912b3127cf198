package bot

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
)

const (
	// digestLate is how long after its time a digest is still worth reading: a
	// server that was down sends it late within that, and then not at all. The next
	// one covers what this one would have.
	digestLate = 3 * time.Hour
	// digestReach bounds what a digest covers after a long time without any.
	digestReach = 7 * 24 * time.Hour
)

// digestTime is when the digest of a clinic's day is due, and whether there is
// one: only on days on which the clinic opens.
func digestTime(clinic *flows.Clinic, day protocol.Date) (at time.Time, ok bool) {
	at = protocol.At(day, clinic.Slack.Digest, clinic.TimeZone)
	return at, clinic.WorksOn(at)
}

// digestsDue are the clinics whose digest of this morning this process has not
// enqueued yet, nor seen that another did.
func (b *Bot) digestsDue(now time.Time) (due []*flows.Clinic) {
	for _, id := range slices.Sorted(maps.Keys(b.clinics)) {
		clinic := b.clinics[id]
		day := protocol.DateOf(now, clinic.TimeZone)
		at, works := digestTime(clinic, day)
		if works && !now.Before(at) && now.Before(at.Add(digestLate)) && b.swept.digested[id] != day {
			due = append(due, clinic)
		}
	}
	return due
}

// maybeDigest reports whether a digest's time has come since the clinics were last
// looked through, so that a second in which none has needs no transaction.
func (b *Bot) maybeDigest(_ context.Context, now time.Time) (bool, error) {
	return now.Before(b.swept.digestsLooked) || !now.Before(b.swept.nextDigest), nil
}

// digestAfter is the first time after now at which a digest may be due.
func (b *Bot) digestAfter(now time.Time) (first time.Time) {
	for _, clinic := range b.clinics {
		day := protocol.DateOf(now, clinic.TimeZone)
		at, _ := digestTime(clinic, day)
		if !now.Before(at) {
			at, _ = digestTime(clinic, day.AddDays(1))
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// sweepDigests enqueues the digests of this morning, each once.
func (b *Bot) sweepDigests(ctx context.Context, tx *storage.Tx, now time.Time) (int, error) {
	tx.AtEnd(func(committed bool) {
		if committed {
			b.swept.digestsLooked, b.swept.nextDigest = now, b.digestAfter(now)
		}
	})
	for _, clinic := range b.digestsDue(now) {
		id, day := clinic.ID, protocol.DateOf(now, clinic.TimeZone)
		first, err := tx.FirstTime(ctx, "digest due:"+id+":"+day.String(), now)
		if err != nil {
			return 0, err
		}
		if first {
			if err := b.enqueue(ctx, tx, digestJob{ClinicID: id, Day: day.String()}, priorityNormal); err != nil {
				return 0, err
			}
		}
		tx.AtEnd(func(committed bool) {
			if committed {
				if b.swept.digested == nil {
					b.swept.digested = map[string]protocol.Date{}
				}
				b.swept.digested[id] = day
			}
		})
	}
	return 0, nil
}

type digestWorker struct {
	river.WorkerDefaults[digestJob]

	bot *Bot
}

// Timeout is longer than other jobs': once a month weeks of answers are judged.
func (*digestWorker) Timeout(*river.Job[digestJob]) time.Duration { return historyTime }

// Work makes a morning's digest and posts it, unless there is nothing to say or
// the morning is over. However often it runs, it posts one.
func (w *digestWorker) Work(ctx context.Context, job *river.Job[digestJob]) error {
	b := w.bot
	clinic, err := b.clinic(job.Args.ClinicID)
	if err != nil {
		return err
	}
	day, err := protocol.ParseDate(job.Args.Day)
	if err != nil {
		return err
	}
	at, _ := digestTime(clinic, day)
	now, until := b.now(), at.Add(digestLate)
	if !now.Before(until) {
		return nil
	}
	since, err := b.digestedUntil(ctx, clinic.ID, now)
	if err != nil {
		return err
	}
	overview, err := b.digest(ctx, clinic, since, now)
	if err != nil {
		return err
	}
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		first, err := tx.FirstTime(ctx, "digest:"+clinic.ID+":"+day.String(), now)
		if err != nil || !first {
			return err
		}
		if err := tx.SetCursor(ctx, digestCursor(clinic.ID), now.Format(time.RFC3339Nano), now); err != nil || overview == nil {
			return err
		}
		c := carrier{bot: b, tx: tx, clinic: clinic, now: now}
		return c.post(ctx, storage.Post{Kind: postDigest, Channel: clinic.Slack.Channel},
			postContent{Overview: overview, Since: since, Until: until}, priorityNormal)
	})
}

func digestCursor(clinicID string) string { return "digest:" + clinicID }

// digestedUntil is where the last digest ended.
func (b *Bot) digestedUntil(ctx context.Context, clinicID string, now time.Time) (time.Time, error) {
	value, err := b.store.Cursor(ctx, digestCursor(clinicID))
	if err != nil || value == "" {
		return now.Add(-24 * time.Hour), err
	}
	last, err := time.Parse(time.RFC3339Nano, value)
	if earliest := now.Add(-digestReach); last.Before(earliest) {
		last = earliest
	}
	return last, err
}

// digestTooLate takes back a digest that Slack did not take in its morning. The
// next one begins where it would have begun.
func (b *Bot) digestTooLate(ctx context.Context, tx *storage.Tx, p storage.Post, now time.Time) (bool, error) {
	if p.Kind != postDigest {
		return false, nil
	}
	content := contentOfPost(p)
	if now.Before(content.Until) {
		return false, nil
	}
	if err := tx.SetCursor(ctx, digestCursor(p.ClinicID), content.Since.Format(time.RFC3339Nano), now); err != nil {
		return false, err
	}
	return true, tx.CancelPost(ctx, p.ID, "the morning was over before Slack took it")
}
