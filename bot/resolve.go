package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"backstop/flows"
	"backstop/storage"
)

const formResolve = "resolve"

// outcomes are what can come of an alert, as codes and in words.
var outcomes = []Choice{
	{"settled", "Settled by itself"},
	{"seen", "Seen or spoken to"},
	{"referred", "Referred to a doctor"},
	{"emergency", "Emergency care"},
	{"false_alarm", "False alarm"},
}

// askOutcome opens the form that resolves an alert.
func (a *act) askOutcome(ctx context.Context) (Pressed, error) {
	alert, p, err := a.alertAndPatient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	if alert.State == storage.AlertResolved {
		return Pressed{Say: already(a.clinic, alert)}, nil
	}
	if redFlagAlert(alert) && !mayDecide(a.clinic, a.user) {
		return Pressed{Say: "Only a clinician can close a red flag."}, nil
	}
	return Pressed{Form: &Form{
		Name: formResolve, About: alert.ID, Title: "Resolve the alert", Submit: "Resolve",
		Said: []Said{{Ours: alertLine(a.clinic, alert, p)}, {Ours: "The alert is closed for everybody. Later news from the patient opens a new one."}},
		Fields: []Field{
			{Name: "outcome", Label: "What came of it?", Kind: FieldChoice, Choices: outcomes},
			{Name: "note", Label: "Note", Kind: FieldLong, Optional: true, Most: 1000, Hint: "Stays among you; the patient never sees it."},
		},
	}}, nil
}

func redFlagAlert(a storage.Alert) bool { return strings.HasPrefix(a.Key, "red_flag:") }

// resolve closes an alert with what came of it.
func (a *act) resolve(ctx context.Context) (Pressed, error) {
	code, note := a.fields["outcome"], strings.TrimSpace(a.fields["note"])
	i := slices.IndexFunc(outcomes, func(c Choice) bool { return c.Value == code })
	if i < 0 {
		return Pressed{Wrong: FieldErrors{{Field: "outcome", Reason: "choose what came of it"}}}, nil
	}
	known, p, err := a.alertAndPatient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	if redFlagAlert(known) && !mayDecide(a.clinic, a.user) {
		return Pressed{Say: "Only a clinician can close a red flag."}, nil
	}
	says := outcomes[i].Label
	if note != "" {
		says += ". " + note
	}
	alert, won, err := a.tx.ResolveAlert(ctx, a.clinic.ID, a.about, a.user, says, a.now)
	if err != nil {
		return Pressed{}, err
	}
	if !won {
		return Pressed{Say: already(a.clinic, alert)}, nil
	}
	card, err := a.changeContent(ctx, &alert, func(c *alertContent) { c.Outcome = code })
	if err != nil {
		return Pressed{}, err
	}
	if err := a.bot.inThread(ctx, a.tx, a.clinic, alert, card, nameOf(a.clinic, a.user)+" resolved this: "+says); err != nil {
		return Pressed{}, err
	}
	if err := a.audit(ctx, "resolve", alert.ID); err != nil {
		return Pressed{}, err
	}
	if p.ID == "" {
		return Pressed{Done: true}, nil
	}
	return Pressed{Done: true}, a.bot.step(ctx, a.tx, p, flows.AlertResolved{Key: alert.Key, By: a.user, Outcome: code}, a.now)
}

// changeContent changes what an alert says and brings its card up to date, whose
// post it returns.
func (a *act) changeContent(ctx context.Context, alert *storage.Alert, change func(*alertContent)) (card string, err error) {
	var content alertContent
	if err := json.Unmarshal(alert.Payload, &content); err != nil {
		return "", fmt.Errorf("read alert %s: %w", alert.ID, err)
	}
	change(&content)
	if alert.Payload, err = json.Marshal(content); err != nil {
		return "", err
	}
	if err := a.tx.SaveAlert(ctx, *alert); err != nil {
		return "", err
	}
	return a.bot.refreshCard(ctx, a.tx, *alert)
}

func (a *act) useful(ctx context.Context) (Pressed, error)    { return a.rate(ctx, "yes") }
func (a *act) notUseful(ctx context.Context) (Pressed, error) { return a.rate(ctx, "no") }

// rate keeps whether a resolved alert was worth the interruption.
func (a *act) rate(ctx context.Context, answer string) (Pressed, error) {
	alert, _, err := a.alertAndPatient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	_, err = a.changeContent(ctx, &alert, func(c *alertContent) { c.Useful = answer })
	if err != nil {
		return Pressed{}, err
	}
	return Pressed{Done: true}, a.audit(ctx, "useful: "+answer, alert.ID)
}
