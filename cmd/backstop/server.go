package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"backstop/bot"
	"backstop/bot/api"
	picture "backstop/bot/chart"
	"backstop/bot/media"
	"backstop/bot/slack"
	"backstop/bot/twilio"
	"backstop/bot/web"
	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/reply"
	"backstop/storage"
)

// server is the whole bot, assembled: the one place where everything meets.
type server struct {
	bot     *bot.Bot
	twilio  *twilio.Client
	slack   *slack.Client
	handler http.Handler
	log     *slog.Logger
	ready   *readiness
}

// parts are what a server is assembled from.
type parts struct {
	store   *storage.Store
	clinics []protocol.Clinic
	twilio  twilio.Config
	slack   slack.Config
	clock   bot.Clock
	log     *slog.Logger

	settleAfter   time.Duration // 0 for the default
	inboundEvery  time.Duration // 0 for the default
	perNumber     float64       // texts a second; 0 for no limit
	perAccount    float64       // likewise
	perChannel    float64       // messages a second to one Slack channel; likewise
	spread        time.Duration // of questions due at the same time; 0 for not at all
	metricsPublic bool          // /metrics stands beside the webhooks
}

// assemble wires a server; nothing runs yet.
func assemble(p parts) (*server, error) {
	twilioClient, errTwilio := twilio.New(p.twilio)
	p.slack.Log = p.log.With("part", "slack")
	slackClient, errSlack := slack.New(p.slack)
	if err := errors.Join(errTwilio, errSlack); err != nil {
		return nil, err
	}
	clinics := make([]*flows.Clinic, len(p.clinics))
	for i, c := range p.clinics {
		clinic, err := worded(c)
		if err != nil {
			return nil, err
		}
		clinics[i] = clinic
	}
	b, err := bot.New(bot.Config{Store: p.store, Clinics: clinics, Texter: twilioClient, Caller: twilioClient,
		Alerter: slackClient, Uploader: slackClient, Roster: slackClient, Draw: picture.Draw, PublicURL: p.twilio.PublicURL, Clock: p.clock, DatabaseTime: p.clock == nil, Log: p.log, SettleAfter: p.settleAfter,
		InboundEvery: p.inboundEvery, PerNumber: p.perNumber, PerAccount: p.perAccount, PerChannel: p.perChannel, Spread: p.spread})
	if err != nil {
		return nil, err
	}
	s := &server{bot: b, twilio: twilioClient, slack: slackClient, log: p.log, ready: &readiness{store: p.store}}

	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(backlog{bot: b, store: p.store, log: p.log})
	counts := newCounts(registry)
	mux := http.NewServeMux()
	twilioHooks, err := twilio.NewWebhooks(p.twilio, b, twilio.Watch{Forged: counts.refused, Failed: counts.failed}, p.log.With("part", "twilio"))
	if err != nil {
		return nil, err
	}
	twilioHooks.Register(mux)
	slackHooks, err := slack.NewWebhooks(p.slack, slackClient, b, slack.Doors{
		Seen:   b.Seen,
		Lost:   b.SlackLost,
		Forged: counts.refused,
	})
	if err != nil {
		return nil, err
	}
	slackHooks.Register(mux)
	if p.slack.ClientID != "" {
		slackHooks.RegisterInstall(mux, b, p.twilio.PublicURL)
	}
	web.New(b, p.log.With("part", "web")).Register(mux)
	api.New(b, p.store, p.log.With("part", "api")).Register(mux)
	media.Register(mux, b, p.log.With("part", "media"))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.Handle("GET /readyz", s.ready)
	if p.metricsPublic {
		mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	}
	s.handler = mux
	s.ready.registry = registry
	return s, nil
}

// worded is a clinic with its own wording over ours.
func worded(c protocol.Clinic) (*flows.Clinic, error) {
	catalog, err := copy.For(c)
	if err != nil {
		return nil, err
	}
	return &flows.Clinic{Clinic: c, Copy: catalog}, nil
}

// run starts the bot, serves on a listener until ctx ends, and stops in reverse
// order: no new requests, running ones answered, running jobs finished. Once
// all runs, begin is called; its error stops everything.
func (s *server) run(ctx context.Context, listener net.Listener, begin func(context.Context) error) error {
	if err := s.bot.Start(ctx); err != nil {
		return err
	}
	reply.Prepare()
	srv := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       20 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(listener) }()
	s.ready.set(true)
	go debug.FreeOSMemory() // what only the start needed, the reading of the lexicon above all

	err := begin(ctx)
	if err == nil {
		select {
		case <-ctx.Done():
		case err = <-failed:
		}
	}
	s.ready.set(false)
	s.log.Info("stopping")
	const drain = 25 * time.Second // inside the kill timeout of fly.toml
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if errStop := srv.Shutdown(stopping); errStop != nil {
		err = errors.Join(err, fmt.Errorf("stop the web server: %w", errStop))
	}
	err = errors.Join(err, s.bot.Stop(stopping))
	s.twilio.Close()
	s.slack.Close()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
