package simulate

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
)

// person is one synthetic patient: what they do is drawn from a stream of their
// own, so that they do the same whoever else lives.
type person struct {
	number int
	rng    *rand.Rand
	chance *rand.Rand // of what goes wrong for them
	phone  string
	zone   *time.Location
	usual  float64
	answer float64       // how likely they answer a question
	slow   time.Duration // how long they take, half of the time
	asked  bool          // consent was asked by text
	bad    bool          // the number cannot receive texts

	flareUntil time.Time
	flare      int

	id      string
	stopped time.Time // since when nothing but safety may be texted; zero while texts are agreed to
	wrong   time.Time // since when the number is somebody else's
	flagged time.Time // since when a red flag is open
	closing int       // opt-out confirmations since it was stopped or wrong
	sent    []sent
	last    string // the newest text on the phone
	events  []string
}

// sent is when an unasked text left: in truth, and by the machine's clock.
type sent struct{ at, machine time.Time }

func (w *world) newPerson(number int) *person {
	p := &person{
		number: number, rng: rand.New(rand.NewPCG(w.o.Seed, uint64(number))),
		chance: rand.New(rand.NewPCG(w.o.Seed^0xfa17, uint64(number))),
		phone:  fmt.Sprintf("+1312%07d", 2_000_000+number),
	}
	zones := [...]string{"America/Chicago", "America/Chicago", "America/Chicago", "America/New_York", "America/Los_Angeles", "Pacific/Honolulu"}
	p.zone, _ = time.LoadLocation(zones[p.rng.IntN(len(zones))])
	p.usual = float64(p.rng.IntN(4))
	p.answer = 0.45 + 0.5*p.rng.Float64()
	p.slow = time.Duration(2+p.rng.IntN(40)) * time.Minute
	p.asked = p.rng.Float64() < 0.2
	p.bad = p.chance.Float64() < w.chances.badNumber
	return p
}

// log keeps one line of what happened to a patient.
func (w *world) log(p *person, format string, args ...any) {
	if len(p.events) < 2000 {
		p.events = append(p.events, w.now.UTC().Format("2006-01-02 15:04:05")+" "+fmt.Sprintf(format, args...))
	}
}

// plan puts a patient's whole course onto the calendar.
func (w *world) plan(p *person) {
	day := func(n int, from, to float64) time.Time { // of the patient's own clock, in hours
		hour := from + (to-from)*p.rng.Float64()
		midnight := time.Date(w.began.Year(), w.began.Month(), w.began.Day()+n, 0, 0, 0, 0, p.zone)
		return midnight.Add(time.Duration(hour * float64(time.Hour)))
	}
	first := p.rng.IntN(7)
	w.at(day(first, 0, 24), func() { w.enrol(p) })
	for week := range w.o.Weeks {
		for _, d := range [...]int{1 + p.rng.IntN(3), 4 + p.rng.IntN(3)} {
			n := week*7 + d
			ends, kept := day(n, 7, 19.5), p.rng.Float64() < 0.85
			if n > first && kept {
				w.at(ends, func() { w.session(p) })
			}
		}
		w.atChance(p, 0.06, day(week*7+p.rng.IntN(7), 6, 22), func() {
			p.flare, p.flareUntil = 6+p.rng.IntN(4), w.now.Add(time.Duration(1+p.rng.IntN(5))*24*time.Hour)
		})
		w.atChance(p, 0.10, day(week*7+p.rng.IntN(7), 7, 22), func() { w.texts(p, words(p.rng, "trip")) })
		w.atChance(p, 0.10, day(week*7+p.rng.IntN(7), 7, 22), func() { w.texts(p, words(p.rng, "question")) })
		w.atChance(p, 0.003, day(week*7+p.rng.IntN(7), 0, 24), func() { w.flags(p) })
		w.atChance(p, 0.004*max(w.o.stops, 1), day(week*7+p.rng.IntN(7), 7, 22), func() { w.stops(p) })
		w.atChance(p, 0.0015, day(week*7+p.rng.IntN(7), 7, 22), func() { w.wrongNumber(p) })
	}
}

// atChance draws whether something happens, and always as much.
func (w *world) atChance(p *person, chance float64, at time.Time, do func()) {
	if p.rng.Float64() < chance {
		w.at(at, do)
	}
}

func (w *world) enrol(p *person) {
	usual := p.usual
	n := bot.NewPatient{ExternalID: strconv.Itoa(p.number), Name: "Pat Sample", Phone: p.phone, TimeZone: p.zone.String(), Baseline: &usual, Stage: "S5"}
	if !p.asked {
		n.Consent = bot.ConsentEvidence{Method: "written", At: w.clock.Now().Add(-time.Hour)}
	}
	w.log(p, "enrolled, usual pain %v, %s", usual, p.zone)
	w.must(w.retrying(func() error {
		patient, _, err := w.bot.Enrol(w.ctx, n, "simulation")
		p.id = patient.ID
		return err
	}))
	w.byID[p.id] = p
}

func (w *world) session(p *person) {
	if p.id == "" || !p.wrong.IsZero() {
		return
	}
	w.log(p, "a session ends")
	w.must(w.retrying(func() error {
		_, _, err := w.bot.LogSession(w.ctx, bot.NewSession{Patient: p.id, EndedAt: w.clock.Now()}, "simulation")
		return err
	}))
}

// reads lets a patient read a text, and perhaps answer it.
func (w *world) reads(p *person, body string) {
	switch {
	case strings.Contains(body, "YES") && p.asked:
		p.asked = false
		if p.rng.Float64() < 0.9 {
			w.at(w.now.Add(p.delay()), func() { w.texts(p, words(p.rng, "yes")) })
		}
	case strings.Contains(body, "0-10") || strings.Contains(body, "?"):
		if p.rng.Float64() < p.answer {
			w.at(w.now.Add(p.delay()), func() { w.reportsPain(p) })
		}
	case p.rng.Float64() < 0.05:
		w.at(w.now.Add(p.delay()), func() { w.texts(p, words(p.rng, "thanks")) })
	}
}

// delay is how long an answer takes: half of them the patient's usual, some hours.
func (p *person) delay() time.Duration {
	return time.Duration(float64(p.slow)*math.Exp(1.1*p.rng.NormFloat64())) + 20*time.Second
}

func (w *world) reportsPain(p *person) {
	pain := int(math.Round(p.usual + 0.8*p.rng.NormFloat64()))
	if w.now.Before(p.flareUntil) {
		pain = p.flare - p.rng.IntN(3)
	}
	pain = min(max(pain, 0), 10)
	body := painWords(p.rng, pain)
	if strings.Contains(p.last, "DONE +") {
		body = withPain(words(p.rng, "homework"), pain)
		if _, err := strconv.Atoi(body); err == nil || !strings.Contains(body, strconv.Itoa(pain)) {
			w.texts(p, body)
			return // says no pain, or a number that is asked about first
		}
	}
	w.texts(p, body)
	if !strings.Contains(p.last, "0-10") && !strings.Contains(p.last, "flare-up for you") {
		return // the number answered a question that is not about pain
	}
	if w.now.Before(w.unsure) {
		return
	}
	limits := w.o.Clinic.Protocol.Pain
	if float64(pain) >= limits.AlertAbs && float64(pain) >= p.usual+4 && p.wrong.IsZero() {
		w.once(p, 10*time.Minute, func() { w.checkPainReachedSomebody(p, pain) })
	}
}

func (w *world) flags(p *person) {
	if p.id == "" || !p.wrong.IsZero() {
		return
	}
	body := words(p.rng, "flag")
	w.texts(p, body)
	w.once(p, 20*time.Minute, func() { w.checkFlagReachedSomebody(p, body) })
}

func (w *world) stops(p *person) {
	w.texts(p, words(p.rng, "stop"))
	if p.rng.Float64() < 0.3 {
		w.at(w.now.Add(time.Duration(1+p.rng.IntN(10))*24*time.Hour), func() { w.texts(p, words(p.rng, "start")) })
	}
}

func (w *world) wrongNumber(p *person) {
	if p.id != "" {
		w.texts(p, words(p.rng, "wrong"))
	}
}

// texts is a patient typing. What the text changes about what may be texted holds
// from the moment the bot has it.
func (w *world) texts(p *person, body string) {
	if p.id == "" || p.bad && w.chances.badNumber == 0 {
		return
	}
	lost := p.chance.Float64() < w.chances.lostWebhook
	again := p.chance.Float64() < w.chances.duplicate
	w.log(p, "types %q%s", body, map[bool]string{true: ", and the webhook is lost"}[lost])
	w.Inbound++
	if lost {
		w.injected("webhook lost")
	}
	p.inbound(w, body, lost, again)
}

func (p *person) inbound(w *world, body string, lost, again bool) {
	received := w.sandbox.Twilio().Send(sandbox.In{From: p.phone, Body: body, Lost: lost})
	w.typed[received.SID] = typed{p, body}
	if lost || !received.Delivery.OK() {
		w.missed(received.SID)
		return
	}
	w.heard(received.SID)
	if again {
		w.at(w.now.Add(time.Duration(p.chance.IntN(90))*time.Second), func() {
			w.injected("webhook twice")
			w.log(p, "the webhook of %q comes again", body)
			w.sandbox.Twilio().Redeliver(received.SID)
		})
	}
}

// heard says that the bot has a text: from here on it is held to it.
func (w *world) heard(sid string) {
	t, ok := w.typed[sid]
	if !ok {
		return
	}
	delete(w.typed, sid)
	p := t.by
	kind := kindOf(t.body)
	switch {
	case kind == "wrong" && p.wrong.IsZero():
		p.wrong, p.closing = w.now, 0
	case kind == "stop" && p.stopped.IsZero():
		p.stopped, p.closing = w.now, 0
	case kind == "start":
		p.stopped = time.Time{}
	case kind == "flag" && p.flagged.IsZero():
		p.flagged = w.now
	}
}

func kindOf(body string) string {
	for _, kind := range [...]string{"wrong", "stop", "start", "flag"} {
		for _, words := range wordings[kind] {
			if words == body {
				return kind
			}
		}
	}
	return ""
}

// retrying does what a caller does when the process dies under it, or the database fails.
func (w *world) retrying(do func() error) (err error) {
	for range 10 {
		crashed := false
		func() {
			defer func() {
				if r := recover(); r != nil {
					if !w.died(r) {
						panic(r)
					}
					crashed = true
				}
			}()
			err = do()
		}()
		if !crashed && !errors.Is(err, errDatabase) {
			return err
		}
	}
	return err
}
