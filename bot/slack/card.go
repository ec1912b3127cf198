package slack

import (
	"strings"
	"time"

	"backstop/bot"
	"backstop/flows"

	"github.com/slack-go/slack"
)

// The states of an alert as a card gives them.
const (
	acknowledged = "acknowledged"
	resolved     = "resolved"
)

// severity is a level in shape and words: it must not rest on color alone.
type severity struct{ shape, words string }

var severities = map[flows.Level]severity{
	flows.P1:  {"🛑", "P1 Emergency, act now"},
	flows.P1b: {"🔶", "P1b Urgent, needs a human today"},
	flows.P2:  {"⚠️", "P2 Flare-up, contact within the working day"},
	flows.P3:  {"ℹ️", "P3 For your information"},
}

// severityOf names a level; one that is not known is shown as it is.
func severityOf(level flows.Level) severity {
	if known, ok := severities[level]; ok {
		return known
	}
	return severity{"❔", literal(string(level), 40)}
}

// card lays an alert out: how bad, who, what, the numbers, what was told and comes
// next, why, where it stands, the buttons its state allows, and the last weeks.
func card(c bot.Card) []slack.Block {
	out := []slack.Block{slack.NewHeaderBlock(plainObject(literal(heading(c), maxHeader)))}
	if headline := headline(c); headline != "" {
		out = append(out, slack.NewSectionBlock(markdown(headline), nil, nil))
	}
	out = append(out, words(c.Words)...)
	if facts := facts(c); len(facts) > 0 {
		out = append(out, slack.NewSectionBlock(nil, facts, nil))
	}
	if told := escaped(c.Told, maxSection-len("*Told the patient*\n")); told != "" {
		out = append(out, slack.NewSectionBlock(markdown("*Told the patient*\n"+told), nil, nil))
	}
	if next := escaped(c.Next, maxContext); next != "" {
		out = append(out, slack.NewContextBlock("", markdown("*Next:* "+next)))
	}
	if why := literal(c.Why, maxContext); why != "" {
		out = append(out, slack.NewContextBlock("", plainObject("Why: "+why))) // plain: it may quote the patient
	}
	out = append(out, slack.NewContextBlock("", markdown(standing(c))))
	if buttons := buttons(c); len(buttons) > 0 {
		out = append(out, slack.NewActionBlock("alert", buttons...))
	}
	if picture := picture(c); picture != nil { // last: on a phone the buttons come before it
		out = append(out, picture)
	}
	return out
}

// heading is the state's mark, the level and the patient.
func heading(c bot.Card) string {
	how := severityOf(c.Level)
	parts := []string{how.shape + " " + how.words}
	switch c.State {
	case acknowledged:
		parts = []string{"👤 Acknowledged", how.shape + " " + how.words}
	case resolved:
		parts = []string{"✅ Resolved", how.shape + " " + how.words}
	}
	if patient := literal(c.Patient, 60); patient != "" {
		parts = append(parts, patient)
	}
	return strings.Join(parts, " · ")
}

// here calls everybody who is active in the channel.
const here = "<!here>"

// mentions reports whether the channel is called: only while nobody has taken the alert.
func mentions(c bot.Card) bool { return c.Mention && c.State != acknowledged && c.State != resolved }

// headline is what happened, and calls the channel while nobody has taken it.
func headline(c bot.Card) string {
	var parts []string
	if mentions(c) {
		parts = append(parts, here)
	}
	if text := escaped(c.Headline, 500); text != "" {
		parts = append(parts, "*"+text+"*")
	}
	return strings.Join(parts, " ")
}

// facts are the numbers, side by side.
func facts(c bot.Card) []*slack.TextBlockObject {
	var out []*slack.TextBlockObject
	for _, fact := range []struct{ label, value string }{
		{"Reading", c.Reading}, {"Stage", c.Stage}, {"Trend", c.Trend},
	} {
		label := "*" + fact.label + "*\n"
		if value := escaped(fact.value, maxField-len(label)); value != "" {
			out = append(out, markdown(label+value))
		}
	}
	return out
}

// picture shows the last weeks, with the words for who cannot see them.
func picture(c bot.Card) slack.Block {
	if c.Picture == "" {
		return nil
	}
	says := literal(c.PictureSays, maxImageAlt)
	if says == "" {
		says = "The last weeks"
	}
	return slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: c.Picture}, says, "", plainObject("The last weeks"))
}

// standing says what has been done about the alert, by whom and when.
func standing(c bot.Card) string {
	lines := []string{"Opened " + clock(c.OpenedAt, c.Zone)}
	if text := escaped(c.Escalated, 300); text != "" {
		lines = append(lines, "Escalated: "+text)
	}
	if c.AcknowledgedBy != "" || c.State == acknowledged {
		lines = append(lines, "Acknowledged by "+person(c.AcknowledgedBy)+at(c.AcknowledgedAt, c.Zone))
	}
	if c.ResolvedBy != "" || c.State == resolved {
		text := "Resolved by " + person(c.ResolvedBy) + at(c.ResolvedAt, c.Zone)
		if outcome := escaped(c.Outcome, 300); outcome != "" {
			text += ": " + outcome
		}
		lines = append(lines, text)
	}
	if text := escaped(c.Promised, 300); text != "" && c.State == acknowledged {
		lines = append(lines, text)
	}
	switch c.Useful {
	case "yes":
		lines = append(lines, "Called useful")
	case "no":
		lines = append(lines, "Called not useful")
	}
	if c.State != acknowledged && c.State != resolved {
		lines = append(lines, "Open: nobody has taken it yet")
	}
	return strings.Join(lines, "\n")
}

func at(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return ", " + clock(t, zone)
}

// clock writes a time as the clinic reads it.
func clock(t time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format("Mon 2 Jan 15:04 MST")
}

// buttons are what can still be done. Their value is the alert's id and
// nothing else: what stands there is read from the database.
func buttons(c bot.Card) []slack.BlockElement {
	id := literal(c.AlertID, maxValue)
	if id == "" {
		return nil
	}
	button := func(action, label string) *slack.ButtonBlockElement {
		return slack.NewButtonBlockElement(action, id, plainObject(label))
	}
	if c.State == resolved {
		if c.Useful != "" {
			return nil
		}
		return []slack.BlockElement{button(bot.ActionUseful, "Was useful"), button(bot.ActionNotUseful, "Was not useful")}
	}
	var out []slack.BlockElement
	if step := literal(c.Approve, 40); step != "" {
		approve := button(bot.ActionApprove, "Approve "+step)
		approve.Confirm = slack.NewConfirmationBlockObject(plainObject("Approve "+step+"?"), plainObject("It begins at once, and the patient is told."), plainObject("Approve"), plainObject("Not yet"))
		out = append(out, approve)
	}
	if c.OptOut {
		stop := button(bot.ActionOptOut, "Opt out")
		stop.Confirm = slack.NewConfirmationBlockObject(plainObject("No more texts?"), plainObject("The patient gets none from now on, and can text START to come back."), plainObject("Opt out"), plainObject("Not yet"))
		out = append(out, stop)
	}
	if c.State != acknowledged {
		out = append(out, button(bot.ActionAcknowledge, "Acknowledge").WithStyle(slack.StylePrimary))
	}
	if !c.NoPatient {
		out = append(out, button(bot.ActionText, "Text patient"), button(bot.ActionCall, "Call"), button(bot.ActionPlan, "Change plan"))
	}
	return append(out, button(bot.ActionResolve, "Resolve"))
}
