package bot

import (
	"context"
	"fmt"

	"backstop/flows"
	"backstop/storage"
)

// The buttons of alerts, of threads and of the home view.
const (
	ActionAcknowledge = "acknowledge"
	ActionResolve     = "resolve"
	ActionText        = "text"
	ActionCall        = "call"
	ActionPlan        = "plan"
	ActionApprove     = "approve"
	ActionOptOut      = "opt_out"
	ActionUseful      = "useful"
	ActionNotUseful   = "not_useful"
	ActionUndo        = "undo"
	ActionHome        = "home"    // shows a page of the home view; its value says which
	ActionClinic      = "clinic"  // shows another clinic's home view; its value says whose
	ActionCommand     = "command" // a command's form, from the home view; its value says which
)

// presses are what buttons do. They run in a transaction of their own, once.
var presses = map[string]func(*act, context.Context) (Pressed, error){
	ActionAcknowledge: (*act).acknowledge,
	ActionResolve:     (*act).askOutcome,
	ActionApprove:     (*act).approve,
	ActionOptOut:      (*act).optOut,
	ActionUseful:      (*act).useful,
	ActionNotUseful:   (*act).notUseful,
	ActionCall:        (*act).askCall,
	ActionHandBack:    (*act).handBack,
}

// submissions are what forms do once they are sent.
var submissions = map[string]func(*act, context.Context) (Pressed, error){
	formPromise: (*act).promise,
	formResolve: (*act).resolve,
	formCall:    (*act).called,
	formEnrol:   (*act).enrol,
	formPatient: (*act).changePatient,

	formPlan:      (*act).changePlan,
	formCancel:    (*act).cancelSession,
	formPhone:     (*act).correctPhone,
	formDischarge: (*act).discharge,
}

// Press lets a clinician act. The same press again does nothing; of two
// clinicians pressing at once one wins, and the other is told who it was. Only
// people whom the clinic file names may act.
func (b *Bot) Press(ctx context.Context, p Press) (Pressed, error) {
	clinic, why := b.clinicFor(ctx, place{p.Team, p.Channel, p.Clinic}, p.User)
	if why != "" {
		b.log.WarnContext(ctx, "press refused", "why", why, "team", p.Team, "channel", p.Channel, "user", p.User)
		return Pressed{Say: why}, nil
	}
	out, err := b.press(ctx, clinic, p)
	return out.of(clinic), err
}

// of says whose form it is that comes of an act, so that it comes back there.
func (p Pressed) of(clinic *flows.Clinic) Pressed {
	p.Clinic = clinic.ID
	if p.Form != nil {
		p.Form.Clinic = clinic.ID
	}
	return p
}

func (b *Bot) press(ctx context.Context, clinic *flows.Clinic, p Press) (Pressed, error) {
	switch p.Action { // these only look, and may be repeated
	case ActionHome:
		home, err := b.homeOf(ctx, clinic, p.Team, p.User, p.About)
		return Pressed{Home: home}, err
	case ActionClinic:
		home, err := b.HomeOf(ctx, p.Team, p.User, p.About)
		return Pressed{Home: home}, err
	case ActionCommand:
		return b.command(ctx, clinic, p.User, p.About)
	case ActionPlan:
		return b.pressPlan(ctx, clinic, p)
	case ActionText:
		return b.pressText(ctx, clinic, p)
	case formText + ".body", formText + ".canned":
		return b.typing(ctx, p)
	case ActionUndo:
		return b.pressUndo(ctx, clinic, p)
	}
	do, ok := presses[p.Action]
	if !ok {
		return Pressed{Say: "This button is not in use any more."}, nil
	}
	pressed, err := b.once(ctx, clinic, act{user: p.User, about: p.About, key: p.Key, fields: p.Fields}, do)
	if err != nil {
		return Pressed{}, fmt.Errorf("press %s on %s: %w", p.Action, p.About, err)
	}
	return pressed, nil
}

// Submit takes in a form a clinician sent. The same dialog sent twice counts once.
func (b *Bot) Submit(ctx context.Context, s Submission) (Pressed, error) {
	clinic, why := b.clinicFor(ctx, place{team: s.Team, clinic: s.Clinic}, s.User)
	if why != "" {
		b.log.WarnContext(ctx, "form refused", "why", why, "team", s.Team, "form", s.Form, "user", s.User)
		return Pressed{Say: why}, nil
	}
	out, err := b.submit(ctx, clinic, s)
	return out.of(clinic), err
}

func (b *Bot) submit(ctx context.Context, clinic *flows.Clinic, s Submission) (Pressed, error) {
	switch s.Form {
	case formSession:
		return b.submitSession(ctx, clinic, s)
	case formText:
		return b.submitText(ctx, s)
	case formFind:
		return b.submitFind(ctx, clinic, s)
	}
	do, ok := submissions[s.Form]
	if !ok {
		return Pressed{Say: "This form is not in use any more."}, nil
	}
	pressed, err := b.once(ctx, clinic, act{user: s.User, about: s.About, key: "form:" + s.Key, fields: s.Fields}, do)
	if err != nil {
		return Pressed{}, fmt.Errorf("submit %s about %s: %w", s.Form, s.About, err)
	}
	return pressed, nil
}

// already says who was first.
func already(clinic *flows.Clinic, a storage.Alert) string {
	at := func(t storage.Time) string { return t.In(clinic.TimeZone).Format("Mon 15:04") }
	if a.State == storage.AlertResolved {
		return fmt.Sprintf("%s resolved this already (%s).", slackName(a.ResolvedBy), at(a.ResolvedAt))
	}
	return fmt.Sprintf("%s acknowledged this already (%s).", slackName(a.AcknowledgedBy), at(a.AcknowledgedAt))
}

// slackName is how a line of ours names somebody who acted.
func slackName(who string) string {
	if who == resolvedByPatient {
		return "The patient's own answer"
	}
	return who
}

// Seen reports whether something of Slack's has come before, and remembers it.
func (b *Bot) Seen(ctx context.Context, key string) (bool, error) {
	first := false
	err := b.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		first, err = tx.FirstTime(ctx, "slack:"+key, b.now())
		return err
	})
	return !first, err
}
