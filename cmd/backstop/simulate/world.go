package simulate

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/bot/slack"
	"backstop/bot/twilio"
	"backstop/flows"
	"backstop/storage"
)

// began is the Monday on which every simulation begins.
var monday = time.Date(2026, 9, 7, 0, 0, 0, 0, time.UTC)

// world is one clinic of the simulation with its patients.
type world struct {
	ctx     context.Context // never ends: what watches for an end costs a tenth of the time
	life    context.Context // ends when nobody wants the result any more
	o       Options
	chances chances
	began   time.Time
	end     time.Time
	now     time.Time
	clock   *clock
	rng     *rand.Rand // of what goes wrong for everybody
	calendar

	bot     *bot.Bot
	store   *storage.Store
	sandbox *sandbox.Sandbox
	people  []*person
	byPhone map[string]*person
	byID    map[string]*person

	typed     map[string]typed // texts the bot does not have yet, by the provider's id
	accepted  map[string]int   // how often the provider took a text, by our id
	rang      map[string]bool  // alerts for which a phone was called
	unsure    time.Time        // until then a question may bear a time that has not come: no answer is held against it
	twilio    []outage
	slack     []outage
	sweeping  bool
	looking   bool
	violation *Violation
	failed    error

	Stats
}

type typed struct {
	by   *person
	body string
}

// clock is the bot's and the stand-ins' time; the machine's may be off.
type clock struct {
	w      *world
	offset time.Duration
}

func (c *clock) Now() time.Time            { return c.w.now.Add(c.offset) }
func (c *clock) Skip(time.Time) error      { return nil }
func (w *world) at(t time.Time, do func()) { w.calendar.put(t, do) }

// once does something later, put off while a provider is down.
func (w *world) once(p *person, after time.Duration, do func()) {
	at := w.now.Add(after)
	for _, o := range append(w.twilio[:len(w.twilio):len(w.twilio)], w.slack...) {
		if o.from.Before(at) && o.to.Add(after).After(at) {
			at = o.to.Add(after)
		}
	}
	w.at(at, func() {
		if _, waits := w.waits(p); waits { // what the bot does not have yet it cannot have passed on
			w.once(p, after, do)
			return
		}
		do()
	})
}

// waits reports a text of a patient that the bot does not have yet.
func (w *world) waits(p *person) (string, bool) {
	for sid, t := range w.typed {
		if t.by == p {
			return sid, true
		}
	}
	return "", false
}

// live lets the patients first to first+count-1 live.
func live(ctx context.Context, o Options, first, count int) (Stats, *Violation, error) {
	w := &world{ctx: context.WithoutCancel(ctx), life: ctx, o: o, chances: o.Faults.chances(), began: monday, now: monday,
		rng: rand.New(rand.NewPCG(o.Seed, uint64(first)<<32)), byPhone: map[string]*person{}, byID: map[string]*person{},
		typed: map[string]typed{}, accepted: map[string]int{}, rang: map[string]bool{}}
	w.clock = &clock{w: w}
	w.end = w.began.AddDate(0, 0, 7*o.Weeks)
	if err := w.open(); err != nil {
		return Stats{}, nil, err
	}
	defer func() { _ = w.store.Close() }()
	defer w.sandbox.Close()
	w.weather()
	for i := range count {
		p := w.newPerson(first + i)
		if o.only == nil || *o.only == p.number {
			w.people = append(w.people, p)
			w.byPhone[p.phone] = p
			w.plan(p)
		}
	}
	w.must(w.bot.SweepInbound(ctx)) // remembers that everything before is none of ours
	if w.chances.database > 0 || w.chances.crash > 0 {
		w.store.Break(w.databaseBreaks)
	}
	w.run()
	if w.failed == nil && w.violation == nil {
		w.checkTheEnd()
	}
	w.Patients, w.PatientWeeks = len(w.people), float64(len(w.people)*o.Weeks)
	return w.Stats, w.violation, w.failed
}

// open makes the bot with everything around it.
func (w *world) open() (err error) {
	openStore := w.o.Open
	if openStore == nil {
		openStore = memory
	}
	if w.store, err = openStore(w.ctx); err != nil {
		return err
	}
	w.store.Remember()
	log := slog.New(slog.DiscardHandler)
	mux := http.NewServeMux()
	clinic := w.o.Clinic
	w.sandbox = sandbox.New(sandbox.Options{
		Number: string(clinic.Sender.Number), ServiceSID: clinic.Sender.Service, Channels: []sandbox.Channel{{ID: clinic.Slack.Channel, Name: "alerts"}},
		Clock: w.clock, Seed: fmt.Sprint(w.o.Seed), HoldStatus: true, HoldCalls: true, Keep: 600, // some days of so few patients
		BotURL: "http://bot.invalid", URL: "http://sandbox.invalid", Transport: &wire{handler: mux, died: w.died},
	})
	so := w.sandbox.Options()
	toTwilio := &wire{handler: w.sandbox.Handler(), fault: w.twilioFault, done: w.twilioTook}
	toSlack := &wire{handler: w.sandbox.Handler(), fault: w.slackFault}
	tc := twilio.Config{AccountSID: so.AccountSID, AuthToken: so.AuthToken, BaseURL: "http://sandbox.invalid", PublicURL: "http://bot.invalid", Transport: toTwilio}
	tw, err := twilio.New(tc)
	if err != nil {
		return err
	}
	sl, err := slack.New(slack.Config{BotToken: so.SlackBotToken, SigningSecret: so.SlackSigningSecret, APIURL: "http://sandbox.invalid/api/", Transport: toSlack})
	if err != nil {
		return err
	}
	runs := clinic
	if w.o.mutate.clinic != nil {
		runs = w.o.mutate.clinic
	}
	w.bot, err = bot.New(bot.Config{Store: w.store, Clinics: []*flows.Clinic{runs}, Texter: tw, Caller: caller{tw, w}, Alerter: alerter{sl, w},
		Clock: w.clock, Log: log, Stepped: true, MayLeave: w.o.mutate.mayLeave})
	if err != nil {
		return err
	}
	var in inbox = w.bot
	if w.o.mutate.inbox != nil {
		in = w.o.mutate.inbox(w.bot)
	}
	hooks, err := twilio.NewWebhooks(tc, in, twilio.Watch{}, log)
	if err != nil {
		return err
	}
	hooks.Register(mux)
	return w.bot.Start(w.ctx)
}

// inbox is what the webhooks bring their findings to.
type inbox = twilio.Inbox

// run lets time pass from one thing to the next.
func (w *world) run() {
	for w.violation == nil && w.failed == nil && w.life.Err() == nil {
		next := w.calendar.first()
		due, err := w.bot.NextDueAt(w.ctx)
		w.must(err)
		for _, at := range [...]time.Time{due.Add(-w.clock.offset), w.bot.NextStepAt().Add(-w.clock.offset)} {
			if at.Year() > 2000 && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
		if next.IsZero() || next.After(w.end) {
			return
		}
		if next.After(w.now) {
			w.now = next
		}
		for w.violation == nil {
			do, ok := w.calendar.take(w.now)
			if !ok {
				break
			}
			w.alive(do)
		}
		if !due.IsZero() && !due.After(w.clock.Now()) {
			w.alive(w.sweep)
		}
		w.steps()
	}
	if w.failed == nil {
		w.failed = w.life.Err()
	}
}

// alive does something during which the process may die.
func (w *world) alive(do func()) {
	defer func() {
		if r := recover(); r != nil && !w.died(r) {
			panic(r)
		}
	}()
	do()
}

// died takes a panic for the death of the process, if it is one.
func (w *world) died(panicked any) bool {
	if !isCrash(panicked) {
		return false
	}
	w.bot.Crash()
	w.store.Remember() // and what it had in memory is gone
	return true
}

// sweep has the bot look through its agenda; when the database fails it does so again.
func (w *world) sweep() {
	if err := w.bot.Sweep(w.ctx); !errors.Is(err, errDatabase) {
		w.must(err)
	}
}

// steps works what is due now.
func (w *world) steps() {
	for w.violation == nil {
		did, err := w.bot.Step(w.ctx, isCrash)
		w.must(err)
		if !did || w.failed != nil {
			return
		}
	}
}

func (w *world) must(err error) {
	if err != nil && w.failed == nil {
		w.failed = err
	}
}

// missed has the bot look for a text the webhook did not bring.
func (w *world) missed(string) {
	if w.sweeping || len(w.typed) == 0 {
		return
	}
	w.sweeping = true
	w.at(w.now.Add(2*time.Minute), func() {
		w.sweeping = false
		w.missed("") // once more, whatever becomes of this one
		if err := w.bot.SweepInbound(w.ctx); err != nil {
			return // Twilio or the database is down
		}
		for sid := range w.typed {
			known, err := w.store.HasMessage(w.ctx, sid)
			w.must(err)
			if known {
				w.heard(sid)
			}
		}
	})
}

// lookForStuck has the bot look for what a crash left half way, as its sweeps do by
// themselves.
func (w *world) lookForStuck() {
	if w.looking {
		return
	}
	w.looking = true
	w.at(w.now.Add(65*time.Second), func() {
		w.looking = false
		w.sweep()
		waiting, err := w.store.Backlogs(w.ctx)
		w.must(err)
		for _, b := range waiting {
			if b.State == storage.MessageSending {
				w.lookForStuck()
			}
		}
	})
}
