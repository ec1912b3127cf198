package bot_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// by is somebody acting through Slack's door of the bot.
type by struct {
	w    *world
	user string
	said bot.Pressed // what the last act came to
	n    int
}

func (b *by) key() string {
	b.n++
	return b.user + string(rune('a'+b.n))
}

func (b *by) presses(action, about string) *bot.Form {
	b.w.t.Helper()
	var err error
	b.said, err = b.w.bot.Press(b.w.ctx, bot.Press{Key: b.key(), Action: action, About: about, Team: "T0SANDBOX", Channel: b.w.clinic.Slack.Channel, User: b.user})
	b.w.must(err)
	return b.said.Form
}

func (b *by) types(command string) *bot.Form {
	b.w.t.Helper()
	var err error
	b.said, err = b.w.bot.Command(b.w.ctx, bot.Command{Text: command, Team: "T0SANDBOX", Channel: b.w.clinic.Slack.Channel, User: b.user})
	b.w.must(err)
	return b.said.Form
}

// sends fills a form in: what is not named keeps its value.
func (b *by) sends(f *bot.Form, fields map[string]string) {
	b.w.t.Helper()
	if f == nil {
		b.w.t.Fatalf("no form opened: %+v", b.said)
	}
	all := map[string]string{}
	for _, field := range f.Fields {
		all[field.Name] = field.Value
	}
	for name, value := range fields {
		if _, ok := all[name]; !ok {
			b.w.t.Fatalf("the form %s has no field %s", f.Name, name)
		}
		all[name] = value
	}
	var err error
	b.said, err = b.w.bot.Submit(b.w.ctx, bot.Submission{Key: b.key(), Form: f.Name, About: f.About, Clinic: f.Clinic, Team: "T0SANDBOX", User: b.user, Fields: all})
	b.w.must(err)
	if len(b.said.Wrong) > 0 {
		b.w.t.Fatalf("%s was refused: %v", f.Name, b.said.Wrong)
	}
	b.w.settle()
}

// alert is the one alert nobody has resolved.
func (w *world) alert() storage.Alert {
	w.t.Helper()
	alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
	w.must(err)
	if len(alerts) != 1 {
		w.t.Fatalf("%d alerts, want one", len(alerts))
	}
	return alerts[0]
}

// clinicianText is the text that a clinician wrote to Alex.
func (w *world) clinicianText() storage.Message {
	w.t.Helper()
	talk, err := w.store.Conversation(w.ctx, w.clinic.ID, w.patientID(), 10)
	w.must(err)
	i := slices.IndexFunc(talk, func(m storage.Message) bool { return m.Kind == "relay" })
	if i < 0 {
		w.t.Fatal("no clinician wrote to Alex")
	}
	return talk[i]
}

// deeds are everything a clinician can do in Slack that the record must show, by
// what the record calls it.
var deeds = map[string]func(w *world, b *by){
	"enrol": func(_ *world, b *by) {
		b.sends(b.types("enrol"), map[string]string{"name": "Kim Ito", "phone": "(212) 555-0134", "baseline": "1", "consent": "written"})
	},
	"log session": func(w *world, b *by) { w.enrol(); b.sends(b.types("session alex"), nil) },
	"view":        func(w *world, b *by) { w.enrol(); b.types("find alex") },
	"stage set": func(w *world, b *by) {
		w.enrol()
		b.sends(b.types("find alex"), map[string]string{"stage": "S1"})
	},
	"paused": func(w *world, b *by) { w.enrol(); b.sends(b.types("find alex"), map[string]string{"do": "pause"}) },
	"resumed": func(w *world, b *by) {
		w.enrol()
		w.must(w.bot.Pause(w.ctx, "", "alex", time.Time{}, "test"))
		b.sends(b.types("find alex"), map[string]string{"do": "resume"})
	},
	"symptom snoozed": func(w *world, b *by) {
		w.enrol()
		b.sends(b.types("find alex"), map[string]string{"do": "snooze", "up_to": "4"})
	},
	"exit confirmed": func(w *world, b *by) {
		w.enrol(func(n *bot.NewPatient) { n.Stage = "S1" })
		b.sends(b.types("find alex"), map[string]string{"do": "confirm"})
	},
	"opted out": func(w *world, b *by) {
		w.enrol()
		w.texts("i used to hate these texts")
		b.presses(bot.ActionOptOut, w.alert().ID)
	},
	"step approved": func(w *world, b *by) { w.waitsForApproval(); b.presses(bot.ActionApprove, w.alert().ID) },
	"plan changed":  func(w *world, b *by) { w.enrol(); b.sends(b.types("plan alex"), map[string]string{"load": "100"}) },
	"cancel session": func(w *world, b *by) {
		w.enrol()
		w.session()
		b.sends(b.types("cancel alex"), nil)
	},
	"correct phone": func(w *world, b *by) {
		w.enrol()
		b.sends(b.types("phone alex"), map[string]string{"phone": "(312) 555-0188"})
	},
	"discharge":   func(w *world, b *by) { w.enrol(); b.sends(b.types("discharge alex"), nil) },
	"acknowledge": func(w *world, b *by) { w.enrol(); w.flare(); b.presses(bot.ActionAcknowledge, w.alert().ID) },
	"promise": func(w *world, b *by) {
		w.enrol()
		w.flare()
		form := b.presses(bot.ActionAcknowledge, w.alert().ID)
		b.sends(form, map[string]string{"by": form.Fields[0].Choices[1].Value})
	},
	"resolve": func(w *world, b *by) {
		w.enrol()
		w.flare()
		b.sends(b.presses(bot.ActionResolve, w.alert().ID), map[string]string{"outcome": "seen", "note": "rang them"})
	},
	"useful: yes": func(w *world, b *by) { w.enrol(); w.flare(); b.presses(bot.ActionUseful, w.alert().ID) },
	"useful: no":  func(w *world, b *by) { w.enrol(); w.flare(); b.presses(bot.ActionNotUseful, w.alert().ID) },
	"look up phone": func(w *world, b *by) {
		w.enrol()
		b.presses(bot.ActionCall, w.patientID())
	},
	"call": func(w *world, b *by) {
		w.enrol()
		b.sends(b.presses(bot.ActionCall, w.patientID()), map[string]string{"result": "reached"})
	},
	"text patient": func(w *world, b *by) { w.texting(b) },
	"undo text":    func(w *world, b *by) { w.texting(b); b.presses(bot.ActionUndo, w.clinicianText().ID) },
	"hand back":    func(w *world, b *by) { w.texting(b); b.presses(bot.ActionHandBack, w.clinicianText().ID) },
	"what if":      func(_ *world, b *by) { b.types("what-if alert_abs 8") },
}

// texting is a clinician who has just written to Alex from the form in Slack.
func (w *world) texting(b *by) {
	w.t.Helper()
	w.clinic.Slack.RelayReplies = true
	w.enrol()
	b.sends(b.presses(bot.ActionText, w.patientID()), map[string]string{"body": "Rest today."})
}

// waitsForApproval brings Alex to where only a clinician's yes is missing: a
// week at the end of which the back has settled.
func (w *world) waitsForApproval() {
	w.t.Helper()
	w.enrol(func(n *bot.NewPatient) { n.Stage, n.Training.CheckInsOnly = "S1", false })
	for range 21 {
		w.session()
		w.until(0, "19:05")
		w.texts("0")
		w.until(1, "08:35")
		w.texts("0")
		w.until(0, "14:10")
		alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
		w.must(err)
		if slices.ContainsFunc(alerts, func(a storage.Alert) bool { return strings.HasPrefix(a.Key, "approval:") }) {
			return
		}
	}
	w.t.Fatal("no step ever waited for an approval")
}

func TestEveryDeedIsInTheRecordWithWhoDidIt(t *testing.T) {
	for action, do := range deeds {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, storagetest.Open(t, storage.SQLite))
			b := &by{w: w, user: michael}
			do(w, b)
			trail, err := w.store.AuditTrail(w.ctx, w.clinic.ID, tuesday.AddDate(0, 0, -1), w.clock.Now().AddDate(0, 0, 1), 1000)
			w.must(err)
			found := 0
			for _, e := range trail {
				if e.Action == action && e.Actor == michael && e.Subject != "" {
					found++
				}
			}
			if found != 1 {
				t.Errorf("stands %d times in the record as Michael's, want once: %+v\nsaid %+v", found, trail, b.said)
			}
		})
	}
}

// Whatever the code can write into the record from Slack is among the deeds.
func TestNoDeedIsForgotten(t *testing.T) {
	elsewhere := []string{"acknowledge by phone", "install slack"} // each has a test of its own
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	written := regexp.MustCompile(`(?:audit|actionOf|careIn)\((?:ctx, )?(?:tx, [^"\n]*|a\.tx, [^"\n]*)?"([a-z_: ]+)"`)
	seen := 0
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range written.FindAllStringSubmatch(string(text), -1) {
			seen++
			action := strings.ReplaceAll(m[1], "_", " ")
			known := slices.Contains(elsewhere, action)
			for deed := range deeds {
				known = known || deed == action || strings.HasSuffix(action, ": ") && strings.HasPrefix(deed, action)
			}
			if !known {
				t.Errorf("%s writes %q: add it to the deeds", source, action)
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d places found that write the record", seen)
	}
}

// Nobody but a clinician of the clinic, in its workspace and in its channel, does
// anything: not a button, not a form, not a command, not a look.
func TestWhoMayNotActDoesNothing(t *testing.T) {
	other := south(t)
	other.Slack.Team = "T0SANDBOX"
	w := newWorldPolling(t, storagetest.Open(t, storage.SQLite), 5*time.Millisecond, other)
	w.clinic.Slack.Team = "T0SANDBOX"
	w.clinic.Slack.Clinicians = []protocol.Clinician{clinician("Michael Torres", michael), clinician("Robin Gone", outside)}
	w.enrol(func(n *bot.NewPatient) { n.Clinic = w.clinic.ID })
	_, _, err := w.bot.LogSession(w.ctx, bot.NewSession{Clinic: w.clinic.ID, Patient: "alex", EndedAt: w.clock.Now()}, "test")
	w.must(err)
	w.until(0, "19:05")
	w.texts("7")
	alert, patient := w.alert(), w.patientID()
	before, err := w.store.AuditTrail(w.ctx, w.clinic.ID, tuesday.AddDate(0, 0, -1), tuesday.AddDate(0, 0, 2), 1000)
	w.must(err)

	actions := []string{bot.ActionAcknowledge, bot.ActionResolve, bot.ActionText, bot.ActionCall, bot.ActionPlan, bot.ActionApprove, bot.ActionOptOut, bot.ActionUseful,
		bot.ActionNotUseful, bot.ActionUndo, bot.ActionHandBack, bot.ActionHome, bot.ActionClinic, bot.ActionCommand, "text.body"}
	forms := []string{"enrol", "session", "find", "patient", "plan", "cancel", "phone", "discharge", "promise", "resolve", "call", "text"}
	commands := []string{"", "enrol", "session alex", "due", "find alex", "plan alex", "cancel alex", "phone alex", "discharge alex", "report", "what-if"}
	for name, who := range map[string]struct{ team, channel, clinic, user string }{
		"not named by the clinic file":       {"T0SANDBOX", w.clinic.Slack.Channel, w.clinic.ID, "U0STRANGER"},
		"removed from the clinic file":       {"T0SANDBOX", w.clinic.Slack.Channel, w.clinic.ID, "U0SAMLEE"},
		"of another workspace":               {"T0OTHER", w.clinic.Slack.Channel, w.clinic.ID, michael},
		"not in the channel any more":        {"T0SANDBOX", w.clinic.Slack.Channel, w.clinic.ID, outside},
		"in the channel of another clinic":   {"T0SANDBOX", "C0OTHER", "southside", outside},
		"nobody":                             {"T0SANDBOX", w.clinic.Slack.Channel, w.clinic.ID, ""},
		"for a clinic that is not there":     {"T0SANDBOX", "", "elsewhere", michael},
		"nobody's, in a direct conversation": {"T0SANDBOX", "D0DIRECT", "", "U0STRANGER"},
	} {
		refused := func(what string, out bot.Pressed, err error) {
			t.Helper()
			if err != nil || out.Done || out.Form != nil || out.Home != nil || out.Link != nil || !strings.HasPrefix(out.Say, "Only ") {
				t.Errorf("%s, %s: %+v %v", name, what, out, err)
			}
		}
		for _, action := range actions {
			for _, about := range []string{alert.ID, patient} {
				out, err := w.bot.Press(w.ctx, bot.Press{Key: name + action + about, Action: action, About: about, Team: who.team, Clinic: who.clinic, User: who.user})
				refused("button "+action, out, err)
				if who.clinic == "elsewhere" {
					continue
				}
				out, err = w.bot.Press(w.ctx, bot.Press{Key: name + action + about + "c", Action: action, About: about, Team: who.team, Channel: who.channel, User: who.user})
				refused("button "+action+" in the channel", out, err)
			}
		}
		for _, form := range forms {
			out, err := w.bot.Submit(w.ctx, bot.Submission{Key: name + form, Form: form, About: alert.ID, Clinic: who.clinic, Team: who.team, User: who.user,
				Fields: map[string]string{"outcome": "seen", "stage": "S1", "phone": "(312) 555-0188"}})
			refused("form "+form, out, err)
		}
		if who.clinic != "elsewhere" {
			for _, command := range commands {
				out, err := w.bot.Command(w.ctx, bot.Command{Text: command, Team: who.team, Channel: who.channel, User: who.user})
				refused("/backstop "+command, out, err)
			}
			home, err := w.bot.HomeOf(w.ctx, who.team, who.user, who.clinic)
			if home != nil || err != nil {
				t.Errorf("%s sees a home view: %+v %v", name, home, err)
			}
		}
	}
	after, err := w.store.AuditTrail(w.ctx, w.clinic.ID, tuesday.AddDate(0, 0, -1), tuesday.AddDate(0, 0, 2), 1000)
	w.must(err)
	now, err := w.store.AlertByID(w.ctx, w.clinic.ID, alert.ID)
	w.must(err)
	if len(after) != len(before) || now.State != storage.AlertOpen {
		t.Errorf("something was done: the alert is %s, the record grew by %d", now.State, len(after)-len(before))
	}
	p, err := w.store.PatientByID(w.ctx, w.clinic.ID, patient)
	w.must(err)
	if p.Phone != alexPhone || p.Snapshot.Consent.State != flows.ConsentGiven {
		t.Errorf("the patient was changed: %+v", p)
	}
}
