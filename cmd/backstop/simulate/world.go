package simulate

import (
	"container/heap"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
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

// weather draws the days on which a provider is down or the clock is set.
func (w *world) weather() {
	for day := range 7 * w.o.Weeks {
		at := func() time.Time {
			return w.began.AddDate(0, 0, day).Add(time.Duration(w.rng.IntN(24*60)) * time.Minute)
		}
		lasts := func() time.Duration { return time.Duration(2+w.rng.IntN(58)) * time.Minute }
		if w.rng.Float64() < w.chances.twilioDown {
			from := at()
			w.twilio = append(w.twilio, outage{from, from.Add(lasts())})
		}
		if w.rng.Float64() < w.chances.slackDown {
			from := at()
			w.slack = append(w.slack, outage{from, from.Add(lasts())})
		}
		if w.rng.Float64() < w.chances.clockJump {
			w.at(at(), func() {
				w.injected("clock set")
				w.setClock(0)
			})
		}
		if w.rng.Float64() < w.chances.clockWrong {
			from, by := at(), time.Duration(1+w.rng.Int64N(int64(mostWrong)))
			if w.rng.IntN(2) == 0 {
				by = -by
			}
			w.at(from, func() { w.injected("clock hours wrong"); w.setClock(by) })
			until := from.Add(lasts())
			w.at(until, func() { w.setClock(0); w.unsure = until.Add(mostWrong) })
		}
	}
}

// setClock sets the machine's clock, which is never exact.
func (w *world) setClock(wrong time.Duration) {
	w.clock.offset = wrong + time.Duration(w.rng.IntN(4000)-2000)*time.Millisecond
}

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

// lookForStuck has the bot look for what a crash left half way, as it does by
// itself every second.
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

type crash struct{}

func isCrash(r any) bool { _, is := r.(crash); return is }

func (w *world) twilioFault(r *http.Request, form string) fault {
	f := w.twilioBreaks(r)
	if f == cutBefore && r.Method == http.MethodPost {
		w.hangs(form)
	}
	return f
}

// hangs lets some opt out while a text to them hangs: nobody knows yet whether
// it has left.
func (w *world) hangs(form string) {
	fields, err := url.ParseQuery(form)
	w.must(err)
	if p := w.byPhone[fields.Get("To")]; p != nil && p.chance.Float64() < 0.01*max(w.o.stops, 1) {
		w.at(w.now.Add(5*time.Second), func() { w.stops(p) })
	}
}

func (w *world) twilioBreaks(r *http.Request) fault {
	for _, o := range w.twilio {
		if o.holds(w.now) {
			w.injected("Twilio down")
			w.lookForStuck()
			return [...]fault{cutBefore, refused}[w.rng.IntN(2)]
		}
	}
	if r.Method != http.MethodPost {
		return fine
	}
	return w.draw()
}

// dies ends the process.
func (w *world) dies(name string) {
	w.Crashes++
	w.injected(name)
	w.lookForStuck()
	panic(crash{})
}

// injected counts what went wrong, so that a fault which never happens is seen.
func (w *world) injected(name string) {
	if w.Injected == nil {
		w.Injected = map[string]int{}
	}
	w.Injected[name]++
}

// errDatabase is a failure of the database.
var errDatabase = errors.New("disk I/O error")

// databaseBreaks draws what happens to a transaction.
func (w *world) databaseBreaks(m storage.Moment) error {
	c, x := w.chances, w.rng.Float64()
	switch m {
	case storage.AtStatement:
		if x < c.database/10 { // of some ten in a transaction
			return w.fails("statement failed", errDatabase)
		}
	case storage.BeforeCommit:
		switch {
		case x < c.crash/4:
			w.dies("crash before a commit")
		case x < c.crash/4+c.database/2:
			return w.fails("connection lost", storage.ErrLost)
		}
	case storage.AfterCommit:
		switch {
		case x < c.crash/4:
			w.dies("crash after a commit")
		case x < c.crash/4+c.database/2:
			return w.fails("commit unknown", errDatabase)
		}
	}
	return nil
}

func (w *world) fails(name string, err error) error {
	w.injected(name)
	w.lookForStuck()
	return err
}

func (w *world) slackFault(*http.Request, string) fault {
	for _, o := range w.slack {
		if o.holds(w.now) {
			w.injected("Slack down")
			w.lookForStuck()
			return [...]fault{cutBefore, refused}[w.rng.IntN(2)]
		}
	}
	return w.draw()
}

// draw draws what happens to one call; the process may die in it.
func (w *world) draw() fault {
	c, x := w.chances, w.rng.Float64()
	for _, f := range [...]struct {
		chance float64
		fault  fault
		name   string
	}{
		{c.cutAfter, cutAfter, "answer lost"}, {c.cutBefore, cutBefore, "request lost"}, {c.refused, refused, "429"},
		{c.broken / 2, brokenBefore, "5xx"}, {c.broken / 2, brokenAfter, "5xx, though taken"},
	} {
		if x -= f.chance; x < 0 {
			w.injected(f.name)
			w.lookForStuck()
			return f.fault
		}
	}
	if x -= c.crash; x < 0 {
		w.dies("crash before a call")
	}
	return fine
}

// twilioTook sees what the stand-in Twilio has done.
func (w *world) twilioTook(r *http.Request, form string, status int, body []byte) {
	if status != http.StatusCreated || !strings.HasSuffix(r.URL.Path, "/Messages.json") {
		return
	}
	var made struct{ SID string }
	fields, err := url.ParseQuery(form)
	if err = errors.Join(err, json.Unmarshal(body, &made)); err != nil {
		w.must(err)
		return
	}
	callback, err := url.Parse(fields.Get("StatusCallback"))
	if err != nil {
		w.must(err)
		return
	}
	w.took(made.SID, callback.Query().Get("m"), fields.Get("To"), fields.Get("Body"))
	if w.chances.crash > 0 && w.rng.Float64() < w.chances.crash {
		w.dies("crash after a call") // taken, and the answer never read
	}
}

// took is a text on its way to a phone.
func (w *world) took(sid, id, to, body string) {
	p := w.byPhone[to]
	if p == nil {
		return // somebody on call
	}
	w.checkTaken(p, id, body)
	p.last = body
	status, code := "delivered", 0
	switch {
	case p.bad:
		status, code = "undelivered", 30006
	case p.chance.Float64() < w.chances.unreachable:
		status, code = "undelivered", 30003
	}
	if status != "delivered" {
		w.Undelivered++
	}
	lost := p.chance.Float64() < w.chances.callback
	if lost {
		w.injected("callback lost")
	}
	reordered := !lost && p.chance.Float64() < w.chances.reordered
	w.at(w.now.Add(2*time.Second), func() {
		if lost {
			w.sandbox.Twilio().SetStatus(sid, status, code)
		} else {
			w.sandbox.Twilio().Report(sid, status, code)
		}
		if reordered {
			w.late(p, sid, id, status)
		}
		if status == "delivered" {
			w.reads(p, body)
		}
	})
}

// late brings the callbacks of a text that come before its last one after it, and
// the last one again: it must stay where the last one brought it.
func (w *world) late(p *person, sid, id, last string) {
	w.injected("callbacks reordered")
	for i, status := range [...]string{"sent", "queued", last} {
		w.at(w.now.Add(time.Duration(1+i+p.chance.IntN(20))*time.Second), func() {
			is := w.stateOf(id)
			w.sandbox.Twilio().Report(sid, status, 0)
			if now := w.stateOf(id); (is == storage.MessageDelivered || is == storage.MessageUndelivered) && now != is {
				w.wrongBecause(p, "a text never moves backwards", "it was %s, then %q came late, and it is %s", is, status, now)
			}
		})
	}
}

// stateOf is where a text of ours stands.
func (w *world) stateOf(id string) storage.MessageState {
	m, err := w.store.MessageHead(w.ctx, w.o.Clinic.ID, id)
	w.must(err)
	return m.State
}

// alerter sees the cards that reach the channel, and lets clinicians act on them.
type alerter struct {
	bot.Alerter
	w *world
}

// Post shows a post, and somebody sees it.
func (a alerter) Post(ctx context.Context, p bot.Post) (bot.Posted, error) {
	at, err := a.Alerter.Post(ctx, p)
	if err == nil && p.Card != nil {
		a.w.clinicianSees(*p.Card, at)
	}
	return at, err
}

// caller sees the phones that are rung.
type caller struct {
	bot.Caller
	w *world
}

// Call rings somebody on call, who answers more often than not.
func (c caller) Call(ctx context.Context, call bot.OutgoingCall) (bot.Accepted, error) {
	accepted, err := c.Caller.Call(ctx, call)
	if err == nil {
		w := c.w
		w.Calls++
		w.rang[call.AlertID] = true
		report := bot.CallReport{CallID: call.ID, AlertID: call.AlertID, ProviderID: accepted.ProviderID, Status: "no-answer"}
		if w.rng.Float64() < 0.7 {
			report.Status, report.Digits = "in-progress", "1"
		}
		w.at(w.now.Add(25*time.Second), func() {
			w.must(w.retrying(func() error {
				_, err := w.bot.ReceiveCall(w.ctx, report)
				return err
			}))
		})
	}
	return accepted, err
}

// clinicianSees lets a clinician take an alert, and deal with it later.
func (w *world) clinicianSees(card bot.Card, at bot.Posted) {
	w.Alerts++
	zone := w.o.Clinic.TimeZone
	user := w.o.Clinic.Slack.Clinicians[0].SlackID
	wait := time.Minute + time.Duration(w.rng.ExpFloat64()*540)*time.Second
	if card.Level != flows.P1 && card.Level != flows.P1b {
		wait = max(wait, w.o.Clinic.NextOfficeOpen(w.now).Sub(w.now)) + wait
	}
	opened := card.OpenedAt
	w.at(w.now.Add(wait), func() {
		w.must(w.retrying(func() error {
			_, err := w.bot.Press(w.ctx, bot.Press{Key: card.AlertID, Action: bot.ActionAcknowledge, About: card.AlertID,
				Team: w.o.Clinic.Slack.Team, Channel: at.Channel, User: user})
			return err
		}))
		w.Acknowledged = append(w.Acknowledged, w.now.Sub(opened))
	})
	w.at(w.now.In(zone).Add(wait+time.Duration(1+w.rng.IntN(20))*time.Hour), func() {
		w.must(w.retrying(func() error {
			sent, err := w.bot.Submit(w.ctx, bot.Submission{Key: card.AlertID, Form: bot.ActionResolve, About: card.AlertID,
				Team: w.o.Clinic.Slack.Team, User: user, Fields: map[string]string{"outcome": "seen"}})
			if len(sent.Wrong) > 0 {
				err = sent.Wrong
			}
			return err
		}))
		w.resolved(card)
	})
}

// calendar is what is going to happen, in order.
type calendar struct {
	entries entries
	count   int
}

type entry struct {
	at     time.Time
	number int
	do     func()
}

type entries []entry

func (e entries) Len() int { return len(e) }
func (e entries) Less(i, j int) bool {
	if c := e[i].at.Compare(e[j].at); c != 0 {
		return c < 0
	}
	return e[i].number < e[j].number
}
func (e entries) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *entries) Push(x any)   { *e = append(*e, x.(entry)) }
func (e *entries) Pop() any {
	old := *e
	last := old[len(old)-1]
	*e = old[:len(old)-1]
	return last
}

func (c *calendar) put(at time.Time, do func()) {
	c.count++
	heap.Push(&c.entries, entry{at, c.count, do})
}

func (c *calendar) first() time.Time {
	if len(c.entries) == 0 {
		return time.Time{}
	}
	return c.entries[0].at
}

func (c *calendar) take(now time.Time) (func(), bool) {
	if len(c.entries) == 0 || c.entries[0].at.After(now) {
		return nil, false
	}
	return heap.Pop(&c.entries).(entry).do, true
}
