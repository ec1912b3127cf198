package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

const (
	stormPatients = 60
	stormFlagged  = 8 // of them, each reports one red flag
	stormTravel   = "I have a long drive on friday"
)

// stormFor is how long a storm lasts: BACKSTOP_STORM_FOR, which make crash sets.
func stormFor(t *testing.T) time.Duration {
	t.Helper()
	lasts, err := time.ParseDuration(os.Getenv("BACKSTOP_STORM_FOR"))
	if err != nil {
		return 6 * time.Second
	}
	return lasts
}

// storm is texts coming in while something goes wrong all the time.
type storm struct {
	*served

	machines []*machine
	texts    [stormPatients]atomic.Int64 // taken in, by phone
	sids     atomic.Int64
}

// machine is one serve process, which is started again whenever it dies, as
// whatever runs it in the field does.
type machine struct {
	*served

	mu      sync.Mutex
	program *program
	given   []string // what it said when it died of itself
}

func stormPhone(i int) string { return fmt.Sprintf("+1312556%04d", 1000+i) }

func startStorm(t *testing.T, engine storage.Engine, machines int, change func(map[string]string)) *storm {
	t.Helper()
	return startStormOn(t, startServed(t, engine), machines, change)
}

func startStormOn(t *testing.T, calm *served, machines int, change func(map[string]string)) *storm {
	t.Helper()
	s := &storm{served: calm}
	s.settings["LOG_LEVEL"] = "error"
	runs(t, s.settings, "migrate", "up")
	var made struct{ Token string }
	if err := json.Unmarshal([]byte(runs(t, s.settings, "token", "create", "--clinic", "northside", "--name", "storm", "--json")), &made); err != nil {
		t.Fatal(err)
	}
	s.token = made.Token
	s.start()
	for i := range stormPatients {
		s.api("/api/v1/patients", fmt.Sprintf(`{"external_id":"p-%d","name":"Alex Rivera","phone":%q,"baseline":1,"stage":"S5","time_zone":%q,
			"consent":{"method":"written","at":%q}}`, i, stormPhone(i), eveningZone(t), time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)))
	}
	wait(t, time.Minute, "every welcome", func() bool {
		return len(s.sandbox.texts(stormPhone(stormPatients-1))) == 1 && len(s.sandbox.texts(stormPhone(0))) == 1
	})
	s.serve.kill()
	change(s.settings)
	for i := range machines {
		m := &machine{served: &served{t: t, settings: map[string]string{}, address: s.address}}
		for name, value := range s.settings {
			m.settings[name] = value
		}
		if i > 0 {
			m.address = freeAddress(t)
			m.settings["LISTEN"] = m.address
		}
		m.program = launch(t, m.settings, "serve")
		t.Cleanup(m.watch())
		s.machines = append(s.machines, m)
	}
	t.Cleanup(s.confess)
	return s
}

// watch starts the machine again whenever it has died, until it is told to stop.
func (m *machine) watch() (stop func()) {
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(100 * time.Millisecond):
			}
			m.mu.Lock()
			select {
			case err := <-m.program.exited:
				m.program.exited <- err
				if !m.program.killed.Load() {
					m.given = append(m.given, fmt.Sprintf("%v: %s", err, m.program.output))
					m.program = launch(m.t, m.settings, "serve")
				}
			default:
			}
			m.mu.Unlock()
		}
	})
	return func() { close(done); watching.Wait() }
}

// die kills the machine (kill -9) and starts it again.
func (m *machine) die() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.program.kill()
	m.program = launch(m.t, m.settings, "serve")
}

// confess tells, after a failure, what the machines said.
func (s *storm) confess() {
	for i, m := range s.machines {
		m.mu.Lock()
		if len(m.given) > 0 {
			s.t.Logf("machine %d died of itself %d times, the last time of %s", i, len(m.given), tail(m.given[len(m.given)-1]))
		}
		if s.t.Failed() {
			s.t.Logf("machine %d says at the end: %s", i, tail(m.program.output.String()))
		}
		m.mu.Unlock()
	}
}

// tail is the last lines of a long output.
func tail(text string) string {
	return text[max(0, len(text)-4000):]
}

// bring brings one text to one of the machines until one has taken it, as Twilio
// and its fallback would; some it brings twice.
func (s *storm) bring(phone int, body string) {
	sid := fmt.Sprintf("SM%032x", s.sids.Add(1))
	form := url.Values{"MessageSid": {sid}, "AccountSid": {s.settings["TWILIO_ACCOUNT_SID"]}, "From": {stormPhone(phone)},
		"To": {servedNumber}, "Body": {body}, "NumMedia": {"0"}, "NumSegments": {"1"}}
	signature := twilioSignature(s.settings["TWILIO_AUTH_TOKEN"], s.settings["PUBLIC_URL"]+"/twilio/sms", form)
	client := http.Client{Timeout: 15 * time.Second}
	left := 1 + rand.IntN(5)/4
	for deadline := time.Now().Add(2 * time.Minute); left > 0; {
		m := s.machines[rand.IntN(len(s.machines))]
		request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, "http://"+m.address+"/twilio/sms", strings.NewReader(form.Encode()))
		if err != nil {
			s.t.Error(err)
			return
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("X-Twilio-Signature", signature)
		response, err := client.Do(request)
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				left--
				continue
			}
		}
		if time.Now().After(deadline) {
			s.t.Errorf("text %s was never taken in", sid)
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.texts[phone].Add(1)
}

// rage lets texts come in while trouble makes trouble, then lets it calm down.
func (s *storm) rage(trouble func(stop <-chan struct{})) {
	stop := make(chan struct{})
	var troubles, load sync.WaitGroup
	troubles.Go(func() { trouble(stop) })
	end := time.Now().Add(stormFor(s.t))
	for worker := range 6 {
		load.Go(func() {
			for i := 0; time.Now().Before(end); i++ {
				phone := stormFlagged + (i*6+worker)%(stormPatients-stormFlagged)
				s.bring(phone, stormTravel)
				// The stand-in keeps its last 20,000 texts: stay well below, also on a fast machine.
				time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
			}
		})
	}
	for i := range stormFlagged {
		load.Go(func() {
			time.Sleep(time.Duration(rand.Int64N(int64(stormFor(s.t)))))
			s.bring(i, "chest pain")
		})
	}
	load.Wait()
	close(stop)
	troubles.Wait()
}

// survived checks what must hold after all that: every text stored once and
// answered once, every answer taken once, no alert lost.
func (s *storm) survived() {
	t := s.t
	t.Helper()
	store := storagetest.OpenURL(t, s.settings["DATABASE_URL"])
	// A job that died with its machine is taken up after bot.rescueAfter and the
	// queue's own interval.
	wait(t, 3*time.Minute, "nothing waits to be sent", func() bool {
		waiting, err := store.Backlogs(t.Context())
		if err != nil {
			return false
		}
		alerts, err := store.UnresolvedAlerts(t.Context(), "northside")
		if err != nil || len(waiting) > 0 {
			return false
		}
		for _, a := range alerts {
			if a.DeliveredAt.IsZero() {
				return false
			}
		}
		return true
	})
	total := 0
	for i := range stormPatients {
		p, err := store.PatientByExternalID(t.Context(), "northside", fmt.Sprintf("p-%d", i))
		if err != nil {
			t.Fatal(err)
		}
		conversation, err := store.Conversation(t.Context(), "northside", p.ID, 1000)
		if err != nil {
			t.Fatal(err)
		}
		in, out := 0, 0
		for _, m := range conversation {
			switch {
			case m.Direction == storage.Inbound:
				in++
			case m.State == storage.MessageSent || m.State == storage.MessageDelivered:
				out++
			default:
				t.Errorf("phone %d: a text ended as %s: %s", i, m.State, m.Reason)
			}
		}
		typed := int(s.texts[i].Load())
		total += typed
		if in != typed {
			t.Errorf("phone %d: %d texts stored, want the %d that came", i, in, typed)
		}
		if arrived := len(s.sandbox.texts(stormPhone(i))); arrived != out || i >= stormFlagged && arrived != typed+1 {
			t.Errorf("phone %d: %d texts arrived, %d are stored as sent; want the welcome and %d answers", i, arrived, out, typed)
		}
		if i < stormFlagged {
			alerts, err := store.AlertsOf(t.Context(), "northside", p.ID, 5)
			if err != nil || len(alerts) != 1 {
				t.Errorf("phone %d: %d alerts %v, want 1", i, len(alerts), err)
			}
		}
	}
	if cards := s.sandbox.say(servedChannel, `P1 `); cards != stormFlagged {
		t.Errorf("the channel shows %d emergencies, want %d", cards, stormFlagged)
	}
	if total < 40 {
		t.Errorf("only %d texts came in: that proves little", total)
	}
	t.Logf("%d texts in, each stored and answered once", total)
}

// say counts the messages of a channel that say something.
func (s *sandboxProcess) say(channel, text string) int {
	s.t.Helper()
	count := 0
	for cursor := ""; ; {
		var page struct {
			Messages []slackMessage `json:"messages"`
			Metadata struct {
				Next string `json:"next_cursor"`
			} `json:"response_metadata"`
		}
		s.get(s.settings["SLACK_API_URL"]+"conversations.history?limit=200&channel="+channel+"&cursor="+url.QueryEscape(cursor), &page, func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer "+s.settings["SLACK_BOT_TOKEN"])
		})
		for _, m := range page.Messages {
			if strings.Contains(m.Text, text) {
				count++
			}
		}
		if cursor = page.Metadata.Next; cursor == "" {
			return count
		}
	}
}

// TestKilledAtRandomMomentsUnderLoad is scenario 19 and 24 under load: machines
// die (kill -9) again and again while texts come in.
func TestKilledAtRandomMomentsUnderLoad(t *testing.T) {
	for engine, machines := range map[storage.Engine]int{storage.SQLite: 1, storage.Postgres: 2} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			s := startStorm(t, engine, machines, func(map[string]string) {})
			deaths := 0
			s.rage(func(stop <-chan struct{}) {
				for {
					select {
					case <-stop:
						return
					case <-time.After(time.Duration(300+rand.IntN(1200)) * time.Millisecond):
						s.machines[rand.IntN(len(s.machines))].die()
						deaths++
					}
				}
			})
			s.survived()
			t.Logf("%d deaths", deaths)
		})
	}
}
