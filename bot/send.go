package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/storage"
)

type sendTextWorker struct {
	river.WorkerDefaults[sendTextJob]

	bot *Bot
}

// Work sends one text. A text leaves at most once: it is marked before the
// provider is called, and when the outcome is not known the provider is asked
// before anything is sent again.
func (w *sendTextWorker) Work(ctx context.Context, job *river.Job[sendTextJob]) error {
	wait, err := w.bot.sendText(ctx, job.Args.ClinicID, job.Args.MessageID)
	if err == nil && wait > 0 {
		return river.JobSnooze(wait)
	}
	return err
}

// sendText takes a text as far as it goes now, and says after how long to come
// back; 0 means that it has come to an end.
func (b *Bot) sendText(ctx context.Context, clinicID, id string) (time.Duration, error) {
	m, next, wait, err := b.beginSend(ctx, clinicID, id)
	if err == nil && next == settle {
		if wait, err = b.settleText(ctx, m); err == nil && wait == 0 {
			m, next, wait, err = b.beginSend(ctx, clinicID, id)
		}
	}
	if err != nil || next != send {
		return wait, err
	}
	return b.handOver(ctx, m, func(*storage.Tx) error { return nil })
}

// handOver calls the provider with a text that is marked, and keeps what came of
// it. When the text has to be come back to, that is kept together with again,
// and the time until then is returned.
func (b *Bot) handOver(ctx context.Context, m storage.Message, again func(*storage.Tx) error) (time.Duration, error) {
	clinic, err := b.clinic(m.ClinicID)
	if err != nil {
		return 0, err
	}
	media, err := b.mediaURL(m)
	if err != nil {
		return 0, err
	}
	call, cancel := b.inTime(ctx, m.AttemptedAt)
	accepted, err := b.texter.SendText(call, OutgoingText{
		ID: m.ID, From: sender(clinic), To: m.Phone, Body: m.Body, MediaURL: media,
		Validity: validity(m, b.now()), Attempt: m.Attempts,
	})
	cancel()
	if err != nil {
		return b.sendFailed(ctx, m, err, again)
	}
	following, err := b.keepAccepted(ctx, m, accepted)
	if err != nil || following == "" {
		return 0, err
	}
	// The next text to the patient waited for this one; its job, when it comes
	// round, finds it gone.
	_, err = b.sendText(ctx, m.ClinicID, following)
	return 0, err
}

// keepAccepted keeps that the provider took a text, and returns the next one that
// waits to leave to the same patient.
func (b *Bot) keepAccepted(ctx context.Context, m storage.Message, accepted Accepted) (following string, err error) {
	if m.Kind != kindRelay {
		return b.store.MarkSent(ctx, m.ID, accepted.ProviderID, accepted.Status, accepted.Segments, b.now())
	}
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		following, err = tx.MarkSent(ctx, m.ID, accepted.ProviderID, accepted.Status, accepted.Segments, b.now())
		if err != nil {
			return err
		}
		return b.relayChanged(ctx, tx, m)
	})
	return following, err
}

// next is what a text needs now.
type next int

const (
	nothing next = iota // it has come to an end, or waits
	settle              // an attempt whose outcome is not known: the provider is asked
	send                // marked; the provider is called
)

// inTurn is how soon a text looks again whether an older one has left, unless
// the older one takes it along: the longer it has waited, the later.
func inTurn(m storage.Message, now time.Time) time.Duration {
	return min(max(now.Sub(m.CreatedAt.Time), time.Second), 15*time.Second)
}

// beginSend judges once more whether a text may leave, and marks the attempt.
func (b *Bot) beginSend(ctx context.Context, clinicID, id string) (m storage.Message, what next, wait time.Duration, err error) {
	now := b.now()
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		what, wait = nothing, 0
		patient, err := b.lockRecipient(ctx, tx, clinicID, id)
		if err != nil {
			return err
		}
		if m, err = tx.LockMessage(ctx, id); err != nil {
			return err
		}
		switch m.State {
		case storage.MessageSending:
			if wait = m.AttemptedAt.Add(b.settleAfter).Sub(now); wait <= 0 {
				what, wait = settle, 0
			}
			wait = min(wait, b.settleAfter) // the clock may have been ahead when it was marked
			return nil
		case storage.MessageQueued:
		default:
			return nil
		}
		if wait = m.NotBefore.Sub(now); !m.NotBefore.IsZero() && wait > 0 {
			return nil
		}
		wait = 0
		leave, err := b.mayLeave(patient, m, now)
		if err != nil {
			return err
		}
		older := false
		if before := leaveBefore(m); leave.Go && len(before) > 0 {
			if older, err = tx.OlderWaits(ctx, m.PatientID, m.ID, before...); err != nil {
				return err
			}
		}
		switch {
		case leave.Cancel != "":
			return b.notSent(ctx, tx, m, leave.Cancel, now)
		case !leave.Go:
			wait = max(leave.HoldUntil.Sub(now), time.Second)
			return nil
		case older:
			wait = inTurn(m, now)
			return nil
		}
		if wait, err = b.inLine(ctx, tx, m, now); err != nil || wait > 0 {
			return err
		}
		what, m.Attempts, m.AttemptedAt = send, m.Attempts+1, storage.At(now)
		return tx.MarkSending(ctx, m.ID, now)
	})
	return m, what, wait, err
}

// lockRecipient locks the patient a text goes to, before the text itself, in the
// order every transaction keeps. Texts to staff have none.
func (b *Bot) lockRecipient(ctx context.Context, tx *storage.Tx, clinicID, id string) (storage.Patient, error) {
	m, err := tx.MessageHead(ctx, clinicID, id)
	if err != nil || m.PatientID == "" {
		return storage.Patient{}, err
	}
	return tx.LockPatient(ctx, clinicID, m.PatientID)
}

// mayLeave judges a text against its patient as they are now.
func (b *Bot) mayLeave(p storage.Patient, m storage.Message, now time.Time) (flows.Leave, error) {
	if m.PatientID == "" {
		if !m.ExpiresAt.IsZero() && !now.Before(m.ExpiresAt.Time) {
			return flows.Leave{Cancel: "its time of use had passed"}, nil
		}
		return flows.Leave{Go: true}, nil
	}
	clinic, err := b.clinic(m.ClinicID)
	if err != nil {
		return flows.Leave{}, err
	}
	return b.judge(clinic, p.Snapshot, flows.Class(m.Class), m.ExpiresAt.Time, now), nil
}

// sendFailed sorts what went wrong and keeps it.
func (b *Bot) sendFailed(ctx context.Context, m storage.Message, cause error, again func(*storage.Tx) error) (time.Duration, error) {
	var failure *SendError
	if !errors.As(cause, &failure) {
		failure = &SendError{Verdict: Ambiguous, Reason: "no clear answer", Err: cause}
	}
	b.log.WarnContext(ctx, "text not sent", "message", m.ID, "verdict", failure.Verdict, "code", failure.Code, "reason", failure.Reason)
	now := b.now()
	wait := time.Duration(0)
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		wait = 0
		if ours, err := sameText(ctx, tx, m); err != nil || !ours {
			return err
		}
		//exhaustive:enforce
		switch failure.Verdict {
		case Ambiguous:
			wait = b.settleAfter
			return again(tx) // it stays marked as being sent: settled before anything else
		case Retry, RetryLater, Operator:
			wait = max(failure.RetryAfter, pause(failure.Verdict, m.Attempts))
			if err := tx.Requeue(ctx, m.ID, failure.Reason, now.Add(wait)); err != nil {
				return err
			}
			return again(tx)
		case GiveUp, NumberBad, OptedOut:
			if err := tx.MarkFailed(ctx, m.ID, failure.Code, failure.Reason, now); err != nil {
				return err
			}
			return b.undeliverable(ctx, tx, m, failure.Verdict, failure.Reason, now)
		}
		return fmt.Errorf("send text %s: unknown verdict %q", m.ID, failure.Verdict)
	})
	if err == nil && failure.Verdict == Operator {
		b.tellOperator(ctx, m.ClinicID, "Texts are not leaving: "+failure.Reason+". They wait until this is repaired.")
	}
	return wait, err
}

// sameText reports whether the attempt at a text is still the one under way:
// nobody has settled it meanwhile.
func sameText(ctx context.Context, tx *storage.Tx, m storage.Message) (bool, error) {
	is, err := tx.LockMessage(ctx, m.ID)
	return is.State == storage.MessageSending && is.Attempts == m.Attempts, err
}

// pause is how long to wait before a further attempt.
func pause(v Verdict, attempts int) time.Duration {
	switch v {
	case RetryLater:
		return time.Hour
	case Operator:
		return time.Minute
	default:
	}
	return min(time.Second<<min(attempts, 8), 5*time.Minute)
}

// settleText finds out what became of an attempt whose outcome is not known: the
// text is adopted when the provider has it, and may be sent again when not. It
// returns how long to wait when the provider cannot be asked.
func (b *Bot) settleText(ctx context.Context, m storage.Message) (time.Duration, error) {
	const clocksApart = 5 * time.Minute
	listed, err := b.texter.TextsTo(ctx, m.Phone, m.AttemptedAt.Add(-clocksApart))
	if err != nil {
		b.log.WarnContext(ctx, "could not ask what became of a text", "message", m.ID, "error", err)
		return b.restAgain(m.AttemptedAt), nil
	}
	return 0, b.store.InTx(ctx, func(tx *storage.Tx) error {
		if ours, err := sameText(ctx, tx, m); err != nil || !ours {
			return err
		}
		for _, t := range listed {
			if t.Inbound || t.Body != m.Body {
				continue
			}
			known, err := tx.HasMessage(ctx, t.ProviderID)
			if err != nil {
				return err
			}
			if !known {
				_, err := tx.MarkSent(ctx, m.ID, t.ProviderID, t.Status, t.Segments, b.now())
				return err
			}
		}
		return tx.Requeue(ctx, m.ID, "the provider does not have it", time.Time{})
	})
}

// sender is what a clinic's texts come from: a messaging service, or a number.
func sender(clinic *flows.Clinic) string {
	if clinic.Sender.Service != "" {
		return clinic.Sender.Service
	}
	return string(clinic.Sender.Number)
}

// validity is how long the provider may hold a text: until its time of use has passed.
func validity(m storage.Message, now time.Time) time.Duration {
	const longest = 10 * time.Hour
	if m.ExpiresAt.IsZero() {
		return longest
	}
	return min(max(m.ExpiresAt.Sub(now), time.Second), longest)
}
