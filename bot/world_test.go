package bot_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/chart"
	"backstop/bot/media"
	"backstop/bot/sandbox"
	"backstop/bot/slack"
	"backstop/bot/twilio"
	"backstop/bot/web"
	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// The people of the world.
const (
	alexPhone = "+13125550171"
	michael   = "U0123ABCD"
	outside   = "U0GONE123" // of the workspace, and not in the clinic's channel
)

// tuesday is a working day, shortly after a session in Chicago.
var tuesday = time.Date(2026, 11, 24, 20, 10, 0, 0, time.UTC) // 14:10 in Chicago

// world is the whole product with the stand-in Twilio and Slack around it: the
// same wires as in production, and a clock to move.
type world struct {
	t       testing.TB
	ctx     context.Context
	bot     *bot.Bot
	store   *storage.Store
	sandbox *sandbox.Sandbox
	clinic  *flows.Clinic
	clock   *clock
	hooks   *httptest.Server
	config  bot.Config
	errors  errorLog
}

// clock is a bot.Clock to move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Skip makes it the sandbox's clock too; nobody plays on a page here.
func (c *clock) Skip(to time.Time) error {
	c.set(to)
	return nil
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// each runs a test in a world of its own on every engine.
func each(t *testing.T, f func(w *world)) {
	t.Helper()
	storagetest.Each(t, func(t *testing.T, s *storage.Store) { f(newWorld(t, s)) })
}

// newWorld makes a world whose queue is polled more often than in production,
// so that the tests are done sooner.
func newWorld(t testing.TB, store *storage.Store) *world {
	t.Helper()
	return newWorldPolling(t, store, 5*time.Millisecond)
}

// newWorldPolling makes a world, with further clinics of the workspace beside the
// example.
func newWorldPolling(t testing.TB, store *storage.Store, fetchEvery time.Duration, more ...protocol.Clinic) *world {
	t.Helper()
	w := &world{t: t, ctx: t.Context(), store: store, clock: &clock{now: tuesday}, errors: newErrorLog()}
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	w.must(err)
	catalog, err := copy.For(clinics[0])
	w.must(err)
	w.clinic = &flows.Clinic{Clinic: clinics[0], Copy: catalog}

	served := []*flows.Clinic{w.clinic}
	for _, c := range more {
		served = append(served, &flows.Clinic{Clinic: c, Copy: catalog})
	}

	w.sandbox = sandbox.New(sandbox.Options{
		Number:   string(w.clinic.Sender.Number),
		Channels: []sandbox.Channel{{ID: w.clinic.Slack.Channel, Name: "pt-alerts", Without: []string{outside}}, {ID: "C0OTHER", Name: "pt-other"}},
		Users:    []sandbox.User{{ID: michael, Name: "Michael Torres"}, {ID: "U0SAMLEE", Name: "Sam Lee"}, {ID: "U0STRANGER", Name: "Stranger"}, {ID: outside, Name: "Robin Gone"}},
		Clock:    w.clock,
		Seed:     t.Name(),
	})
	t.Cleanup(w.sandbox.Close)
	page, err := w.sandbox.Start("127.0.0.1:0")
	w.must(err)
	mux := http.NewServeMux()
	w.hooks = httptest.NewServer(mux)
	t.Cleanup(w.hooks.Close)
	w.sandbox.SetBotURL(w.hooks.URL)

	o := w.sandbox.Options()
	log := slog.New(w.errors)
	tc := twilio.Config{AccountSID: o.AccountSID, AuthToken: o.AuthToken, BaseURL: page, PublicURL: w.hooks.URL}
	sc := slack.Config{BotToken: o.SlackBotToken, SigningSecret: o.SlackSigningSecret, APIURL: page + "/api/"}
	tw, err := twilio.New(tc)
	w.must(err)
	t.Cleanup(tw.Close)
	sl, err := slack.New(sc)
	w.must(err)
	t.Cleanup(sl.Close)
	w.config = bot.Config{Store: store, Clinics: served, Texter: tw, Caller: tw, Alerter: sl, Uploader: sl, Roster: sl, Draw: chart.Draw, PublicURL: w.hooks.URL,
		Clock: w.clock, Log: log, SettleAfter: time.Second, UndoFor: time.Second, SweepEvery: time.Hour, FetchEvery: fetchEvery}
	w.bot, err = bot.New(w.config)
	w.must(err)
	twilioHooks, err := twilio.NewWebhooks(tc, w.bot, twilio.Watch{}, log)
	w.must(err)
	twilioHooks.Register(mux)
	slackHooks, err := slack.NewWebhooks(sc, sl, w.bot, slack.Doors{Seen: w.bot.Seen})
	w.must(err)
	web.New(w.bot, log).Register(mux)
	slackHooks.Register(mux)
	media.Register(mux, w.bot, log)
	w.must(w.bot.Start(w.ctx))
	w.awaitSweep()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := w.bot.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return w
}

// restart starts a bot anew on the same database, after the first was stopped.
// Webhooks still reach the first, which works nothing any more.
func (w *world) restart() {
	w.t.Helper()
	b, err := bot.New(w.config)
	w.must(err)
	w.must(b.Start(w.ctx))
	w.bot = b
}

// awaitSweep waits for the bot's first sweep: until the next one, in an hour, nothing
// but what a test does reads the clinic, which it may change.
func (w *world) awaitSweep() {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); !w.bot.HasSwept(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatal("the bot never swept")
		}
	}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// enrol takes Alex into care, with written consent.
func (w *world) enrol(change ...func(*bot.NewPatient)) storage.Patient {
	w.t.Helper()
	usual := 1.0
	n := bot.NewPatient{ExternalID: "alex", Name: "Alex Rivera", Phone: alexPhone, Baseline: &usual, Stage: "S5",
		Consent: bot.ConsentEvidence{Method: "written", At: tuesday.Add(-time.Hour)}}
	for _, f := range change {
		f(&n)
	}
	p, _, err := w.bot.Enrol(w.ctx, n, "test")
	w.must(err)
	w.settle()
	return p
}

// session ends now.
func (w *world) session() {
	w.t.Helper()
	_, _, err := w.bot.LogSession(w.ctx, bot.NewSession{Patient: "alex", EndedAt: w.clock.Now()}, "test")
	w.must(err)
	w.settle()
}

// settle waits until everything due has been worked off.
func (w *world) settle() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
	defer cancel()
	w.must(w.bot.Settle(ctx))
}

// until moves the clock to a time of the clinic's day, so many days on.
func (w *world) until(days int, clockTime string) {
	w.t.Helper()
	at, err := protocol.ParseClock(clockTime)
	w.must(err)
	day := protocol.DateOf(w.clock.Now(), w.clinic.TimeZone).AddDays(days)
	to := protocol.At(day, at, w.clinic.TimeZone)
	for {
		next, err := w.bot.NextDueAt(w.ctx)
		w.must(err)
		if next.IsZero() || next.After(to) {
			break
		}
		if next.After(w.clock.Now()) {
			w.clock.set(next)
		}
		w.settle()
	}
	w.clock.set(to)
	w.settle()
}

// texts is Alex typing; the answer of the webhook must be 200.
func (w *world) texts(body string) sandbox.Received {
	w.t.Helper()
	r := w.sandbox.Twilio().Text(alexPhone, body)
	if r.Delivery.Err != nil || r.Delivery.Status != http.StatusOK {
		w.t.Fatalf("webhook for %q: %d %v", body, r.Delivery.Status, r.Delivery.Err)
	}
	w.settle()
	return r
}

// phone is everything the bot has sent to Alex, oldest first.
func (w *world) phone() []string { return w.sandbox.Twilio().Bodies(alexPhone) }

// lastText is the newest text on Alex's phone.
func (w *world) lastText() string {
	texts := w.phone()
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// channel is what stands in the clinic's channel, threads included.
func (w *world) channel() []sandbox.Message {
	return w.sandbox.Slack().Messages(w.clinic.Slack.Channel)
}

// cards are the alerts that stand in the channel.
func (w *world) cards() []sandbox.Message {
	var cards []sandbox.Message
	for _, m := range w.channel() {
		if m.ThreadTS == "" && strings.Contains(string(m.Blocks), `"actions"`) || strings.Contains(string(m.Blocks), "cknowledged by") {
			cards = append(cards, m)
		}
	}
	return cards
}

// says reports whether a message shows a text, in its blocks or its fallback.
func says(m sandbox.Message, text string) bool {
	quoted, _ := json.Marshal(text)
	return strings.Contains(string(m.Blocks), strings.Trim(string(quoted), `"`)) || strings.Contains(m.Text, text)
}

// patientID is Alex's id.
func (w *world) patientID() string {
	w.t.Helper()
	p, err := w.store.PatientByExternalID(w.ctx, w.clinic.ID, "alex")
	w.must(err)
	return p.ID
}
