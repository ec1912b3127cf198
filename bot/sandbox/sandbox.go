// Package sandbox is a stand-in Twilio and a stand-in Slack: real HTTP servers
// that answer the real client libraries, sign their webhooks like the real ones
// and can be told to misbehave in every documented way. A page in the browser
// plays both sides.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Sandbox holds both stand-ins and the page. Its methods may be called from any
// goroutine.
type Sandbox struct {
	opt    Options
	ids    *ids
	hub    *hub
	hooks  *hooks
	twilio *Twilio
	slack  *Slack
	page   *page
	mux    *http.ServeMux

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	mu     sync.Mutex
	closed bool
	bot    string // base of the bot's webhooks, without a trailing slash
	self   string // base of this sandbox, as the bot reaches it
	server *http.Server
	served chan struct{}
}

// New makes a sandbox. It serves nothing until its Handler is mounted or Start
// is called.
func New(o Options) *Sandbox {
	o = o.withDefaults()
	ctx, cancel := context.WithCancel(context.Background())
	s := &Sandbox{
		opt: o, ids: newIDs(o.Seed), hub: newHub(), hooks: newHooks(o.Transport),
		ctx: ctx, cancel: cancel,
		bot: strings.TrimRight(o.BotURL, "/"), self: strings.TrimRight(o.URL, "/"),
	}
	s.twilio = newTwilio(s)
	s.slack = newSlack(s)
	s.page = newPage(s)
	s.mux = http.NewServeMux()
	s.twilio.routes(s.mux)
	s.slack.routes(s.mux)
	s.page.routes(s.mux)
	return s
}

// Handler serves Twilio under /2010-04-01/ and /v1/, Slack under /api/ and the
// page under /.
func (s *Sandbox) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.learnSelf(r)
		s.mux.ServeHTTP(w, r)
	})
}

// Twilio is the stand-in Twilio.
func (s *Sandbox) Twilio() *Twilio { return s.twilio }

// Slack is the stand-in Slack.
func (s *Sandbox) Slack() *Slack { return s.slack }

// Options returns the options with every default filled in: what the bot has to
// be configured with.
func (s *Sandbox) Options() Options { return s.opt }

// SetBotURL says where the bot's webhooks are, when that is known only after
// the sandbox was made.
func (s *Sandbox) SetBotURL(u string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bot = strings.TrimRight(u, "/")
}

// URL is where this sandbox is reached: as given, as started, or as the first
// request named it. Empty before any of these.
func (s *Sandbox) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.self
}

// Start listens on addr ("127.0.0.1:0" picks a port) and serves until Close.
// It returns the address to open, without a trailing slash.
func (s *Sandbox) Start(addr string) (string, error) {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return "", fmt.Errorf("sandbox: listen on %s: %w", addr, err)
	}
	srv := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.server != nil {
		return "", errors.Join(errors.New("sandbox: already started or closed"), l.Close())
	}
	s.server, s.served = srv, make(chan struct{})
	if s.self == "" {
		s.self = "http://" + reachable(l.Addr().String())
	}
	done := s.served
	go func() {
		defer close(done)
		_ = srv.Serve(l)
	}()
	return s.self, nil
}

// Close stops everything the sandbox has under way: held requests, callbacks,
// retries, the page's streams and the server of Start. It waits for them, and
// for a skip of the clock or an action that runs. A server of your own that
// mounts Handler is shut down after Close, else the page's streams hold it.
func (s *Sandbox) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	srv, served := s.server, s.served
	s.mu.Unlock()
	s.cancel()
	if srv != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		if srv.Shutdown(ctx) != nil {
			_ = srv.Close()
		}
		cancel()
		<-served
	}
	s.work.Wait()
	s.hooks.close()
}

// Wait returns when cond holds. It looks again after every change in the
// sandbox, so that a test never sleeps.
func (s *Sandbox) Wait(ctx context.Context, cond func() bool) error {
	for {
		changed := s.hub.next()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("sandbox: waited in vain: %w", ctx.Err())
		case <-s.ctx.Done():
			return errors.New("sandbox: closed while waiting")
		}
	}
}

// background runs f until it returns; f must end when its context does. A
// closed sandbox begins nothing new.
func (s *Sandbox) background(f func(ctx context.Context)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.work.Go(func() {
		f(s.ctx)
		s.hub.changed()
	})
}

// botURL completes an address of the bot; an absolute one stays as it is.
func (s *Sandbox) botURL(path string) string {
	if u, err := url.Parse(path); err == nil && u.IsAbs() {
		return path
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bot + path
}

func (s *Sandbox) learnSelf(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.self == "" && r.Host != "" {
		s.self = "http://" + r.Host
	}
}

// reachable turns "every address of this machine" into one a client can dial.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return addr
}
