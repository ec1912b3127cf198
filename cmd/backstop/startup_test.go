package main

import (
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// get is the status of an address; 0 when nobody answers.
func (s *served) get(path string) int {
	response, err := http.Get("http://" + s.address + path)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	return response.StatusCode
}

// TestServeWaitsForItsDatabase starts the server while PostgreSQL is down: it
// says that it is not ready, and is once the database is there.
func TestServeWaitsForItsDatabase(t *testing.T) {
	postgres := startOwnPostgres(t)
	s := startServed(t, storage.Postgres)
	s.settings["DATABASE_URL"] = postgres.address
	runs(t, s.settings, "migrate", "up")
	postgres.control("stop", "-m", "immediate")
	s.serve = launch(t, s.settings, "serve")
	wait(t, 10*time.Second, "the server answers that it is not ready", func() bool { return s.get("/readyz") == http.StatusServiceUnavailable })
	if got := s.get("/healthz"); got != http.StatusOK {
		t.Errorf("/healthz: %d while it waits, want 200", got)
	}
	if got := s.get("/twilio/sms"); got != http.StatusServiceUnavailable {
		t.Errorf("/twilio/sms: %d while it waits, want 503, so that Twilio comes again", got)
	}
	postgres.control("start", "-l", os.DevNull)
	wait(t, 15*time.Second, "the server is ready", func() bool { return s.get("/readyz") == http.StatusOK })
	s.stopsCleanly()
}

// TestServeGivesUpWhatWaitingDoesNotMend: a wrong name of the database ends the
// start at once, with one line.
func TestServeGivesUpWhatWaitingDoesNotMend(t *testing.T) {
	s := startServed(t, storage.Postgres)
	s.settings["DATABASE_URL"] = strings.Replace(s.settings["DATABASE_URL"], "/backstop_", "/nowhere_", 1)
	began := time.Now()
	p := launch(t, s.settings, "serve")
	err := <-p.exited
	p.exited <- err
	if said := strings.TrimSpace(p.output.String()); err == nil || strings.Contains(said, "\n") || !strings.Contains(said, "does not exist") {
		t.Errorf("serve on a database that does not exist: %v, %q; want one line that says so", err, said)
	}
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("it took %s", took)
	}
}

// TestServeStartsWithoutTwilioAndSlack: providers that are down hold no start
// up; what is decided meanwhile waits for them.
func TestServeStartsWithoutTwilioAndSlack(t *testing.T) {
	s := startServed(t, storage.SQLite)
	runs(t, s.settings, "migrate", "up")
	s.sandbox.kill()
	s.start()
	s.stopsCleanly()
}

// TestStoppingWaitsForWhatIsUnderWay sends SIGTERM while Twilio takes its time
// with a text: the process ends by itself well within the kill timeout, and the
// text is known to be sent.
func TestStoppingWaitsForWhatIsUnderWay(t *testing.T) {
	for _, engine := range []storage.Engine{storage.SQLite, storage.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			w := &wires{t: t}
			s := startServed(t, engine)
			s.settings["TWILIO_BASE_URL"] = w.through("twilio", s.settings["TWILIO_BASE_URL"])
			s.settings["SETTLE_AFTER"] = "30s"
			runs(t, s.settings, "migrate", "up")
			s.start()
			_, err := w.proxies[0].Toxics.AddToxicJson(strings.NewReader(`{"name":"x","type":"latency","stream":"downstream","attributes":{"latency":4000}}`))
			if err != nil {
				t.Fatal(err)
			}
			const stranger = "+13125550188"
			s.textFrom(stranger, "SM00000000000000000000000000000001", "hello?", s.settings["TWILIO_AUTH_TOKEN"], http.StatusOK)
			wait(t, 10*time.Second, "Twilio has the answer", func() bool { return len(s.sandbox.texts(stranger)) == 1 })
			began := time.Now()
			if err := s.serve.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := <-s.serve.exited; err != nil {
				t.Errorf("serve ended with %v\n%s", err, s.serve.output)
			} else {
				s.serve.exited <- nil
			}
			if took := time.Since(began); took > 25*time.Second || took < time.Second {
				t.Errorf("it took %s to stop, want the four seconds Twilio takes and less than the kill timeout", took)
			}
			if stuck := s.states(stranger); len(stuck) != 1 || stuck[0] != storage.MessageSent && stuck[0] != storage.MessageDelivered {
				t.Errorf("the answer is %q, want it to be known as sent", stuck)
			}
			s.start()
			time.Sleep(time.Second)
			if got := s.sandbox.texts(stranger); len(got) != 1 {
				t.Errorf("the phone shows %q, want one answer", got)
			}
		})
	}
}

// states are what became of the texts to a phone nobody knows, newest first.
func (s *served) states(phone string) (states []storage.MessageState) {
	s.t.Helper()
	store := storagetest.OpenURL(s.t, s.settings["DATABASE_URL"])
	texts, err := store.UnknownConversation(s.t.Context(), "northside", phone, 10)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, m := range texts {
		if m.Direction == storage.Outgoing {
			states = append(states, m.State)
		}
	}
	return states
}
