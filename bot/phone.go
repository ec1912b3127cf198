package bot

import (
	"context"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"backstop/flows"
	"backstop/storage"
)

const formCall = "call"

// askCall shows one clinician the number to ring, and asks what came of it. The
// number stands nowhere but in this dialog, and looking at it is in the record.
func (a *act) askCall(ctx context.Context) (Pressed, error) {
	p, err := a.patient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	if err := a.audit(ctx, "look up phone", p.ID); err != nil {
		return Pressed{}, err
	}
	zone := zoneOf(a.clinic, p)
	said := []Said{
		{Ours: "Ring " + calledInSlack(a.clinic, p) + " at " + shown(p.Phone) + ". It is " + a.now.In(zone).Format("15:04") + " where they are."},
	}
	if a.clinic.Quiet(a.now, zone) {
		said = append(said, Said{Ours: "These are quiet hours for them."})
	}
	return Pressed{Form: &Form{
		Name: formCall, About: a.about, Title: "Call the patient", Submit: "Keep", Said: said,
		Fields: []Field{
			{Name: "result", Label: "What came of it?", Kind: FieldChoice, Choices: callResults},
			{Name: "note", Label: "Note", Kind: FieldLong, Optional: true, Most: 1000, Hint: "Goes into the thread."},
		},
	}}, nil
}

var callResults = []Choice{
	{"reached", "Spoke with them"},
	{"voicemail", "Left a voicemail"},
	{"no_answer", "No answer"},
}

// called keeps what came of a call, in the thread. Having spoken keeps a promise.
func (a *act) called(ctx context.Context) (Pressed, error) {
	p, err := a.patient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	line := ""
	for _, r := range callResults {
		if r.Value == a.fields["result"] {
			line = nameOf(a.clinic, a.user) + " rang at " + a.now.In(a.clinic.TimeZone).Format("15:04") + ": " + strings.ToLower(r.Label[:1]) + r.Label[1:] + "."
		}
	}
	if line == "" {
		return Pressed{Wrong: FieldErrors{{Field: "result", Reason: "choose what came of it"}}}, nil
	}
	if note := strings.TrimSpace(a.fields["note"]); note != "" {
		line += " " + note
	}
	if err := a.carrier(p).note(ctx, flows.Note{Line: line}); err != nil {
		return Pressed{}, err
	}
	if a.fields["result"] == "reached" {
		if err := a.promiseKept(ctx, p); err != nil {
			return Pressed{}, err
		}
	}
	return Pressed{Done: true}, a.audit(ctx, "call", p.ID)
}

// promiseKept lets a promise rest once the patient was spoken to or texted.
func (a *act) promiseKept(ctx context.Context, p storage.Patient) error {
	alerts, err := a.tx.AlertsOf(ctx, a.clinic.ID, p.ID, 20)
	if err != nil {
		return err
	}
	for _, alert := range alerts {
		if alert.State != storage.AlertAcknowledged {
			continue
		}
		if alert, err = a.tx.LockAlert(ctx, a.clinic.ID, alert.ID); err != nil {
			return err
		}
		alert.WakeAt(forgottenAt(a.clinic, alert.Level, a.now), a.now)
		_, err := a.changeContent(ctx, &alert, func(c *alertContent) { c.PromiseBy = time.Time{} })
		if err != nil {
			return err
		}
	}
	return nil
}

// shown is a number as people of its country write it.
func shown(phone string) string {
	number, err := phonenumbers.Parse(phone, "")
	if err != nil {
		return phone
	}
	return phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
}
