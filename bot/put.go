package bot

import (
	"context"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// putText stores an outgoing text. If it may leave now and a hand is free it is
// marked at once and leaves as soon as the transaction has committed; else its
// job is enqueued in the transaction. The patient is as they are after what led
// to the text, the zero value for a phone that is no patient's.
func (b *Bot) putText(ctx context.Context, tx *storage.Tx, p storage.Patient, m storage.Message, now time.Time) error {
	m.ID = storage.NewID()
	ready, err := b.leavesAtOnce(ctx, tx, p, m, now)
	if err != nil {
		return err
	}
	if ready {
		marked, leaves := m, false
		marked.State, marked.Attempts, marked.AttemptedAt = storage.MessageSending, 1, storage.At(now)
		if b.after(ctx, tx, func(ctx context.Context) {
			if leaves {
				b.sendMarked(ctx, marked)
			}
		}) {
			if leaves, err = tx.InsertSending(ctx, m, now, leaveBefore(m)...); err != nil || leaves {
				return err
			}
			return b.enqueue(ctx, tx, jobOf(m), urgencyOfText(m))
		}
	}
	if _, err := tx.InsertOutgoing(ctx, m, now); err != nil {
		return err
	}
	return b.enqueue(ctx, tx, jobOf(m), urgencyOfText(m))
}

// leavesAtOnce reports whether a text may leave now, unless an older one has to
// leave before it.
func (b *Bot) leavesAtOnce(ctx context.Context, tx *storage.Tx, p storage.Patient, m storage.Message, now time.Time) (bool, error) {
	if len(b.hands.free) == 0 {
		return false, nil // then it need not take a place in any line yet
	}
	leave, err := b.mayLeave(p, m, now)
	if err != nil || !leave.Go {
		return false, err
	}
	line, err := b.inLine(ctx, tx, m, now)
	return line == 0, err
}

// leaveBefore are the classes of texts to the same patient that have to leave
// before a text when they are older. What a patient in danger must read waits for
// nothing; an answer waits for answers, and what was not asked for waits for everything.
func leaveBefore(m storage.Message) []string {
	before := []string{string(flows.ClassSafety), string(flows.ClassOptOut), string(flows.ClassAnswer)}
	switch class := flows.Class(m.Class); {
	case m.PatientID == "" || class == flows.ClassSafety:
		return nil
	case class.Unsolicited():
		before = append(before, string(flows.ClassConsent), string(flows.ClassCheck), string(flows.ClassHomework))
	}
	return before
}

// sendMarked hands a text over that was marked in the transaction that decided
// it. What does not succeed is left to a job.
func (b *Bot) sendMarked(ctx context.Context, m storage.Message) {
	_, err := b.handOver(ctx, m, func(tx *storage.Tx) error {
		return b.enqueueOnce(ctx, tx, 0, jobOf(m), urgencyOfText(m))
	})
	if err != nil { // it stays marked: the sweep finds it and asks the provider
		b.log.ErrorContext(ctx, "send text", "message", m.ID, "error", err)
	}
}

func jobOf(m storage.Message) sendTextJob {
	return sendTextJob{ClinicID: m.ClinicID, MessageID: m.ID}
}

// urgencyOfText lets what was asked for, and red flags, overtake what was not.
func urgencyOfText(m storage.Message) int {
	if flows.Class(m.Class).Unsolicited() {
		return priorityBulk
	}
	return priorityUrgent
}
