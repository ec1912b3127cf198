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

// ringFor is how long a phone rings: shorter than most voicemails wait.
const ringFor = 25 * time.Second

type callWorker struct {
	river.WorkerDefaults[callJob]

	bot *Bot
}

// Work rings one phone. Like a text, a call is marked before it is placed, and
// looked for when the outcome is not known.
func (w *callWorker) Work(ctx context.Context, job *river.Job[callJob]) error {
	wait, err := w.bot.placeCall(ctx, job.Args.CallID)
	if err == nil && wait > 0 {
		return river.JobSnooze(wait)
	}
	return err
}

func (b *Bot) placeCall(ctx context.Context, id string) (time.Duration, error) {
	c, what, wait, err := b.beginCall(ctx, id)
	if err != nil || what == nothing {
		return wait, err
	}
	clinic, err := b.clinic(c.ClinicID)
	if err != nil {
		return 0, err
	}
	if what == settle {
		return b.settleCall(ctx, c)
	}
	call, cancel := b.inTime(ctx, c.AttemptedAt)
	accepted, err := b.caller.Call(call, OutgoingCall{
		ID: c.ID, AlertID: c.AlertID, From: string(clinic.Sender.Number), To: c.Phone, Ring: ringFor,
		Say: "This is " + clinic.Name + ". An urgent patient alert is waiting and nobody has taken it. Press 1 to take it.",
	})
	cancel()
	if err != nil {
		return b.callFailed(ctx, c, err)
	}
	return 0, b.store.InTx(ctx, func(tx *storage.Tx) error {
		return tx.MarkPlaced(ctx, c.ID, accepted.ProviderID, b.now())
	})
}

// beginCall marks the attempt, unless somebody has acknowledged the alert meanwhile.
func (b *Bot) beginCall(ctx context.Context, id string) (c storage.Call, what next, wait time.Duration, err error) {
	now := b.now()
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		what, wait = nothing, 0
		if c, err = tx.LockCall(ctx, id); err != nil {
			return err
		}
		switch c.State {
		case storage.CallCalling:
			if wait = c.AttemptedAt.Add(b.settleAfter).Sub(now); wait <= 0 {
				what, wait = settle, 0
			}
			return nil
		case storage.CallQueued:
		default:
			return nil
		}
		a, err := tx.AlertByID(ctx, c.ClinicID, c.AlertID)
		if err != nil {
			return err
		}
		if a.State != storage.AlertOpen {
			return tx.FailCall(ctx, id, "the alert was acknowledged first", now)
		}
		what, c.Attempts, c.AttemptedAt = send, c.Attempts+1, storage.At(now)
		return tx.MarkCalling(ctx, id, now)
	})
	return c, what, wait, err
}

// settleCall finds out whether a call was placed whose outcome is not known.
func (b *Bot) settleCall(ctx context.Context, c storage.Call) (time.Duration, error) {
	placed, err := b.caller.CallsTo(ctx, c.Phone, c.AttemptedAt.Add(-time.Minute))
	if err != nil {
		b.log.WarnContext(ctx, "could not ask what became of a call", "call", c.ID, "error", err)
		return b.settleAfter, nil
	}
	return time.Millisecond, b.store.InTx(ctx, func(tx *storage.Tx) error {
		if ours, err := sameCall(ctx, tx, c); err != nil || !ours {
			return err
		}
		for _, p := range placed {
			_, err := tx.CallByProvider(ctx, p.ProviderID)
			if errors.Is(err, storage.ErrNotFound) {
				return tx.MarkPlaced(ctx, c.ID, p.ProviderID, b.now())
			}
			if err != nil {
				return err
			}
		}
		return tx.RequeueCall(ctx, c.ID, "the provider does not have it")
	})
}

// sameCall reports whether the attempt at a call is still the one under way:
// nobody has settled it meanwhile.
func sameCall(ctx context.Context, tx *storage.Tx, c storage.Call) (bool, error) {
	is, err := tx.LockCall(ctx, c.ID)
	return is.State == storage.CallCalling && is.Attempts == c.Attempts, err
}

// callFailed sorts what went wrong; a phone that can never be rung hands over
// to the next one at once.
func (b *Bot) callFailed(ctx context.Context, c storage.Call, cause error) (time.Duration, error) {
	var failure *SendError
	if !errors.As(cause, &failure) {
		failure = &SendError{Verdict: Ambiguous, Reason: "no clear answer", Err: cause}
	}
	b.log.WarnContext(ctx, "call not placed", "call", c.ID, "verdict", failure.Verdict, "reason", failure.Reason)
	wait := time.Duration(0)
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		wait = 0
		if ours, err := sameCall(ctx, tx, c); err != nil || !ours {
			return err
		}
		switch failure.Verdict {
		case Ambiguous:
			wait = b.settleAfter
			return nil
		case Retry:
			wait = max(failure.RetryAfter, pause(failure.Verdict, c.Attempts))
			return tx.RequeueCall(ctx, c.ID, failure.Reason)
		default: // this phone is not going to ring
		}
		if err := tx.FailCall(ctx, c.ID, failure.Reason, b.now()); err != nil {
			return err
		}
		return b.ringNext(ctx, tx, c)
	})
	return wait, err
}

// ringNext brings the alert's next step forward to now.
func (b *Bot) ringNext(ctx context.Context, tx *storage.Tx, c storage.Call) error {
	clinic, err := b.clinic(c.ClinicID)
	if err != nil {
		return err
	}
	a, err := tx.LockAlert(ctx, c.ClinicID, c.AlertID)
	if err != nil || a.State != storage.AlertOpen || a.Step >= len(clinic.OnCall) {
		return err // once round the list, the rest waits for its time
	}
	a.WakeAt(b.now(), b.now())
	return tx.SaveAlert(ctx, a)
}

// ReceiveCall takes in what became of a call, or the key pressed in it, and
// returns what to say. Only the key 1 acknowledges: a voicemail answers too.
func (b *Bot) ReceiveCall(ctx context.Context, r CallReport) (string, error) {
	say := ""
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		say = ""
		c, err := tx.LockCall(ctx, r.CallID)
		if err != nil {
			return err
		}
		if r.Digits != "" {
			say, err = b.pressedInCall(ctx, tx, c, r.Digits)
			return err
		}
		switch r.Status {
		case "completed", "busy", "no-answer", "failed", "canceled":
		default:
			return nil
		}
		first, err := tx.FinishCall(ctx, c.ID, r.ProviderID, r.Status, b.now())
		if err != nil || !first {
			return err
		}
		return b.ringNext(ctx, tx, c)
	})
	if err != nil {
		return "", fmt.Errorf("receive report of call %s: %w", r.CallID, err)
	}
	return say, nil
}

func (b *Bot) pressedInCall(ctx context.Context, tx *storage.Tx, c storage.Call, digits string) (string, error) {
	if digits != "1" {
		return "Press 1 to take the alert.", nil
	}
	a, won, err := tx.AcknowledgeAlert(ctx, c.ClinicID, c.AlertID, c.ClinicianID, b.now())
	if err != nil {
		return "", err
	}
	clinic, err := b.clinic(c.ClinicID)
	if err != nil {
		return "", err
	}
	if !won {
		return takenAlready(clinic, a, c.ClinicianID), nil
	}
	if err := b.audit(ctx, tx, c.ClinicID, c.ClinicianID, "acknowledge by phone", a.ID); err != nil {
		return "", err
	}
	if err := b.taken(ctx, tx, clinic, a); err != nil {
		return "", err
	}
	return "Thank you. The alert is yours. You find it in Slack.", nil
}

// takenAlready says in a call who has the alert. Nothing in it is about the patient.
func takenAlready(clinic *flows.Clinic, a storage.Alert, who string) string {
	switch has := nameOf(clinic, a.AcknowledgedBy); {
	case a.State == storage.AlertResolved:
		return "Thank you. The alert is closed already."
	case has == who:
		return "The alert is yours already. You find it in Slack."
	default:
		return "Thank you. " + has + " has taken the alert already."
	}
}
