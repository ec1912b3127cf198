package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/flows/copy"
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

// Work takes the next step of an alert that waits for somebody. Each step is
// taken once, and stands in the thread and on the card.
func (w *escalateWorker) Work(ctx context.Context, job *river.Job[escalateJob]) error {
	b := w.bot
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		clinic, err := b.clinic(job.Args.ClinicID)
		if err != nil {
			return err
		}
		e := escalation{carrier: carrier{bot: b, tx: tx, clinic: clinic, now: b.now()}}
		known, err := tx.AlertByID(ctx, clinic.ID, job.Args.AlertID)
		if err != nil {
			return err
		}
		if known.PatientID != "" { // before the alert, as everywhere
			if e.patient, err = tx.LockPatient(ctx, clinic.ID, known.PatientID); err != nil {
				return err
			}
		}
		if e.alert, err = tx.LockAlert(ctx, clinic.ID, known.ID); err != nil || e.alert.State == storage.AlertResolved {
			return err
		}
		if err := json.Unmarshal(e.alert.Payload, &e.content); err != nil {
			return fmt.Errorf("read alert %s: %w", e.alert.ID, err)
		}
		if e.content.StepsDone >= job.Args.Step || e.alert.NextStepAt.IsZero() {
			return nil
		}
		e.content.StepsDone = job.Args.Step
		return e.step(ctx)
	})
}

// escalation is one step of bringing an alert to somebody.
type escalation struct {
	carrier

	alert   storage.Alert
	content alertContent
	calls   []string // who is mentioned in the thread, by Slack id
}

// step takes the step that is due, and keeps it.
func (e *escalation) step(ctx context.Context) error {
	var line string
	var again time.Time
	var err error
	switch {
	case e.alert.State == storage.AlertOpen:
		line, again, err = e.open(ctx)
	case !e.content.PromiseBy.IsZero():
		line, again, err = e.brokenPromise(ctx)
	case !e.content.Reminded:
		line, again = e.remind()
	default:
		line, again, err = e.reopen(ctx, nameOf(e.clinic, e.alert.AcknowledgedBy)+" took this and has not resolved it.")
	}
	if err != nil {
		return err
	}
	e.alert.WakeAt(again, e.now)
	e.content.Escalated = line
	if e.alert.Payload, err = json.Marshal(e.content); err != nil {
		return err
	}
	if err := e.tx.SaveAlert(ctx, e.alert); err != nil {
		return err
	}
	card, err := e.refreshCard(ctx, e.alert)
	if err != nil {
		return err
	}
	return e.post(ctx, storage.Post{Kind: postLine, Channel: e.clinic.Slack.Channel},
		postContent{Parent: card, Line: line, Calls: e.calls}, urgencyOf(e.alert.Level))
}

// open is the next step of an alert nobody has acknowledged: the phones on
// call, one after the other and round again, for emergencies; for the rest a
// reminder in the thread, and from the second on a text to whoever is on call.
func (e *escalation) open(ctx context.Context) (line string, again time.Time, err error) {
	rules := e.clinic.Protocol.Alerts
	switch e.alert.Level {
	case flows.P2, flows.P3:
		again = firstStep(e.clinic, e.alert.Level, e.now)
		who, ok := e.next()
		if !ok {
			return "Nobody has acknowledged this yet.", again, nil
		}
		e.calls = mention(who)
		e.content.Rung++
		if e.content.Rung == 1 {
			return "Nobody has acknowledged this yet.", again, nil
		}
		return "Nobody has acknowledged this yet: texted " + who.Name + ".", again, e.textOnCall(ctx, who)
	case flows.P1, flows.P1b:
	}
	again = e.now.Add(rules.RingNext)
	told, err := e.chainEnds(ctx)
	if err != nil {
		return "", again, err
	}
	who, ok := e.next()
	if !ok {
		return "Nobody has acknowledged this, and the clinic file names nobody on call." + told, again, nil
	}
	e.calls = mention(who)
	e.content.Rung++
	line = fmt.Sprintf("Not acknowledged: rang and texted %s at %s.", who.Name, e.now.In(e.clinic.TimeZone).Format("15:04"))
	return line + told, again, e.ring(ctx, e.alert, who)
}

// next is whoever on call comes next; who is passed over counts as called.
func (e *escalation) next() (protocol.OnCall, bool) {
	who, rung, ok := nextOnCall(e.clinic, e.content, e.now)
	e.content.Rung = rung
	return who, ok
}

// chainEnds tells the patient whom to ring, once everybody on call has been rung in vain.
func (e *escalation) chainEnds(ctx context.Context) (told string, err error) {
	if e.content.LastRung || e.content.Rung < len(e.clinic.OnCall) || e.patient.ID == "" {
		return "", nil
	}
	e.content.LastRung = true
	vars := copy.VarsOf(e.clinic.Clinic)
	body := e.clinic.Copy.Say(e.patient.Snapshot.Language, copy.NoOneYet, 0, vars)
	err = e.sendText(ctx, flows.SendText{Key: copy.NoOneYet, Body: body, Class: flows.ClassSafety, Expires: e.now.Add(time.Hour)})
	return " Everybody on call has been rung: the patient was told to ring " + vars.Phone + ".", err
}

// brokenPromise is the step when a promised call did not come: the patient is
// told, and the next clinician is called.
func (e *escalation) brokenPromise(ctx context.Context) (string, time.Time, error) {
	if e.patient.ID != "" {
		if err := e.bot.step(ctx, e.tx, e.patient, flows.CallMissed{Alert: e.alert.Key}, e.now); err != nil {
			return "", time.Time{}, err
		}
	}
	return e.reopen(ctx, fmt.Sprintf("%s promised the patient a call by %s, and none is in the record. The patient was told.",
		nameOf(e.clinic, e.alert.AcknowledgedBy), e.content.PromiseBy.In(e.clinic.TimeZone).Format("Mon 15:04")))
}

// remind reminds whoever took an alert that it is not resolved.
func (e *escalation) remind() (string, time.Time) {
	e.content.Reminded = true
	rules := e.clinic.Protocol.Alerts
	e.calls = slackIDs(e.alert.AcknowledgedBy)
	line := "Still open: taken " + e.alert.AcknowledgedAt.In(e.clinic.TimeZone).Format("Mon 15:04") + ", not resolved. It goes to the next clinician when nothing happens."
	switch e.alert.Level {
	case flows.P1, flows.P1b:
		return line, e.now.Add(rules.P1bAck)
	case flows.P2, flows.P3:
	}
	return line, e.clinic.AddOfficeHours(e.now, rules.P2Ack)
}

// reopen takes an alert from whoever let it lie and calls the next.
func (e *escalation) reopen(ctx context.Context, why string) (string, time.Time, error) {
	e.content.Dropped, e.content.Reminded, e.content.PromiseBy = e.alert.AcknowledgedBy, false, time.Time{}
	if err := e.tx.ReopenAlert(ctx, e.clinic.ID, e.alert.ID); err != nil {
		return "", time.Time{}, err
	}
	e.alert.State, e.alert.AcknowledgedBy = storage.AlertOpen, ""
	line, again, err := e.open(ctx)
	return why + " " + line, again, err
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

// textOnCall texts somebody on call about an alert that may wait for the office.
func (e *escalation) textOnCall(ctx context.Context, who protocol.OnCall) error {
	body := fmt.Sprintf("%s: a patient alert (%s) waits in Slack and nobody has acknowledged it.", e.clinic.Name, e.alert.Level)
	return e.bot.textTo(ctx, e.tx, e.clinic, string(who.Phone), body, flows.ClassSafety, "", e.now)
}

func mention(who protocol.OnCall) []string { return slackIDs(who.SlackID) }

// slackIDs is a Slack user to be mentioned; nobody where a phone took the alert.
func slackIDs(user string) []string {
	if user == "" || strings.Contains(user, " ") {
		return nil
	}
	return []string{user}
}
