package main

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// wires are TCP proxies between the bot and everything it speaks with.
type wires struct {
	t       *testing.T
	server  *toxiproxy.ApiServer
	proxies []*toxiproxy.Proxy
}

// through puts a proxy before an address and returns the address to use instead.
func (w *wires) through(name, address string) string {
	w.t.Helper()
	if w.server == nil {
		w.server = toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	}
	u, err := url.Parse(address)
	if err != nil {
		w.t.Fatal(err)
	}
	p := toxiproxy.NewProxy(w.server, name, freeAddress(w.t), u.Host)
	if err := p.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(p.Stop)
	w.proxies = append(w.proxies, p)
	u.Host = p.Listen
	return u.String()
}

// trouble is one way a connection can misbehave, as toxiproxy names it.
var trouble = []string{
	`{"name":"x","type":"latency","attributes":{"latency":400,"jitter":300}}`,
	`{"name":"x","type":"reset_peer","attributes":{"timeout":50}}`,
	`{"name":"x","type":"limit_data","attributes":{"bytes":3000}}`,
	`{"name":"x","type":"timeout","stream":"upstream","attributes":{"timeout":300}}`,
	`{"name":"x","type":"timeout","stream":"downstream","attributes":{"timeout":300}}`,
	`{"name":"x","type":"slow_close","attributes":{"delay":700}}`,
}

// misbehave troubles one wire after the other until stop is closed, and leaves
// them sound.
func (w *wires) misbehave(stop <-chan struct{}) {
	ctx := w.t.Context()
	for {
		p := w.proxies[rand.IntN(len(w.proxies))]
		if rand.IntN(4) == 0 { // cut, and refused for a while
			p.Stop()
			time.Sleep(time.Duration(50+rand.IntN(500)) * time.Millisecond)
			if err := p.Start(); err != nil {
				w.t.Error(err)
				return
			}
		} else {
			if _, err := p.Toxics.AddToxicJson(strings.NewReader(trouble[rand.IntN(len(trouble))])); err != nil {
				w.t.Error(err)
				return
			}
			time.Sleep(time.Duration(100+rand.IntN(600)) * time.Millisecond)
			p.Toxics.ResetToxics(ctx)
		}
		select {
		case <-stop:
			return
		case <-time.After(time.Duration(100+rand.IntN(300)) * time.Millisecond):
		}
	}
}

// TestWiresThatCutDelayAndHalfCloseLoseNothing lets the connections to the
// database, to Twilio and to Slack misbehave while texts come in.
func TestWiresThatCutDelayAndHalfCloseLoseNothing(t *testing.T) {
	for _, engine := range []storage.Engine{storage.SQLite, storage.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			w := &wires{t: t}
			s := startStorm(t, engine, 1, func(settings map[string]string) {
				// A quarter of it is what a call that was given up may still be on its
				// way: longer than the wires hold anything back, which is 0.7 s, on a
				// machine that is busy with other tests as well.
				settings["SETTLE_AFTER"] = "8s"
				settings["TWILIO_BASE_URL"] = w.through("twilio", settings["TWILIO_BASE_URL"])
				settings["SLACK_API_URL"] = w.through("slack", settings["SLACK_API_URL"])
				if engine == storage.Postgres {
					settings["DATABASE_URL"] = w.through("postgres", storagetest.OverTCP(t, settings["DATABASE_URL"]))
				}
			})
			s.rage(w.misbehave)
			s.survived()
		})
	}
}

// TestWiresThatFallSilentLoseNothing lets the connections to the database swallow what
// goes through them, again and again: nobody is told, and nobody may wait for long.
func TestWiresThatFallSilentLoseNothing(t *testing.T) {
	t.Parallel()
	served := startServed(t, storage.Postgres)
	sound := served.settings["DATABASE_URL"]
	hole, address := storagetest.ThroughABlackHole(t, sound)
	s := startStormOn(t, served, 2, func(settings map[string]string) {
		settings["DATABASE_URL"] = address + "&max_silence=1s"
	})
	swallowed := 0
	s.rage(func(stop <-chan struct{}) {
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Duration(500+rand.IntN(2500)) * time.Millisecond):
				hole.Swallow()
				swallowed++
			}
		}
	})
	s.settings["DATABASE_URL"] = sound
	s.survived()
	t.Logf("the wires fell silent %d times", swallowed)
}
