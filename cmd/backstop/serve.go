package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"backstop/bot/twilio"
	"backstop/flows/protocol"
	"backstop/flows/reply"
	"backstop/storage/seal"
)

// serveCmd runs the bot until it is told to stop.
type serveCmd struct {
	databaseSettings
	clinicSettings
	twilioSettings
	slackSettings
	logSettings

	Port          string        `env:"PORT" default:"8080" help:"Port to listen on, on every address."`
	Listen        string        `env:"LISTEN" help:"Address to listen on, instead of PORT." placeholder:"HOST:PORT"`
	MetricsListen string        `env:"METRICS_LISTEN" help:"Address for /metrics alone; beside the webhooks when empty." placeholder:"HOST:PORT"`
	SettleAfter   time.Duration `env:"SETTLE_AFTER" default:"30s" help:"How long a send without a clear answer rests before the provider is asked about it."`
	InboundEvery  time.Duration `env:"INBOUND_EVERY" default:"2m" help:"How often Twilio is asked for texts whose webhook never came."`
	PerNumber     float64       `env:"TEXTS_PER_SECOND" default:"10" help:"Texts a second from one number or messaging service, of all machines together; 0 for no limit."`
	PerAccount    float64       `env:"ACCOUNT_TEXTS_PER_SECOND" default:"0" help:"The same for all of them; 0 for no limit."`
	Spread        time.Duration `env:"SPREAD_QUESTIONS" default:"10m" help:"Over how long questions that are due at the same time are spread."`
}

// slackPerChannel is what Slack takes (https://docs.slack.dev/apis/web-api/rate-limits):
// no setting, since more is refused.
const slackPerChannel = 1

// Help shows an example.
func (serveCmd) Help() string {
	return `Example:
  backstop migrate up && backstop serve
Whatever is missing or wrong is named, all of it at once, before anything starts.`
}

// Run checks every setting before anything starts.
func (c *serveCmd) Run(ctx context.Context, std *stdio) (err error) {
	log := c.logger(std)
	public, clinics, keys, err := c.check()
	if err != nil {
		return err
	}
	go reply.Prepare() // beside the opening of the database: nothing takes longer
	address := c.Listen
	if address == "" {
		address = ":" + c.Port
	}
	store, err := awaitDatabase(ctx, address, c.DatabaseURL, keys, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Behind(ctx); err != nil {
		return err
	}
	s, err := assemble(parts{
		store: store, clinics: clinics, log: log, settleAfter: c.SettleAfter, inboundEvery: c.InboundEvery, perNumber: c.PerNumber, perAccount: c.PerAccount, perChannel: slackPerChannel, spread: c.Spread, metricsPublic: c.MetricsListen == "",
		twilio: c.twilioConfig(public), slack: c.slackConfig(store, clinics),
	})
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("LISTEN: %w", err)
	}
	stopMetrics, err := c.serveMetrics(ctx, s)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer stopMetrics()
	return s.run(ctx, listener, func(context.Context) error {
		log.Info("serving", "address", listener.Addr().String(), "public", public, "database", store.Engine(), "clinics", len(clinics))
		return nil
	})
}

// check reads every setting that can be read without a database, and reports
// all that are missing or wrong in one error, one line each.
func (c *serveCmd) check() (public string, clinics []protocol.Clinic, keys *seal.Keys, err error) {
	needed := map[string]string{
		"PUBLIC_URL": c.PublicURL, "TWILIO_ACCOUNT_SID": c.TwilioAccountSID, "TWILIO_AUTH_TOKEN": c.TwilioAuthToken,
		"SLACK_SIGNING_SECRET": c.SlackSigningSecret, "BACKSTOP_KEYSET": c.Keyset,
	}
	name, value := c.fromSlack()
	needed[name] = value
	wrong := []error{missing(needed)}
	if c.PublicURL != "" {
		public, err = publicURL(c.PublicURL)
		wrong = append(wrong, err)
	}
	if c.Keyset != "" {
		if keys, err = seal.Parse(c.Keyset); err != nil {
			wrong = append(wrong, fmt.Errorf("BACKSTOP_KEYSET: %w", err))
		}
	}
	if c.SettleAfter < time.Second {
		wrong = append(wrong, fmt.Errorf("SETTLE_AFTER: %s is less than a second", c.SettleAfter))
	}
	if clinics, err = c.read(); err == nil {
		err = c.oneWorkspaceEach(clinics)
	}
	return public, clinics, keys, errors.Join(append(wrong, err)...)
}

func (s twilioSettings) twilioConfig(public string) twilio.Config {
	return twilio.Config{AccountSID: s.TwilioAccountSID, AuthToken: s.TwilioAuthToken, APIKey: s.TwilioAPIKey,
		APISecret: s.TwilioAPISecret, BaseURL: s.TwilioBaseURL, PublicURL: public}
}

// serveMetrics serves /metrics on an address of its own, where one is set.
func (c *serveCmd) serveMetrics(ctx context.Context, s *server) (stop func(), err error) {
	if c.MetricsListen == "" {
		return func() {}, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("METRICS_LISTEN: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.ready.registry, promhttp.HandlerOpts{}))
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = srv.Serve(listener) }()
	return func() { _ = srv.Close() }, nil
}
