package flows_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// said is what patients of the properties type, of every kind.
var said = []string{
	"0", "1", "2", "3", "4", "5", "6", "7", "9", "2-3", "fine", "ok thanks", "sore", "much better", "3, a bit worried", "sorry, 1",
	"yes", "no", "A", "B", "C", "done 1", "DONE 3", "skip", "3x5 @ 60 kg, 1", "deadlift 100kg for 3 rpe 8", "185x5", "did them all",
	"STOP", "please stop texting me", "START", "HELP", "wrong number", "she passed away", "who is this?",
	"i can't feel when i wipe", "both my legs are numb", "i want to die", "fever and my back hurts", "fell off a ladder", "chest pain",
	"my back went out", "it flared up bad", "can't get out of bed", "can't take this pain anymore", "what if my leg goes numb?",
	"driving 9 hours tomorrow", "flying friday", "drove all day, just got home", "can i come friday instead?", "what's the address?",
	"how am i doing", "LATER", "lift the kids", "sit 1 hour", "NO CALLS", "purple elephants", "", "👍", "Liked \"How is your BACK?\"",
	"I'm driving with Do Not Disturb on", "me duele 4", "no", "ya no quiero mensajes", "missed 2 days of work", "1: 3", "no pain", "10",
}

// year plays random events of a year against one patient and holds every step
// to what must always be so.
type year struct {
	t      *rapid.T
	clinic *flows.Clinic
	p      flows.Patient
	now    time.Time
	log    []logged

	sent      []time.Time // unsolicited texts
	confirmed int         // confirmations since the last change of consent
	highest   int         // the highest rung a clinician has put or let the patient on
	sessions  int
	texts     int
}

type logged struct {
	event flows.Event
	at    time.Time
}

// The years are the same each time, so that a red run is about the change that
// made it red. Others: go test ./flows -run AYear -rapid.seed=7 -rapid.checks=3000.
func TestAYearOfAnythingKeepsWhatMustAlwaysHold(t *testing.T) {
	if seed := flag.Lookup("rapid.seed"); seed != nil && seed.Value.String() == "0" {
		if err := seed.Value.Set("20261123"); err != nil {
			t.Fatal(err)
		}
	}
	clinic := newStage(t).clinic
	rapid.Check(t, func(t *rapid.T) {
		y := &year{t: t, clinic: clinic, p: flows.Patient{ID: "p"}, now: time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC), highest: -1}
		y.enrol()
		for range rapid.IntRange(20, 250).Draw(t, "steps") {
			y.pass()
			y.happen()
		}
		y.notForgotten()
		y.replays()
	})
}

var zones = []string{"America/Chicago", "Pacific/Honolulu", "Europe/Madrid", "Asia/Kolkata", "Australia/Lord_Howe", "Mars/Olympus"}

func (y *year) enrol() {
	weight := lift.Load{Value: 80, Unit: reply.Kilogram}
	e := flows.Enrolled{Name: "Alex", Language: pick(y.t, "language", reply.English, reply.Spanish), TimeZone: pick(y.t, "zone", zones...),
		Unit: reply.Kilogram, Usual: float64(rapid.IntRange(0, 7).Draw(y.t, "usual")),
		Stage:    pick(y.t, "stage", flows.StageCalm, flows.StageMobility, flows.StageHinge, flows.StageLight, flows.StageBuild, flows.StageHeavy),
		CheckIns: rapid.Bool().Draw(y.t, "check-ins only"), Last: lift.Load{Value: 60, Unit: reply.Kilogram},
		Gate: flows.Gate{ExaminedAt: y.now, Adult: true, Gear: []string{protocol.Bar, protocol.TrapBar, protocol.Kettlebell}, Bodyweight: weight}}
	if rapid.Bool().Draw(y.t, "written") {
		e.Consent = flows.Consent{State: flows.ConsentGiven, Method: "written", At: y.now}
	}
	y.step(e)
}

func pick[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

// pass lets time go by; what is due happens, on time or, after a downtime, late.
func (y *year) pass() {
	to := y.now.Add(time.Duration(rapid.IntRange(0, 72*60).Draw(y.t, "minutes")) * time.Minute)
	if rapid.IntRange(0, 19).Draw(y.t, "down") == 0 {
		y.now = to // the bot was down meanwhile
	}
	for n := 0; len(y.p.Agenda) > 0 && !y.p.Agenda[0].At.After(to); n++ {
		if n > 500 {
			y.t.Fatalf("the agenda never empties: %+v", y.p.Agenda)
		}
		due := y.p.Agenda[0]
		if due.At.After(y.now) {
			y.now = due.At
		}
		y.step(flows.FollowUpDue{Key: due.Key, Kind: due.Kind})
	}
	if to.After(y.now) {
		y.now = to
	}
	if rapid.IntRange(0, 39).Draw(y.t, "clock") == 0 {
		y.now = y.now.Add(-time.Duration(rapid.IntRange(1, 120).Draw(y.t, "back")) * time.Minute) // somebody has set the clock
	}
}

// happen lets one thing happen.
func (y *year) happen() {
	const by = "U1"
	switch rapid.IntRange(0, 19).Draw(y.t, "what") {
	case 0, 1, 2:
		y.sessions++
		back := time.Duration(rapid.IntRange(-60, 48*60).Draw(y.t, "ended")) * time.Minute
		y.step(flows.SessionFinished{Session: "s" + num(y.sessions), EndedAt: y.now.Add(-back),
			Lifts: pick(y.t, "lifts", nil, []reply.Lift{{Exercise: "deadlift", Sets: 3, Reps: []int{5}, Load: 60, Unit: reply.Kilogram}})})
	case 3:
		y.step(flows.SessionCancelled{Session: "s" + num(y.sessions)})
	case 4:
		y.step(flows.StageSet{Stage: pick(y.t, "to", flows.StageCalm, flows.StageHinge, flows.StageLight, flows.StageBuild, flows.StageHeavy, flows.StageTravel), By: by})
	case 5:
		y.step(flows.StepApproved{By: by})
		y.step(flows.ExitConfirmed{By: by})
	case 6, 7:
		if n := len(y.p.Alerts); n > 0 {
			key := y.p.Alerts[rapid.IntRange(0, n-1).Draw(y.t, "alert")].Key
			y.step(flows.AlertResolved{Key: key, By: by, Outcome: pick(y.t, "outcome", "settled", "seen", "false_alarm", "emergency")})
		}
	case 8:
		switch rapid.IntRange(0, 9).Draw(y.t, "clinician") {
		case 0:
			y.step(flows.ConversationTaken{By: by})
		case 1:
			y.step(flows.ConversationHandedBack{By: by})
		case 2:
			y.step(flows.Paused{By: by, Until: y.now.Add(72 * time.Hour)})
		case 3:
			y.step(flows.Resumed{By: by})
		case 4:
			y.step(flows.CallPromised{By: by, At: y.now.Add(3 * time.Hour)})
		case 5:
			y.step(flows.SymptomSnoozed{By: by, UpTo: 4, Until: y.now.Add(72 * time.Hour)})
		case 6:
			y.step(flows.BaselineConfirmed{By: by, Usual: 2})
		case 7:
			y.step(flows.TripNoted{By: by, Kind: "drive", From: y.now.Add(48 * time.Hour), Days: 3})
		case 8:
			y.step(flows.CallMissed{})
		case 9:
			if rapid.IntRange(0, 3).Draw(y.t, "rarely") == 0 {
				y.step(flows.Discharged{By: by})
			}
		}
	case 9:
		if rapid.IntRange(0, 3).Draw(y.t, "rarely") == 0 {
			y.step(pick[flows.Event](y.t, "carrier", flows.CarrierOptedOut{}, flows.NumberFailed{Reason: "unreachable"},
				flows.ContactCorrected{By: by}, flows.PhoneShared{Place: 2},
				flows.ZoneChanged{TimeZone: pick(y.t, "zone", zones...), By: by},
				flows.TextUndelivered{Class: pick(y.t, "class", flows.ClassSafety, flows.ClassCheck), Reason: "off"}))
		}
	default:
		y.texts++
		sent := y.now
		if rapid.IntRange(0, 9).Draw(y.t, "late") == 0 {
			sent = sent.Add(-time.Duration(rapid.IntRange(0, 80).Draw(y.t, "lag")) * time.Hour)
		}
		y.step(flows.TextReceived{Message: "m" + num(y.texts), Text: pick(y.t, "text", said...), SentAt: sent,
			Media: pick(y.t, "media", 0, 0, 0, 1)})
	}
	for _, a := range slices.Clone(y.p.Alerts) {
		if !a.Delivered && rapid.IntRange(0, 3).Draw(y.t, "slack") > 0 {
			y.step(flows.AlertDelivered{Key: a.Key})
		}
	}
}

func num(n int) string { return string(rune('a'+n%26)) + time.Duration(n).String() }

// step lets the flows decide, twice alike and from the snapshot as it is stored,
// and holds what they decided to the invariants.
func (y *year) step(e flows.Event) {
	y.log = append(y.log, logged{e, y.now})
	before := y.p
	raw, err := json.Marshal(before)
	if err != nil {
		y.t.Fatal(err)
	}
	const most = 64 << 10
	if len(raw) > most {
		y.t.Fatalf("the snapshot has grown to %d bytes", len(raw))
	}
	after, effects := flows.Step(y.clinic, before, e, y.now)
	if unchanged, _ := json.Marshal(before); !bytes.Equal(raw, unchanged) {
		y.t.Fatalf("%T wrote through the patient it was given", e)
	}
	var stored flows.Patient
	if err := json.Unmarshal(raw, &stored); err != nil {
		y.t.Fatal(err)
	}
	again, _ := flows.Step(y.clinic, stored, e, y.now)
	if a, b := asJSON(y.t, after), asJSON(y.t, again); !bytes.Equal(a, b) {
		y.t.Fatalf("%T decides otherwise on the stored snapshot:\n%s\n%s", e, a, b)
	}
	y.p = after
	y.rungs(e, effects)
	y.agreed(before, e)
	y.painShown(before, effects)
	y.notForgotten()
	y.lawful(before, e, effects)
	y.heardAndShown(before, e, effects)
	keys := map[string]bool{}
	for _, a := range after.Alerts {
		if keys[a.Key] {
			y.t.Fatalf("two open alerts %s", a.Key)
		}
		keys[a.Key] = true
	}
}

func asJSON(t *rapid.T, v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// lawful holds the texts to consent, hours, caps, and to what has been delivered.
func (y *year) lawful(before flows.Patient, e flows.Event, effects []flows.Effect) {
	if before.Consent.State != y.p.Consent.State {
		y.confirmed = 0
	}
	zone := y.zone()
	for _, effect := range effects {
		text, ok := effect.(flows.SendText)
		if !ok {
			continue
		}
		what := string(text.Key) + " after " + strings.TrimPrefix(string(asJSON(y.t, e)), "\n")
		if text.Body == "" || strings.ContainsAny(text.Body, "{}[]") {
			y.t.Fatalf("%s says %q", what, text.Body)
		}
		if before.Consent.State == flows.ConsentWrong && y.p.Consent.State == flows.ConsentWrong {
			y.t.Fatalf("%s to a wrong number", what)
		}
		switch text.Class {
		case flows.ClassCheck, flows.ClassHomework:
			if y.p.Consent.State != flows.ConsentGiven || y.p.Paused || y.p.RedFlag.Open() || y.p.Taken.By != "" {
				y.t.Fatalf("%s to a patient who is %s, paused %v, red flag %q, taken by %q", what, y.p.Consent.State, y.p.Paused, y.p.RedFlag.Category, y.p.Taken.By)
			}
			if y.clinic.Quiet(y.now, zone) {
				y.t.Fatalf("%s at %s", what, y.now.In(zone))
			}
			y.capped(what, zone)
		case flows.ClassConsent:
			if y.p.Consent.State != flows.ConsentAsked {
				y.t.Fatalf("%s while consent is %q", what, y.p.Consent.State)
			}
		case flows.ClassAnswer:
			if y.p.Consent.State != flows.ConsentGiven {
				y.t.Fatalf("%s while consent is %q", what, y.p.Consent.State)
			}
		case flows.ClassOptOut:
			if y.confirmed++; y.confirmed > 2 { // at most one for HELP before consent, and one for a no
				y.t.Fatalf("%s is confirmed once more", what)
			}
		case flows.ClassSafety:
		}
		if strings.HasSuffix(string(text.Key), ".alerted") && !y.delivered(before) {
			y.t.Fatalf("%s, but no alert has been delivered", what)
		}
	}
}

func (y *year) zone() *time.Location {
	if zone, err := time.LoadLocation(y.p.TimeZone); err == nil && y.p.TimeZone != "" {
		return zone
	}
	return y.clinic.TimeZone
}

// capped counts an unsolicited text and holds the caps of the day and the week.
func (y *year) capped(what string, zone *time.Location) {
	const week = 7 * 24 * time.Hour
	y.sent = append(y.sent, y.now)
	day, sevenDays := 0, 0
	for _, at := range y.sent {
		if y.now.Sub(at) < week {
			sevenDays++
		}
		if at.In(zone).Format(time.DateOnly) == y.now.In(zone).Format(time.DateOnly) {
			day++
		}
	}
	limits := y.clinic.Protocol.Limits
	if day > limits.PerDay || sevenDays > limits.PerWeekActive {
		y.t.Fatalf("%s is text %d of the day and %d of the week: %v, the flows count %v in %s", what, day, sevenDays, y.sent[len(y.sent)-min(8, len(y.sent)):], y.p.Sent, zone)
	}
}

func (y *year) delivered(before flows.Patient) bool {
	return slices.ContainsFunc(append(slices.Clone(before.Alerts), y.p.Alerts...), func(a flows.OpenAlert) bool { return a.Delivered })
}

// heardAndShown holds that no text is lost: it is answered, shown, or both; a red
// flag raises its alert, and pain over the line is shown.
func (y *year) heardAndShown(before flows.Patient, e flows.Event, effects []flows.Effect) {
	text, ok := e.(flows.TextReceived)
	if !ok {
		return
	}
	answered, shown, urgent := false, false, false
	for _, effect := range effects {
		switch e := effect.(type) {
		case flows.SendText:
			answered = true
		case flows.Note:
			shown = true
		case flows.RaiseAlert:
			shown = true
			urgent = urgent || e.Level == flows.P1 || e.Level == flows.P1b
		case flows.RecordReading, flows.RecordLift, flows.RecordConsent:
			answered = true // a record that a clinician sees
		default:
		}
	}
	r := reply.Understand(reply.AskedNone, text.Text, before.Language)
	if !answered && !shown && r.Intent != reply.IntentThanks && len(y.p.Waiting) == len(before.Waiting) {
		y.t.Fatalf("%q was neither answered nor shown", text.Text)
	}
	if r.RedFlag != reply.NoRedFlag {
		if !urgent {
			y.t.Fatalf("%q raised no urgent alert", text.Text)
		}
		if !y.p.RedFlag.Open() {
			y.t.Fatalf("%q left no red flag open", text.Text)
		}
	}
	if r.Pain != nil && *r.Pain >= 7 && before.Consent.State == flows.ConsentGiven && !shown {
		y.t.Fatalf("%q was not shown", text.Text)
	}
}

// ladder is the order of the stages that a clinician lets a patient on.
var ladder = []flows.Stage{flows.StageCalm, flows.StageMobility, flows.StageHinge, flows.StageLight, flows.StageCheckpoint, flows.StageBuild, flows.StageHeavy}

// rungs holds that nobody climbs to a stage that a clinician has not opened.
func (y *year) rungs(e flows.Event, effects []flows.Effect) {
	for _, effect := range effects {
		step, ok := effect.(flows.RecordStage)
		if !ok {
			continue
		}
		rung := slices.Index(ladder, step.Stage)
		stage, _ := y.clinic.Protocol.Stage(string(step.Stage))
		if step.By == "" && stage.Approve && rung > y.highest {
			y.t.Fatalf("%T led to %s by itself; the highest a clinician opened is %d", e, step.Stage, y.highest)
		}
	}
	if enrolled, ok := e.(flows.Enrolled); ok {
		y.highest = slices.Index(ladder, enrolled.Stage)
	}
	for _, effect := range effects {
		if step, ok := effect.(flows.RecordStage); ok && step.By != "" {
			y.highest = max(y.highest, slices.Index(ladder, step.Stage))
		}
	}
}

// agreed holds that consent comes only from those who can give it: nobody at a
// wrong number can, and after an opt-out only the patient, or paper.
func (y *year) agreed(before flows.Patient, e flows.Event) {
	if before.Consent.State == flows.ConsentGiven || y.p.Consent.State != flows.ConsentGiven {
		return
	}
	switch e.(type) {
	case flows.Enrolled, flows.ContactCorrected:
	case flows.TextReceived:
		if before.Consent.State == flows.ConsentWrong {
			y.t.Fatalf("somebody at a wrong number agreed: %s", asJSON(y.t, e))
		}
	default:
		y.t.Fatalf("%T made a consent", e)
	}
}

// painShown holds that a pain over the line and over the usual reaches Slack.
func (y *year) painShown(before flows.Patient, effects []flows.Effect) {
	over, shown := "", false
	for _, effect := range effects {
		if e, ok := effect.(flows.RecordReading); ok && e.Pain != nil &&
			*e.Pain >= y.clinic.Protocol.Pain.WatchMinAbs && *e.Pain > y.clinic.Baseline(before, y.now) {
			over = string(asJSON(y.t, e))
		}
		_, note := effect.(flows.Note)
		_, alert := effect.(flows.RaiseAlert)
		_, settled := effect.(flows.WithdrawAlert)
		shown = shown || note || alert || settled
	}
	if over != "" && !shown {
		y.t.Fatalf("nobody at the clinic sees %s: %+v", over, effects)
	}
}

// notForgotten holds that somebody or something will come back to the patient,
// unless it is right that nobody does.
func (y *year) notForgotten() {
	p := y.p
	if p.Consent.State != flows.ConsentGiven || p.Course.Ended {
		return
	}
	if p.RedFlag.Open() {
		if len(p.Alerts) == 0 {
			y.t.Fatal("a red flag is open without an alert")
		}
		return
	}
	if p.Paused && !slices.ContainsFunc(p.Agenda, func(d flows.Due) bool { return d.Kind == flows.DueResume }) {
		return // until a clinician resumes
	}
	if len(p.Agenda) == 0 {
		y.t.Fatalf("nothing will ever come back to the patient: %s", asJSON(y.t, p))
	}
	if p.Episode.Kind != flows.EpisodeNone && !p.Episode.Long && !slices.ContainsFunc(p.Agenda, func(d flows.Due) bool {
		return d.Kind == flows.DueDaily || d.Kind == flows.DueNextMorning || d.Kind == flows.DueH48 || d.Kind == flows.DueClose
	}) {
		y.t.Fatalf("nobody asks about the open %s any more: %+v", p.Episode.Kind, p.Agenda)
	}
	weekly := slices.ContainsFunc(p.Agenda, func(d flows.Due) bool { return d.Kind == flows.DueWeekly || d.Kind == flows.DueRelapse })
	if !weekly {
		y.t.Fatalf("no weekly check is on the agenda: %+v", p.Agenda)
	}
}

// replays holds that the log of events makes the same patient again.
func (y *year) replays() {
	p := flows.Patient{ID: "p"}
	for _, l := range y.log {
		kind, payload, err := flows.EncodeEvent(l.event)
		if err != nil {
			y.t.Fatal(err)
		}
		event, err := flows.DecodeEvent(kind, payload)
		if err != nil {
			y.t.Fatal(err)
		}
		p, _ = flows.Step(y.clinic, p, event, l.at)
	}
	if a, b := asJSON(y.t, y.p), asJSON(y.t, p); !bytes.Equal(a, b) {
		y.t.Fatalf("the log makes another patient:\n%s\n%s", a, b)
	}
}
