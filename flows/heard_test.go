package flows_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
)

// TestWhatMattersIsHeardWhateverWasAsked stops every conversation of testdata/scenarios
// in every situation and lets the patient say there what must never be taken for an answer
// to something else: whatever the bot has asked, somebody hears of it.
func TestWhatMattersIsHeardWhateverWasAsked(t *testing.T) { everywhere(t, matters) }

// TestWhatIsHarmlessChangesNothingWhateverWasAsked lets them say what is no answer to
// anything: no reading, no alert, no trip, no consent comes of it.
func TestWhatIsHarmlessChangesNothingWhateverWasAsked(t *testing.T) { everywhere(t, harmless) }

// everywhere tries texts in every situation that a scenario comes to.
func everywhere(t *testing.T, texts []matter) {
	t.Helper()
	files, err := filepath.Glob("testdata/scenarios/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios found: %v", err)
	}
	tried := map[string]bool{}
	told := map[string]bool{}
	for _, file := range files {
		for _, sc := range readScenarios(t, file) {
			s := newStage(t)
			s.file = sc.file
			for _, line := range sc.lines {
				s.at = line
				s.line(line.text)
				at := situation(s.p)
				if tried[at] {
					continue
				}
				tried[at] = true
				for _, m := range texts {
					for _, after := range [...]time.Duration{time.Second, 30 * time.Hour} {
						if wrong := m.wrong(s, after); wrong != "" && !told[sc.name+m.text] {
							told[sc.name+m.text] = true
							t.Errorf("%s:%d (%s): %q, %s later, %s", filepath.Base(file), line.number, sc.name, m.text, after, wrong)
						}
					}
				}
			}
		}
	}
	if len(tried) < 200 {
		t.Errorf("tried in %d situations only", len(tried))
	}
}

// situation is what decides how a text is taken: what is asked, what was answered, what is
// under way.
func situation(p flows.Patient) string {
	var asked []string
	for _, q := range p.Questions {
		asked = append(asked, fmt.Sprint(q.Asked, q.Reasked))
	}
	s, c, tr := p.Session, p.Course.Survey, p.Training
	return fmt.Sprint(asked, p.Answered.Question.Asked, p.Answered.Before != nil, c.Kind, c.Picking, c.Reasked, len(p.Course.Activities), p.Consent.State,
		p.Episode.Kind, p.RedFlag.Open(), p.Taken.By, p.Paused, tr.Logged.Question, tr.ChosenDay != "", p.Trip.Kind, p.Trip.Open, p.Trip.Asked, p.Trip.Away,
		s.Homework, s.FlareAsked, s.Evening != nil, s.Morning != nil, s.Interference, s.Flare != nil, p.Misread, len(p.Alerts) > 0)
}

// matter is something that a patient texts, and what has to come of it.
type matter struct {
	text string
	as   func(before, after flows.Patient, effects []flows.Effect) bool
}

var matters = []matter{
	{"i cant feel anything when i wipe", raises(flows.P1)},
	{"no siento nada ahi abajo cuando me limpio", raises(flows.P1)},
	{"i dont want to be alive anymore", raises(flows.P1)},
	{"my back went out", raises(flows.P2)},
	{"se me fue la espalda, no puedo ni pararme", raises(flows.P2)},
	{"my back is at 9 right now", raises(flows.P2)},
	{"8/10 and i couldnt get out of bed", raises(flows.P2)},
	{"i feel hopeless about this pain", raises(flows.P2)},
	{"can we move my appointment to tuesday", raises(flows.P3)},
	{"puedo cambiar mi cita para el martes?", raises(flows.P3)},
	{"can somebody call me please", raises(flows.P3)},
	{"what should i do if it hurts during a set?", raises(flows.P3)},
	{"i used to hate these texts", raises(flows.P3)},
	{"9 thanks", countedOrSeen},
	{"ok 9", countedOrSeen},
	{"flying to denver on thursday", keepsTrip},
	{"im pregnant", seen},
	{"started taking blood thinners last week", seen},
	{"my insurance changed, its blue cross now", seen},
	{"my surgery is next wednesday", seen},
	{"STOP", optsOut},
	{"please stop texting me", optsOut},
	{"ya no me manden mensajes", optsOut},
	{"this is the wrong number", noLongerTexted},
}

var harmless = []matter{
	{"see you tuesday at 3", changesNothing},
	{"nos vemos a las 4", recordsNothing},
	{"running 10 minutes late", recordsNothing},
	{"ok thanks", changesNothing},
	{"ok see you then", changesNothing},
	{"👍", noAlert},
	{"lol", changesNothing},
	{"jajaja", changesNothing},
	{"happy thanksgiving to you all", changesNothing},
	{"feliz navidad", changesNothing},
	{"my kid is 7 today!", recordsNothing},
	{"at the dentist, 1 sec", recordsNothing},
	{"who do i pay the $30 copay to", recordsNothing},
}

// wrong says what is wrong when the patient says it so long from now, or nothing.
func (m matter) wrong(s *stage, later time.Duration) string {
	sent := s.now.Add(later)
	after, effects := flows.Step(s.clinic, s.p, flows.TextReceived{Message: "matter", Text: m.text, SentAt: sent}, sent)
	if m.as(s.p, after, effects) {
		return ""
	}
	var came []string
	for _, e := range effects {
		switch e := e.(type) {
		case flows.SendText:
			came = append(came, "text "+string(e.Key))
		default:
			came = append(came, fmt.Sprintf("%T", e))
		}
	}
	return "was not taken as it should; came: " + strings.Join(came, ", ")
}

// raises wants an alert of at least this level: raised now, or open, and then a note has
// the words. A note is enough, too, for the clinician who is in conversation with the
// patient, and of somebody who has not agreed to texts, or no more.
func raises(level flows.Level) func(before, after flows.Patient, effects []flows.Effect) bool {
	return func(before, _ flows.Patient, effects []flows.Effect) bool {
		raised := slices.ContainsFunc(effects, func(e flows.Effect) bool { a, ok := e.(flows.RaiseAlert); return ok && a.Level <= level })
		noted := slices.ContainsFunc(effects, func(e flows.Effect) bool { n, ok := e.(flows.Note); return ok && n.Words != "" })
		open := slices.ContainsFunc(before.Alerts, func(a flows.OpenAlert) bool { return a.Level <= level })
		mayBeNoted := before.Taken.By != "" || before.Consent.State != flows.ConsentGiven
		return raised || noted && (open || level > flows.P1b && mayBeNoted)
	}
}

// recordsNothing wants nothing to be recorded and nobody to be alarmed; somebody may have to
// answer.
func recordsNothing(before, after flows.Patient, effects []flows.Effect) bool {
	return before.Consent.State == after.Consent.State && !slices.ContainsFunc(effects, func(e flows.Effect) bool {
		switch e := e.(type) {
		case flows.RecordReading, flows.RecordTrip, flows.RecordLift, flows.RecordScore, flows.RecordEpisode, flows.RecordStage, flows.RecordConsent:
			return true
		case flows.RaiseAlert:
			return e.Level != flows.P3
		default:
			return false
		}
	})
}

// noAlert wants nobody to be called for a thumb, whatever it agrees to, unless it is the
// second answer in a row that says nothing.
func noAlert(before, _ flows.Patient, effects []flows.Effect) bool {
	again := slices.ContainsFunc(before.Questions, func(q flows.Question) bool { return q.Reasked > 0 })
	return again || !slices.ContainsFunc(effects, func(e flows.Effect) bool { _, alert := e.(flows.RaiseAlert); return alert })
}

func changesNothing(before, after flows.Patient, effects []flows.Effect) bool {
	return recordsNothing(before, after, effects) && noAlert(before, after, effects)
}

// countedOrSeen wants a number kept as the answer to something, asked about, or before the
// clinicians.
func countedOrSeen(before, after flows.Patient, effects []flows.Effect) bool {
	for _, e := range effects {
		switch e := e.(type) {
		case flows.RecordReading, flows.RecordScore, flows.RecordLift:
			return true
		case flows.SendText:
			if e.Key == copy.PSFSPick { // which activities, once more
				return true
			}
		default:
		}
	}
	return len(after.Course.Survey.Answers) > len(before.Course.Survey.Answers) || seen(before, after, effects)
}

// seen wants the words before a human.
func seen(_, _ flows.Patient, effects []flows.Effect) bool {
	return slices.ContainsFunc(effects, func(e flows.Effect) bool {
		switch e := e.(type) {
		case flows.Note:
			return e.Words != ""
		case flows.RaiseAlert:
			return e.Words != ""
		default:
			return false
		}
	})
}

// keepsTrip wants the trip to be kept, or a human to see the words where the bot does
// not talk with the patient.
func keepsTrip(before, after flows.Patient, effects []flows.Effect) bool {
	if before.Taken.By != "" || before.RedFlag.Open() || before.Consent.State != flows.ConsentGiven {
		return seen(before, after, effects)
	}
	return after.Trip.Kind != ""
}

func optsOut(_, after flows.Patient, _ []flows.Effect) bool {
	return after.Consent.State != flows.ConsentGiven && after.Consent.State != flows.ConsentAsked
}

func noLongerTexted(_, after flows.Patient, _ []flows.Effect) bool {
	return after.Consent.State != flows.ConsentGiven
}
