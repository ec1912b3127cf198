package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/bot/slack"
	"backstop/bot/twilio"
	"backstop/flows/protocol"
	"backstop/flows/reply"
	"backstop/storage"
	"backstop/storage/seal"
)

// demoCmd runs everything on this machine: the bot on an SQLite file, and the
// stand-in Twilio and Slack with the page to play both sides.
type demoCmd struct {
	logSettings

	Listen string `default:"127.0.0.1:8600" help:"Address of the page." placeholder:"HOST:PORT"`
	Data   string `help:"Folder to keep the database in; without it the demo begins anew each time." placeholder:"DIR"`
}

// Help shows an example.
func (demoCmd) Help() string {
	return `Example:
  backstop demo
Open the address it prints: the phone on the left is the patient's, the channel
on the right the clinician's. Skip to the evening, and answer as the patient; or
play the story: a whole course of care, from the first stretch to heavy lifts.`
}

// Run plays until it is told to stop.
func (c *demoCmd) Run(ctx context.Context, std *stdio) (err error) {
	go reply.Prepare() // beside the making of the database
	log := c.quietLogger(std)
	data := c.Data
	if data == "" {
		if data, err = os.MkdirTemp("", "backstop-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	}
	store, err := openDemoStore(ctx, data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()

	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		return err
	}
	clock := newMovableClock(clinics[0])
	play := newPlay(clinics[0], clock)
	defer play.sandbox.Close()
	page, err := play.sandbox.Start(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	public := "http://" + listener.Addr().String()
	play.sandbox.SetBotURL(public)

	o := play.sandbox.Options()
	s, err := assemble(parts{
		store: store, clinics: clinics, clock: clock, log: log, metricsPublic: true,
		twilio: twilio.Config{AccountSID: o.AccountSID, AuthToken: o.AuthToken, BaseURL: page, PublicURL: public},
		slack:  slack.Config{BotToken: o.SlackBotToken, SigningSecret: o.SlackSigningSecret, APIURL: page + "/api/"},
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	play.bot, clock.bot = s.bot, s.bot

	return s.run(ctx, listener, func(ctx context.Context) error {
		if err := play.begin(ctx); err != nil {
			return err
		}
		fmt.Fprintf(std.Out, "\n  Backstop is ready to play with:  %s\n\n  Ctrl-C stops it.\n\n", page)
		return nil
	})
}

// quietLogger keeps the demo's terminal free for its address, unless more is asked for.
func (c *demoCmd) quietLogger(std *stdio) *slog.Logger {
	if c.LogLevel == "info" {
		c.LogLevel = "warn"
	}
	return c.logger(std)
}

// openDemoStore opens the demo's database with keys of its own beside it.
func openDemoStore(ctx context.Context, data string) (*storage.Store, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, err
	}
	keyFile := filepath.Join(data, "backstop.keys")
	keyset, err := os.ReadFile(keyFile)
	if errors.Is(err, os.ErrNotExist) {
		made, errMade := seal.Generate()
		if errMade != nil {
			return nil, errMade
		}
		keyset = []byte(made)
		err = os.WriteFile(keyFile, keyset, 0o600)
	}
	if err != nil {
		return nil, err
	}
	keys, err := seal.Parse(string(keyset))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", keyFile, err)
	}
	store, err := storage.Open(ctx, "sqlite:"+filepath.Join(data, "backstop.db"), keys)
	if err != nil {
		return nil, err
	}
	if err := store.Migrate(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// play is the demo's cast: a clinic, its people and its patients.
type play struct {
	clinic  protocol.Clinic
	clock   *movableClock
	sandbox *sandbox.Sandbox
	bot     *bot.Bot
}

// The demo's patients.
var cast = []bot.NewPatient{
	{ExternalID: "demo-alex", Name: "Alex Rivera", Phone: "+13125550171", Language: "en", Baseline: new(1.0), Stage: "S5"},
	{ExternalID: "demo-lucia", Name: "Lucía Gómez", Phone: "+13125550172", Language: "es", Baseline: new(2.0), Stage: "S3", Unit: "kg"},
}

func newPlay(clinic protocol.Clinic, clock *movableClock) *play {
	p := &play{clinic: clinic, clock: clock}
	options := sandbox.Options{
		Title: "Backstop demo", Number: string(clinic.Sender.Number), Clock: clock, Zone: clinic.TimeZone,
		Team:     sandbox.Team{Name: clinic.Name, Domain: clinic.ID},
		Channels: []sandbox.Channel{{ID: clinic.Slack.Channel, Name: "pt-alerts"}},
		Actions: []sandbox.Action{
			{Label: "Finish a session", Run: p.finishSessions},
			{Label: "Play the story", Run: func(ctx context.Context) error { return p.tellStory(ctx, watching) }},
			{Label: "... quickly", Run: func(ctx context.Context) error { return p.tellStory(ctx, hurrying) }},
		},
	}
	for _, c := range clinic.Slack.Clinicians {
		options.Users = append(options.Users, sandbox.User{ID: c.SlackID, Name: c.Name})
	}
	for _, c := range cast {
		options.Phones = append(options.Phones, sandbox.Phone{Number: c.Phone, Name: c.Name, Zone: clinic.TimeZone})
	}
	options.Phones = append(options.Phones, sandbox.Phone{Number: storyPhone, Name: "Sam (story)", Zone: clinic.TimeZone})
	p.sandbox = sandbox.New(options)
	return p
}

// begin enrols the patients, who have just finished a session.
func (p *play) begin(ctx context.Context) error {
	for _, n := range cast {
		n.Clinic, n.TimeZone = p.clinic.ID, p.clinic.TimeZone.String()
		n.Consent = bot.ConsentEvidence{Method: "written", At: p.clock.Now().Add(-time.Hour)}
		if _, _, err := p.bot.Enrol(ctx, n, "demo"); err != nil {
			return err
		}
	}
	return p.finishSessions(ctx)
}

// finishSessions logs a session that has just ended for every patient.
func (p *play) finishSessions(ctx context.Context) error {
	for _, n := range cast {
		s := bot.NewSession{Clinic: p.clinic.ID, Patient: n.ExternalID, EndedAt: p.clock.Now(), Kind: "visit"}
		if _, _, err := p.bot.LogSession(ctx, s, "demo"); err != nil {
			return err
		}
	}
	return nil
}
