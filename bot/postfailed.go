package bot

import (
	"context"
	"errors"
	"time"

	"backstop/storage"
)

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
