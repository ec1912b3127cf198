package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/bot/slack"
	"backstop/bot/twilio"
	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/seal"
)

const (
	accountSID = "AC00000000000000000000000000000000"
	authToken  = "benchauthtoken"
	secret     = "benchsigningsecret"
)

// room is one bot with everything around it.
type room struct {
	store   *storage.Store
	bot     *bot.Bot
	clinic  *flows.Clinic
	clock   *clock
	hooks   *httptest.Server
	twilio  *provider
	slack   *provider
	client  *http.Client
	started bool
	drop    func() error
	closers []func()
}

// clock stands still until it is moved, or goes on from where it was set.
type clock struct{ ahead atomic.Int64 }

func (c *clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// provider is a Twilio, or a Slack, that takes everything and answers at once.
type provider struct {
	*httptest.Server

	taken   atomic.Int64
	sids    atomic.Int64
	waiting sync.Map // phone -> chan string
}

// expect returns a channel that gets the next text to a phone.
func (p *provider) expect(phone string) chan string {
	c := make(chan string, 4)
	p.waiting.Store(phone, c)
	return c
}

func (p *provider) took(phone, body string) {
	p.taken.Add(1)
	if c, ok := p.waiting.Load(phone); ok {
		select {
		case c.(chan string) <- body:
		default:
		}
	}
}

func newTwilio() *provider {
	p := &provider{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Method != http.MethodPost {
			fmt.Fprint(w, `{"messages":[],"calls":[]}`)
			return
		}
		if err := r.ParseForm(); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"sid":"SM5%031x","status":"queued","num_segments":"1","direction":"outbound-api"}`, p.sids.Add(1))
		p.took(r.PostForm.Get("To"), r.PostForm.Get("Body"))
	}))
	return p
}

func newSlack() *provider {
	p := &provider{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = r.ParseForm()
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "channel": r.PostForm.Get("channel"),
			"ts": fmt.Sprintf("1700000000.%06d", p.sids.Add(1)), "messages": []any{}})
		p.took("", "")
	}))
	return p
}

// open makes a room on an empty database. workers is 0 for the default.
func open(ctx context.Context, o options, engine storage.Engine, workers int) (r *room, err error) {
	r = &room{clock: &clock{}, twilio: newTwilio(), slack: newSlack()}
	r.closers = append(r.closers, r.twilio.Close, r.slack.Close)
	address, drop, err := emptyDatabase(ctx, o, engine)
	if err != nil {
		return nil, err
	}
	r.drop = drop
	keys, err := seal.New()
	if err != nil {
		return nil, err
	}
	if r.store, err = storage.Open(ctx, address, keys); err != nil {
		return nil, err
	}
	if err := r.store.Migrate(ctx); err != nil {
		return nil, err
	}
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		return nil, err
	}
	catalog, err := copy.For(clinics[0])
	if err != nil {
		return nil, err
	}
	r.clinic = &flows.Clinic{Clinic: clinics[0], Copy: catalog}
	if err := r.store.SyncClinic(ctx, storage.Clinic{ID: r.clinic.ID, Name: r.clinic.Name, TimeZone: r.clinic.TimeZone.String()}, nil, time.Now()); err != nil {
		return nil, err
	}
	return r, r.wire(workers)
}

func (r *room) wire(workers int) error {
	log := slog.New(slog.DiscardHandler)
	mux := http.NewServeMux()
	r.hooks = httptest.NewServer(mux)
	r.closers = append(r.closers, r.hooks.Close)
	tc := twilio.Config{AccountSID: accountSID, AuthToken: authToken, BaseURL: r.twilio.URL, PublicURL: r.hooks.URL}
	sc := slack.Config{BotToken: "xoxb-bench", SigningSecret: secret, APIURL: r.slack.URL + "/api/"}
	tw, err := twilio.New(tc)
	if err != nil {
		return err
	}
	sl, err := slack.New(sc)
	if err != nil {
		return err
	}
	r.closers = append(r.closers, tw.Close, sl.Close)
	r.bot, err = bot.New(bot.Config{Store: r.store, Clinics: []*flows.Clinic{r.clinic}, Texter: tw, Caller: tw, Alerter: sl,
		Clock: r.clock, Log: log, Workers: workers, PerChannel: 1})
	if err != nil {
		return err
	}
	hooks, err := twilio.NewWebhooks(tc, r.bot, twilio.Watch{}, log)
	if err != nil {
		return err
	}
	hooks.Register(mux)
	r.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 30 * time.Second}
	return nil
}

func (r *room) start(ctx context.Context) error {
	r.started = true
	return r.bot.Start(ctx)
}

func (r *room) close() error {
	var errs []error
	if r.started {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		errs = append(errs, r.bot.Stop(ctx))
	}
	for _, c := range r.closers {
		c()
	}
	errs = append(errs, r.store.Close(), r.drop())
	return errors.Join(errs...)
}

// enrol takes patients into care; their phones follow each other.
func (r *room) enrol(ctx context.Context, count int) ([]string, error) {
	phones := make([]string, count)
	usual := 1.0
	for i := range phones {
		phones[i] = fmt.Sprintf("+1312%07d", 5_600_000+i)
	}
	err := inParallel(8, count, func(i int) error {
		_, _, err := r.bot.Enrol(ctx, bot.NewPatient{ExternalID: strconv.Itoa(i), Name: "Alex Rivera", Phone: phones[i],
			Baseline: &usual, Stage: "S5", Consent: bot.ConsentEvidence{Method: "written", At: r.clock.Now().Add(-time.Hour)}}, "bench")
		return err
	})
	if err != nil || r.store.Engine() != storage.Postgres {
		return phones, err
	}
	_, err = r.store.DB().ExecContext(ctx, "ANALYZE") // as the server does by itself, a minute later
	return phones, err
}

// text brings an inbound text as Twilio does, and returns when it is answered.
func (r *room) text(ctx context.Context, sid, from, body string) error {
	address := r.hooks.URL + "/twilio/sms"
	form := url.Values{"MessageSid": {sid}, "AccountSid": {accountSID}, "From": {from},
		"To": {string(r.clinic.Sender.Number)}, "Body": {body}, "NumMedia": {"0"}, "NumSegments": {"1"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Twilio-Signature", sandbox.SignTwilio(authToken, address, form))
	response, err := r.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("webhook: %s", response.Status)
	}
	_, err = io.Copy(io.Discard, response.Body) // else the connection could not be used again
	return err
}

// emptyDatabase makes one; drop takes it away.
func emptyDatabase(ctx context.Context, o options, engine storage.Engine) (address string, drop func() error, err error) {
	name := fmt.Sprintf("bench_%d", time.Now().UnixNano())
	if engine == storage.SQLite {
		return "sqlite:" + filepath.Join(o.dir, name+".db"), func() error { return nil }, nil
	}
	admin, err := sql.Open("postgres", o.postgres)
	if err != nil {
		return "", nil, err
	}
	if _, err := admin.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", nil, errors.Join(err, admin.Close())
	}
	u, err := url.Parse(o.postgres)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() error {
		_, err := admin.ExecContext(ctx, "DROP DATABASE "+name+" WITH (FORCE)")
		return errors.Join(err, admin.Close())
	}, nil
}

// inParallel calls do for 0 to count-1, so many at a time.
func inParallel(width, count int, do func(i int) error) error {
	var next atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, width)
	for w := range width {
		group.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= count {
					return
				}
				if err := do(i); err != nil {
					errs[w] = err
					return
				}
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

func freeAddress(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
