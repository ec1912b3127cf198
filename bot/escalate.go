package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
)

// sweepAlerts claims the alerts nobody has acknowledged in time.
func (b *Bot) sweepAlerts(ctx context.Context, tx *storage.Tx, now time.Time) (int, error) {
	due, err := tx.ClaimDueEscalations(ctx, now, now.Add(b.settleAfter), sweepBatch)
	if err != nil {
		return 0, err
	}
	for _, a := range due {
		job := escalateJob{ClinicID: a.ClinicID, AlertID: a.ID, Step: a.Step}
		if err := b.enqueue(ctx, tx, job, priorityUrgent); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

type escalateWorker struct {
	river.WorkerDefaults[escalateJob]

	bot *Bot
}

// Work takes the next step of an alert that nobody has acknowledged: the phones
// on call, one after the other and round again, for emergencies; a reminder in
// the thread for the rest. Each step is taken once.
func (w *escalateWorker) Work(ctx context.Context, job *river.Job[escalateJob]) error {
	b := w.bot
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		now := b.now()
		clinic, err := b.clinic(job.Args.ClinicID)
		if err != nil {
			return err
		}
		a, err := tx.LockAlert(ctx, job.Args.ClinicID, job.Args.AlertID)
		if err != nil || a.State != storage.AlertOpen {
			return err
		}
		var content alertContent
		if err := json.Unmarshal(a.Payload, &content); err != nil {
			return fmt.Errorf("read alert %s: %w", a.ID, err)
		}
		if content.StepsDone >= job.Args.Step {
			return nil
		}
		content.StepsDone = job.Args.Step
		c := carrier{bot: b, tx: tx, clinic: clinic, now: now}
		if a.PatientID != "" {
			if c.patient, err = tx.PatientByID(ctx, a.ClinicID, a.PatientID); err != nil {
				return err
			}
		}
		line, again, err := c.escalate(ctx, a, job.Args.Step)
		if err != nil {
			return err
		}
		a.NextStepAt = storage.At(again)
		content.Escalated = line
		if a.Payload, err = json.Marshal(content); err != nil {
			return err
		}
		if err := tx.SaveAlert(ctx, a); err != nil {
			return err
		}
		card, err := b.refreshCard(ctx, tx, a)
		if err != nil {
			return err
		}
		return c.line(ctx, card, line, "")
	})
}

// escalate takes one step and says what it was and when the next one is due.
func (c *carrier) escalate(ctx context.Context, a storage.Alert, step int) (line string, again time.Time, err error) {
	rules := c.clinic.Protocol.Alerts
	switch a.Level {
	case flows.P2:
		return "Nobody has acknowledged this yet.", c.clinic.AddOfficeHours(c.now, rules.P2Ack), nil
	case flows.P3:
		return "Nobody has acknowledged this yet.", c.clinic.AddWorkingDays(c.now, rules.P3Ack), nil
	case flows.P1, flows.P1b:
	}
	if len(c.clinic.OnCall) == 0 {
		return "Nobody has acknowledged this, and the clinic file names nobody on call.", c.now.Add(rules.RingNext), nil
	}
	who := c.clinic.OnCall[(step-1)%len(c.clinic.OnCall)]
	if err := c.ring(ctx, a, who); err != nil {
		return "", time.Time{}, err
	}
	line = fmt.Sprintf("Not acknowledged: rang and texted %s at %s.", who.Name, c.now.In(c.clinic.TimeZone).Format("15:04"))
	return line, c.now.Add(rules.RingNext), nil
}

// ring calls and texts somebody on call. Neither says anything about the patient.
func (c *carrier) ring(ctx context.Context, a storage.Alert, who protocol.OnCall) error {
	body := fmt.Sprintf("%s: an urgent patient alert (%s) waits in Slack and nobody has acknowledged it. Please acknowledge it there, or answer our call and press 1.", c.clinic.Name, a.Level)
	if err := c.bot.textTo(ctx, c.tx, c.clinic, string(who.Phone), body, flows.ClassSafety, "", c.now); err != nil {
		return err
	}
	id, err := c.tx.InsertCall(ctx, storage.Call{ClinicID: c.clinic.ID, AlertID: a.ID, ClinicianID: who.Name, Phone: string(who.Phone)}, c.now)
	if err != nil {
		return err
	}
	return c.bot.enqueue(ctx, c.tx, callJob{ClinicID: c.clinic.ID, CallID: id}, priorityUrgent)
}
