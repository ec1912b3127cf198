package simulate

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"backstop/bot"
	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
)

// Violation is something that must never happen, and how it came about.
type Violation struct {
	Rule    string // which of the things that must always hold
	What    string
	Seed    uint64
	Patient int // -1 when it concerns no single one
	Weeks   int // how long it takes to show
	Faults  Faults
	Events  []string // what happened to the patient until then
}

func (v *Violation) Error() string { return v.Rule + ": " + v.What }

// wrong keeps the first violation.
func (w *world) wrongBecause(p *person, rule, what string, args ...any) {
	if w.violation != nil {
		return
	}
	v := &Violation{Rule: rule, What: fmt.Sprintf(what, args...), Seed: w.o.Seed, Patient: -1, Weeks: w.o.Weeks, Faults: w.o.Faults}
	if p != nil {
		w.log(p, "VIOLATION: %s", v.What)
		v.Patient, v.Events = p.number, p.events
	}
	w.violation = v
}

// checkTaken judges a text at the moment the provider takes it.
func (w *world) checkTaken(p *person, id, body string) {
	m, err := w.store.MessageHead(w.ctx, w.o.Clinic.ID, id)
	if err != nil {
		w.must(err)
		return
	}
	class := flows.Class(m.Class)
	w.log(p, "is texted (%s) %q", class, body)
	w.Texts++
	w.Segments += segments(body)
	w.accepted[id]++
	if n := w.accepted[id]; n > 1 {
		w.wrongBecause(p, "a text leaves at most once", "the provider took %q %d times", body, n)
	}
	if !m.ExpiresAt.IsZero() && w.clock.Now().After(m.ExpiresAt.Time) {
		w.wrongBecause(p, "nothing leaves after its time of use", "%q left at %s, of use until %s", body, w.now, m.ExpiresAt)
	}
	w.checkConsent(p, class, body)
	if class.Unsolicited() {
		w.checkUnasked(p, body)
	}
	if class == flows.ClassCheck || class == flows.ClassHomework { // the question for consent comes before what was agreed to
		w.checkCaps(p, body)
	}
	if strings.Contains(body, "alerting your therapist") && !w.somebodySees(p) {
		w.wrongBecause(p, "nobody is told of an alert that was not delivered", "%q left before any alert stood in Slack", body)
	}
}

func (w *world) checkConsent(p *person, class flows.Class, body string) {
	switch {
	case class == flows.ClassOptOut:
		if p.closing++; p.closing > 1 && (!p.stopped.IsZero() || !p.wrong.IsZero()) {
			w.wrongBecause(p, "an opt-out is confirmed once", "%q is confirmation %d", body, p.closing)
		}
	case !p.wrong.IsZero():
		w.wrongBecause(p, "a wrong person is never texted again", "%q left after they said so", body)
	case !p.stopped.IsZero() && class != flows.ClassSafety:
		w.wrongBecause(p, "nothing leaves after STOP", "%q left %s after it", body, w.now.Sub(p.stopped))
	}
}

// checkUnasked judges a text the patient did not ask for.
func (w *world) checkUnasked(p *person, body string) {
	local := w.now.In(p.zone)
	if w.o.Clinic.Quiet(w.now, p.zone) && w.o.Clinic.Quiet(w.clock.Now(), p.zone) {
		w.wrongBecause(p, "unasked texts leave in the patient's own hours", "%q left at %s", body, local.Format("Mon 15:04"))
	}
	if !p.flagged.IsZero() {
		w.wrongBecause(p, "a red flag stops everything unasked", "%q left %s after a red flag", body, w.now.Sub(p.flagged))
	}
}

func (w *world) checkCaps(p *person, body string) {
	now := sent{w.now, w.clock.Now()}
	p.sent = append(p.sent, now)
	sameDay := func(a, b time.Time) bool {
		return protocol.DateOf(a, p.zone) == protocol.DateOf(b, p.zone)
	}
	window := 7*24*time.Hour - time.Hour // what was held up for an hour counts by when it was decided
	if w.chances.clockWrong > 0 {
		window -= mostWrong // a clock that was ahead has let the oldest go too early
	}
	day, week := 0, 0
	for _, s := range p.sent {
		if sameDay(s.at, now.at) && sameDay(s.machine, now.machine) {
			day++
		}
		if now.at.Sub(s.at) < window && now.machine.Sub(s.machine) < window {
			week++
		}
	}
	limits := w.o.Clinic.Protocol.Limits
	if day > limits.PerDay || week > limits.PerWeekActive {
		w.wrongBecause(p, "unasked texts keep to the caps", "%q is the %d. of the day, the %d. of seven days", body, day, week)
	}
}

// alertsOf are a patient's last alerts, newest first.
func (w *world) alertsOf(p *person) []storage.Alert {
	alerts, err := w.store.AlertsOf(w.ctx, w.o.Clinic.ID, p.id, 20)
	w.must(err)
	return alerts
}

func (w *world) somebodySees(p *person) bool {
	for _, a := range w.alertsOf(p) {
		if !a.DeliveredAt.IsZero() {
			return true
		}
	}
	return false
}

// checkPainReachedSomebody: every reported pain over the threshold reaches Slack.
func (w *world) checkPainReachedSomebody(p *person, pain int) {
	for _, a := range w.alertsOf(p) {
		recent := a.State != storage.AlertResolved || w.now.Sub(a.ResolvedAt.Time) < 24*time.Hour
		if recent && (!a.DeliveredAt.IsZero() || w.rang[a.ID]) {
			return
		}
	}
	last := "there was none before"
	if alerts := w.alertsOf(p); len(alerts) > 0 {
		a := alerts[0]
		last = fmt.Sprintf("the last one, %s, was opened %s, delivered %s, %s", a.Key, a.OpenedAt, a.DeliveredAt, a.State)
	}
	w.wrongBecause(p, "every reported pain over the threshold reaches a human", "pain %d was reported and no alert stands: %s", pain, last)
}

// checkFlagReachedSomebody: a red flag reaches Slack, or a phone on call.
func (w *world) checkFlagReachedSomebody(p *person, body string) {
	for _, a := range w.alertsOf(p) {
		urgent := a.Level == flows.P1 || a.Level == flows.P1b
		if urgent && (!a.DeliveredAt.IsZero() || w.rang[a.ID]) {
			return
		}
	}
	w.wrongBecause(p, "a red flag reaches a human", "%q has reached nobody", body)
}

// resolved says that a clinician has dealt with an alert.
func (w *world) resolved(card bot.Card) {
	alert, err := w.store.AlertByID(w.ctx, w.o.Clinic.ID, card.AlertID)
	w.must(err)
	if p := w.byID[alert.PatientID]; p != nil && p.id != "" {
		patient, err := w.store.PatientByID(w.ctx, w.o.Clinic.ID, p.id)
		w.must(err)
		if !patient.Snapshot.RedFlag.Open() {
			p.flagged = time.Time{}
		}
	}
}

// checkTheEnd judges what is left when the time is over: every text is stored
// once, nothing waits that should not, and every log replays to its snapshot.
func (w *world) checkTheEnd() {
	counts, err := w.store.MessageCounts(w.ctx, w.o.Clinic.ID, w.began.AddDate(-1, 0, 0), w.end.AddDate(1, 0, 0))
	w.must(err)
	var stored int64
	for _, c := range counts {
		if c.Direction == storage.Inbound {
			stored += c.Count
		}
	}
	if want := int64(w.Inbound - len(w.typed)); stored != want {
		w.wrongBecause(nil, "every inbound text is stored once", "%d are stored of %d that came", stored, want)
	}
	const longest = 12 * time.Hour
	old, err := w.store.QueuedTexts(w.ctx, w.end.Add(-longest), 1)
	w.must(err)
	if len(old) > 0 {
		w.wrongBecause(w.byID[old[0].PatientID], "no text is silently dropped", "a text of %s still waits: %s", old[0].CreatedAt, old[0].Reason)
	}
	w.store.Remember() // nothing: what is in the database counts
	for _, p := range w.people {
		w.checkReplay(p)
	}
}

func (w *world) checkReplay(p *person) {
	if p.id == "" || w.violation != nil || w.o.mutate.clinic != nil {
		return
	}
	replayed, err := w.bot.Replay(w.ctx, w.o.Clinic.ID, p.id)
	w.must(err)
	stored, err := w.store.PatientByID(w.ctx, w.o.Clinic.ID, p.id)
	w.must(err)
	if !sameJSON(replayed, stored.Snapshot) {
		w.wrongBecause(p, "replaying the log reproduces the snapshot", "it does not")
	}
}

func sameJSON(a, b flows.Patient) bool {
	return reflect.DeepEqual(a, b) || asJSON(a) == asJSON(b)
}
