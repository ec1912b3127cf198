package flows_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// TestScenarios plays every conversation of testdata/scenarios. See the README there.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/scenarios/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios found: %v", err)
	}
	for _, file := range files {
		for _, s := range readScenarios(t, file) {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+s.name, func(t *testing.T) { newStage(t).play(s) })
		}
	}
}

// scenario is one conversation: a name and its lines.
type scenario struct {
	name  string
	file  string
	lines []scenarioLine
}

type scenarioLine struct {
	number int
	text   string
}

// readScenarios reads a file of scenarios; each begins with "== name".
func readScenarios(t *testing.T, file string) []scenario {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []scenario
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
		case strings.HasPrefix(text, "== "):
			all = append(all, scenario{name: strings.TrimPrefix(text, "== "), file: file})
		case len(all) == 0:
			t.Fatalf("%s:%d: a scenario begins with == name", file, n)
		default:
			last := &all[len(all)-1]
			last.lines = append(last.lines, scenarioLine{n, text})
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// stage plays one patient against the flows, with a clock and an agenda of its
// own. Everything the bot does must be expected by a line, in order.
type stage struct {
	t       *testing.T
	at      scenarioLine
	file    string
	clinic  *flows.Clinic
	p       flows.Patient
	now     time.Time
	zone    *time.Location
	slackUp bool
	said    []string // what the bot did and no line has expected yet
	bodies  []string // the texts' bodies, beside said
	message int
}

func newStage(t *testing.T) *stage {
	t.Helper()
	c := exampleClinic(t)
	start := time.Date(2026, 11, 23, 6, 0, 0, 0, c.TimeZone) // a Monday
	return &stage{t: t, clinic: c, now: start, zone: c.TimeZone, slackUp: true, p: flows.Patient{ID: "p"}}
}

// exampleClinic is the clinic of the example file.
func exampleClinic(tb testing.TB) *flows.Clinic {
	tb.Helper()
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		tb.Fatal(err)
	}
	catalog, err := copy.For(clinics[0])
	if err != nil {
		tb.Fatal(err)
	}
	return &flows.Clinic{Clinic: clinics[0], Copy: catalog}
}

func (s *stage) play(sc scenario) {
	s.file = sc.file
	for _, line := range sc.lines {
		s.at = line
		s.line(line.text)
	}
	s.nothingLeft()
}

func (s *stage) fail(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf("%s:%d: %s\n\t%s", s.file, s.at.number, s.at.text, fmt.Sprintf(format, args...))
}

// line plays one line: an expectation, or something that happens.
func (s *stage) line(text string) {
	verb, rest, _ := strings.Cut(text, " ")
	switch verb {
	case "bot", "slack", "record":
		s.expect(verb, strings.TrimSpace(rest))
		return
	}
	s.nothingLeft()
	if at, after, ok := s.when(text); ok {
		s.until(at)
		if after == "" {
			return
		}
		if verb, _, _ := strings.Cut(after, " "); verb == "bot" || verb == "slack" || verb == "record" {
			s.line(after)
			return
		}
		text = after
	}
	s.happen(text)
}

// when reads a time at the start of a line: "Tue 19:00", "+2d 08:30", "2026-12-01 08:30".
func (s *stage) when(text string) (at time.Time, rest string, ok bool) {
	day, tail, _ := strings.Cut(text, " ")
	clock, rest, _ := strings.Cut(tail, " ")
	c, err := protocol.ParseClock(clock)
	if err != nil {
		return time.Time{}, "", false
	}
	today := protocol.DateOf(s.now, s.zone)
	switch date, errDate := protocol.ParseDate(day); {
	case errDate == nil:
		at = protocol.At(date, c, s.zone)
	case strings.HasPrefix(day, "+") && strings.HasSuffix(day, "d"):
		n, err := strconv.Atoi(strings.Trim(day, "+d"))
		if err != nil {
			s.fail("%q is no number of days", day)
		}
		at = protocol.At(today.AddDays(n), c, s.zone)
	default:
		for n := range 8 {
			d := today.AddDays(n)
			if at = protocol.At(d, c, s.zone); d.Weekday().String()[:3] == day && !at.Before(s.now) {
				return at, strings.TrimSpace(rest), true
			}
		}
		return time.Time{}, "", false
	}
	if at.Before(s.now) {
		s.fail("%s lies in the past; it is %s", at, s.now)
	}
	return at, strings.TrimSpace(rest), true
}

// until lets time pass: what is due on the way happens at its time.
func (s *stage) until(to time.Time) {
	for len(s.p.Agenda) > 0 && !s.p.Agenda[0].At.After(to) {
		due := s.p.Agenda[0]
		if due.At.After(s.now) {
			s.now = due.At
		}
		before := len(s.said)
		s.step(flows.FollowUpDue{Key: due.Key, Kind: due.Kind})
		if len(s.said) > before && to.Sub(s.now) >= time.Minute {
			s.fail("before %s, at %s, came: %s", to.In(s.zone).Format("Mon 15:04"), s.now.In(s.zone).Format("Mon 15:04"), strings.Join(s.said, "; "))
		}
	}
	if to.After(s.now) {
		s.now = to
	}
}

// happen lets one thing happen.
func (s *stage) happen(text string) {
	verb, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch verb {
	case "enrol":
		s.enrol(rest)
	case "session":
		s.session(rest)
	case "patient", "patient@late":
		s.message++
		sent := s.now
		if verb == "patient@late" {
			lag, words, _ := strings.Cut(rest, " ")
			d, err := time.ParseDuration(lag)
			if err != nil {
				s.fail("%q is no duration", lag)
			}
			sent, rest = sent.Add(-d), words
		}
		s.step(flows.TextReceived{Message: fmt.Sprint("text-", s.message), Text: unquoted(rest), SentAt: sent})
	case "cancel":
		s.step(flows.SessionCancelled{Session: s.p.Session.ID})
	case "stage": // "stage S3 b": a clinician sets it
		stage, letter, _ := strings.Cut(rest, " ")
		s.step(flows.StageSet{Stage: flows.Stage(stage), Letter: letter, By: "U1"})
	case "approve":
		s.step(flows.StepApproved{Stage: flows.Stage(rest), By: "U1"})
	case "confirm":
		s.step(flows.ExitConfirmed{By: "U1"})
	case "plan": // "plan 60kg 3x5": a clinician sets the main lift
		s.plan(rest)
	case "resolve":
		s.step(flows.AlertResolved{Key: s.alert(rest), By: "U1"})
	case "carrier":
		s.step(flows.CarrierOptedOut{})
	case "undeliverable":
		s.step(flows.NumberFailed{Reason: rest})
	case "booking": // the clinic has a link for the free call
		s.clinic.BookingLink = rest
	case "shares": // "shares 2": others have the same phone, and the patient is the second of them
		place, err := strconv.Atoi(rest)
		if err != nil {
			s.fail("%q is no place", rest)
		}
		s.step(flows.PhoneShared{Place: place})
	case "somebody": // one of those who share the phone texts, and nobody knows which
		s.message++
		s.step(flows.TextReceived{Message: fmt.Sprint("text-", s.message), Text: rest, SentAt: s.now, Shared: true})
	case "undelivered": // "undelivered safety": one text of a class; "undelivered check 4 30h": the fourth in a row, over so long
		words := strings.Fields(rest)
		e := flows.TextUndelivered{Class: flows.Class(words[0]), Reason: "the phone is off"}
		if len(words) == 3 {
			over, errOver := time.ParseDuration(words[2])
			count, err := strconv.Atoi(words[1])
			if err != nil || errOver != nil {
				s.fail("%q is no count and duration", rest)
			}
			e.InARow, e.Since = count, s.now.Add(-over)
		}
		s.step(e)
	case "zone":
		s.step(flows.ZoneChanged{TimeZone: rest, By: "U1"})
		if zone, err := time.LoadLocation(rest); err == nil {
			s.zone = zone
		}
	case "usual":
		usual, err := strconv.ParseFloat(rest, 64)
		if err != nil {
			s.fail("%q is no pain", rest)
		}
		s.step(flows.BaselineConfirmed{Usual: usual, By: "U1"})
	case "taken":
		s.step(flows.ConversationTaken{By: "U1"})
	case "handback":
		s.step(flows.ConversationHandedBack{By: "U1"})
	case "optout":
		s.step(flows.OptedOut{By: "U1"})
	case "pause":
		s.step(flows.Paused{By: "U1", Until: s.later(rest)})
	case "resume":
		s.step(flows.Resumed{By: "U1"})
	case "promise":
		s.step(flows.CallPromised{By: "U1", At: s.later(rest)})
	case "missed":
		s.step(flows.CallMissed{})
	case "snooze":
		upTo, after, _ := strings.Cut(rest, " ")
		pain, err := strconv.ParseFloat(upTo, 64)
		if err != nil {
			s.fail("%q is no pain", upTo)
		}
		s.step(flows.SymptomSnoozed{By: "U1", UpTo: pain, Until: s.later(after)})
	case "discharge":
		s.step(flows.Discharged{By: "U1"})
	case "trip":
		kind, after, _ := strings.Cut(rest, " ")
		s.step(flows.TripNoted{By: "U1", Kind: kind, From: s.later(after), Days: 3})
	case "corrected":
		e := flows.ContactCorrected{By: "U1"}
		if rest == "written" {
			e.Consent = flows.Consent{State: flows.ConsentGiven, Method: rest, At: s.now}
		}
		s.step(e)
	case "picture":
		s.message++
		s.step(flows.TextReceived{Message: fmt.Sprint("text-", s.message), Text: rest, SentAt: s.now, Media: 1})
	case "relative":
		s.clinic.Protocol.Checkpoint.Mode = protocol.Relative
	case "down":
		s.now = s.later(rest) // what is due meanwhile happens when the bot is up again
		s.until(s.now)
	case "slackdown":
		s.slackUp = false
	case "slackup":
		s.slackUp = true
		for _, a := range slices.Clone(s.p.Alerts) {
			if !a.Delivered {
				s.step(flows.AlertDelivered{Key: a.Key})
			}
		}
	default:
		s.fail("nobody knows what %q means", verb)
	}
}

// later is so long from now; zero for nothing.
func (s *stage) later(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		s.fail("%q is no duration like 24h", text)
	}
	return s.now.Add(d)
}

// enrol reads "usual 1 stage S5 consent written zone America/Chicago lang en unit lb name Alex".
func (s *stage) enrol(text string) {
	e := flows.Enrolled{Language: reply.English, TimeZone: s.clinic.TimeZone.String(), Unit: reply.Pound, Stage: flows.StageHeavy, CheckIns: true}
	words := strings.Fields(text)
	if len(words)%2 != 0 {
		s.fail("enrol wants pairs of words")
	}
	for i := 0; i < len(words); i += 2 {
		value := words[i+1]
		switch words[i] {
		case "usual":
			usual, err := strconv.ParseFloat(value, 64)
			if err != nil {
				s.fail("%q is no pain", value)
			}
			e.Usual = usual
		case "stage":
			e.Stage = flows.Stage(value)
		case "consent":
			if value != "none" {
				e.Consent = flows.Consent{State: flows.ConsentGiven, Method: value, At: s.now}
			}
		case "zone":
			e.TimeZone = value
			if zone, err := time.LoadLocation(value); err == nil {
				s.zone = zone
			}
		case "lang":
			e.Language = reply.Lang(value)
		case "unit":
			e.Unit = reply.Unit(value)
		case "name":
			e.Name = value
		case "homework": // "yes": everything that the gate asks for is entered
			e.CheckIns = value != "yes"
			e.Gate.Adult, e.Gate.ExaminedAt = true, s.now
			e.Gate.Gear = []string{protocol.Bar, protocol.TrapBar, protocol.Kettlebell}
		case "surveys": // "no": no questionnaires, and no weekly check beside other answers
			if value == "no" {
				s.clinic.Protocol.Schedule.PSFSWeeks, s.clinic.Protocol.Schedule.PEGEveryWeeks = nil, 1000
				s.clinic.Protocol.Schedule.WeeklySkip = 7 * 24 * time.Hour
			}
		case "weighs":
			e.Gate.Bodyweight = s.load(value)
		case "last":
			e.Last = s.load(value)
		case "letter":
			e.Letter = value
		case "days":
			for _, day := range strings.Split(value, ",") {
				e.Choices.LiftDays = append(e.Choices.LiftDays, s.weekday(day))
			}
		case "examined":
			d, err := time.ParseDuration(value)
			if err != nil {
				s.fail("%q is no duration like -720h", value)
			}
			e.Gate.ExaminedAt = s.now.Add(d)
		case "excluded":
			e.Gate.Excluded = append(e.Gate.Excluded, value)
		case "gear":
			e.Gate.Gear = strings.Split(value, ",")
		default:
			s.fail("enrol knows no %q", words[i])
		}
	}
	s.step(e)
}

// session reads "", "-2h", "-2h deadlift 3x5 at 60 kg": when it ended, and what the
// clinician logged.
func (s *stage) session(text string) {
	ended := s.now
	when, lifts, _ := strings.Cut(text, " ")
	if d, err := time.ParseDuration(when); err == nil {
		ended = ended.Add(d)
	} else {
		lifts = text
	}
	s.message++
	e := flows.SessionFinished{Session: fmt.Sprint("session-", s.message), EndedAt: ended}
	if seen, ok := strings.CutPrefix(lifts, "pain "); ok {
		var pain string
		pain, lifts, _ = strings.Cut(seen, " ")
		during, err := strconv.ParseFloat(pain, 64)
		if err != nil {
			s.fail("%q is no pain", pain)
		}
		e.PainDuring = &during
	}
	if lifts != "" {
		e.Lifts = reply.Understand(reply.AskedHomework, lifts, reply.English).Lifts
		if len(e.Lifts) == 0 {
			s.fail("%q says no duration and no lift", lifts)
		}
	}
	s.step(e)
}

// plan reads "60kg 3x5".
func (s *stage) plan(text string) {
	load, work, _ := strings.Cut(text, " ")
	e := flows.PlanChanged{Load: s.load(load), By: "U1"}
	if sets, reps, ok := strings.Cut(work, "x"); ok {
		e.Sets, _ = strconv.Atoi(sets)
		e.Reps, _ = strconv.Atoi(reps)
	}
	s.step(e)
}

// load reads "60kg" or "135lb".
func (s *stage) load(text string) lift.Load {
	for _, unit := range []reply.Unit{reply.Kilogram, reply.Pound} {
		if number, ok := strings.CutSuffix(text, string(unit)); ok {
			value, err := strconv.ParseFloat(number, 64)
			if err == nil {
				return lift.Load{Value: value, Unit: unit}
			}
		}
	}
	s.fail("%q is no load like 60kg", text)
	return lift.Load{}
}

func (s *stage) weekday(text string) time.Weekday {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if day.String()[:3] == text {
			return day
		}
	}
	s.fail("%q is no day like Tue", text)
	return 0
}

// step lets the flows decide and notes what they want done. What they decided
// must stay the same when they are asked again.
func (s *stage) step(e flows.Event) {
	before := s.p
	p, effects := flows.Step(s.clinic, s.p, e, s.now)
	s.p = p
	for _, effect := range effects {
		switch e := effect.(type) {
		case flows.SendText:
			leave := flows.MayLeave(s.clinic, s.p, e.Class, e.Expires, s.now)
			if !leave.Go {
				s.fail("%s could not leave at once: %+v", e.Key, leave)
			}
			s.saw("bot "+string(e.Key), e.Body)
		case flows.RaiseAlert:
			s.saw("slack "+string(e.Level), strings.Join([]string{e.Headline, e.Words, e.Reading, e.Trend, e.Told, e.Why}, " | "))
		case flows.WithdrawAlert:
			s.saw("slack withdrawn", e.Outcome)
		case flows.Note:
			s.saw("slack note", e.Line+" | "+e.Words)
		case flows.RecordScore:
			s.saw("record score", fmt.Sprint(e.Kind, " ", e.Answers))
		case flows.RecordEpisode:
			if e.Resolution != "" {
				s.saw("record "+e.Resolution, "")
			}
		case flows.RecordStage:
			if e.Why != "flare-up" { // that follows from what stands there
				s.saw("record stage", string(e.Stage)+e.Letter+" | "+e.Why)
			}
		case flows.RecordLift:
			s.saw("record lift", fmt.Sprintf("%s %dx%v at %v %s", e.Lift.Exercise, e.Lift.Sets, e.Lift.Reps, e.Lift.Load, e.Lift.Unit))
		case flows.RecordReading, flows.RecordTrip, flows.RecordConsent, flows.PutFollowUp, flows.CancelFollowUp, flows.CancelTexts:
		}
	}
	if !s.slackUp {
		return
	}
	for _, a := range slices.Clone(s.p.Alerts) {
		known := slices.ContainsFunc(before.Alerts, func(b flows.OpenAlert) bool { return b.Key == a.Key })
		if !a.Delivered && !known {
			s.step(flows.AlertDelivered{Key: a.Key})
		}
	}
}

func (s *stage) saw(what, body string) {
	s.said = append(s.said, what)
	s.bodies = append(s.bodies, body)
}

// expect takes the next thing the bot did: "alert", or "alert ~ Pause lifting".
func (s *stage) expect(who, what string) {
	if what == "nothing" {
		for _, said := range s.said {
			if strings.HasPrefix(said, who) {
				s.fail("but came: %s", strings.Join(s.said, "; "))
			}
		}
		return
	}
	key, contains, _ := strings.Cut(what, "~")
	key, contains = strings.TrimSpace(key), strings.TrimSpace(contains)
	if len(s.said) == 0 && len(s.p.Agenda) > 0 && who == "bot" {
		s.fail("nothing came; next on the agenda: %s at %s", s.p.Agenda[0].Kind, s.p.Agenda[0].At.In(s.zone).Format("Mon 15:04"))
	}
	i := slices.IndexFunc(s.said, func(said string) bool { return strings.HasPrefix(said, who+" ") })
	if i < 0 {
		s.fail("nothing of the kind came; still open: %q", s.said)
	}
	if got := strings.TrimPrefix(s.said[i], who+" "); got != key {
		s.fail("came: %s (%s)", s.said[i], s.bodies[i])
	}
	if !strings.Contains(s.bodies[i], contains) {
		s.fail("says: %s", s.bodies[i])
	}
	s.said, s.bodies = slices.Delete(s.said, i, i+1), slices.Delete(s.bodies, i, i+1)
}

// nothingLeft fails when the bot did something that no line expected.
func (s *stage) nothingLeft() {
	if len(s.said) > 0 {
		s.fail("nobody expected: %s (%s)", strings.Join(s.said, "; "), strings.Join(s.bodies, " // "))
	}
}

// alert is the key of the open alert whose key begins so.
func (s *stage) alert(prefix string) string {
	for _, a := range s.p.Alerts {
		if strings.HasPrefix(a.Key, prefix) {
			return a.Key
		}
	}
	s.fail("no open alert %q; open: %+v", prefix, s.p.Alerts)
	return ""
}

// unquoted lets a line hold what cannot stand in it: "a\nb", "".
func unquoted(text string) string {
	if plain, err := strconv.Unquote(text); err == nil {
		return plain
	}
	return text
}
