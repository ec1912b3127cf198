package bot_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// posts a form to the webhooks and returns the status.
func (w *world) posts(path string, form url.Values, header map[string]string) int {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.ctx, http.MethodPost, w.hooks.URL+path, strings.NewReader(form.Encode()))
	w.must(err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range header {
		request.Header.Set(name, value)
	}
	if host := header["Host"]; host != "" {
		request.Host = host
	}
	response, err := http.DefaultClient.Do(request)
	w.must(err)
	w.must(response.Body.Close())
	return response.StatusCode
}

// TestScenario20ForgedAndReplayedRequests: what Twilio or Slack has not signed is
// refused and leaves nothing; a signature is judged against the public address,
// whatever a proxy in front makes of the host; what comes again acts once.
func TestScenario20ForgedAndReplayedRequests(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		o := w.sandbox.Options()
		form := url.Values{"MessageSid": {"SM" + strings.Repeat("a", 32)}, "AccountSid": {o.AccountSID}, "From": {alexPhone},
			"To": {string(w.clinic.Sender.Number)}, "Body": {"what's the address?"}, "NumMedia": {"0"}, "NumSegments": {"1"}}
		signed := sandbox.SignTwilio(o.AuthToken, w.hooks.URL+"/twilio/sms", form)
		for name, signature := range map[string]string{
			"none": "", "another key's": sandbox.SignTwilio("forged", w.hooks.URL+"/twilio/sms", form),
			"another address's": sandbox.SignTwilio(o.AuthToken, w.hooks.URL+"/twilio/status", form),
		} {
			if got := w.posts("/twilio/sms", form, map[string]string{"X-Twilio-Signature": signature}); got != http.StatusForbidden {
				w.t.Errorf("a text with the signature %s: %d, want 403", name, got)
			}
		}
		if got := len(w.inbound(p)); got != 0 {
			w.t.Fatalf("%d forged texts were stored", got)
		}
		for range 2 { // behind a proxy, and replayed
			if got := w.posts("/twilio/sms", form, map[string]string{"X-Twilio-Signature": signed, "Host": "10.0.0.7:8080", "X-Forwarded-Proto": "http"}); got != http.StatusOK {
				w.t.Errorf("a signed text behind a proxy: %d, want 200", got)
			}
		}
		w.settle()
		if got := len(w.inbound(p)); got != 1 {
			w.t.Errorf("%d texts are stored of one that was replayed, want 1", got)
		}

		press := url.Values{"payload": {`{"type":"block_actions"}`}}
		for name, age := range map[string]time.Duration{"old": 6 * time.Minute, "from the future": -6 * time.Minute} {
			stamp := strconv.FormatInt(time.Now().Add(-age).Unix(), 10)
			header := map[string]string{"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sandbox.SignSlack(o.SlackSigningSecret, stamp, press.Encode())}
			if got := w.posts("/slack/interactions", press, header); got != http.StatusForbidden {
				w.t.Errorf("a signed press, %s: %d, want 403", name, got)
			}
		}
		stamp := strconv.FormatInt(time.Now().Unix(), 10)
		header := map[string]string{"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sandbox.SignSlack("forged", stamp, press.Encode())}
		if got := w.posts("/slack/interactions", press, header); got != http.StatusForbidden {
			w.t.Errorf("a forged press: %d, want 403", got)
		}
	})
}

// TestScenario25TwoMachinesSweepAtOnce: what is due is found by several machines
// at the same moment, and the phone gets one text of each.
func TestScenario25TwoMachinesSweepAtOnce(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			address := storagetest.URL(t, engine)
			w := newWorld(t, storagetest.OpenURL(t, address))
			machines := []*bot.Bot{w.bot}
			for range 2 {
				c := w.config
				if c.Store = w.store; engine == storage.Postgres {
					c.Store = storagetest.OpenURL(t, address)
				}
				b, err := bot.New(c)
				w.must(err)
				w.must(b.Start(w.ctx))
				defer func() { w.must(b.Stop(w.ctx)) }()
				machines = append(machines, b)
			}
			w.enrol()
			w.session()
			before := len(w.phone())
			w.clock.set(time.Date(2026, 11, 25, 1, 5, 0, 0, time.UTC)) // 19:05 in Chicago
			var group sync.WaitGroup
			for _, m := range machines {
				for range 3 {
					group.Go(func() {
						if err := m.Sweep(w.ctx); err != nil {
							t.Error(err)
						}
					})
				}
			}
			group.Wait()
			w.eventually("the question arrives", func() bool { return len(w.phone()) > before })
			for range 5 {
				w.clock.set(w.clock.Now().Add(time.Second))
				w.settle()
			}
			if got := len(w.phone()) - before; got != 1 {
				t.Errorf("the phone got %d texts, want the evening's question once: %q", got, w.phone())
			}
		})
	}
}

// TestScenario45StopCancelsWhatIsQueuedAndPlanned: texts wait because Twilio
// turns them away, and more are planned; after STOP none of them ever leaves, and
// each has its reason.
func TestScenario45StopCancelsWhatIsQueuedAndPlanned(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		before := len(w.phone())
		w.sandbox.Twilio().FailTo(alexPhone, sandbox.RateLimited("30"))
		w.session()
		w.clock.set(time.Date(2026, 11, 25, 1, 5, 0, 0, time.UTC)) // 19:05 in Chicago: the evening's question
		w.eventually("the question waits", func() bool { return w.outcomes()[storage.MessageQueued] > 0 })
		w.sandbox.Twilio().ClearFaults()
		w.texts("STOP")
		w.until(3, "20:00")
		if got := w.phone()[before:]; len(got) != 0 {
			w.t.Errorf("after STOP the phone got %q", got)
		}
		if out := w.outcomes(); out[storage.MessageQueued]+out[storage.MessageSending] != 0 || out[storage.MessageCancelled] == 0 {
			w.t.Errorf("texts are %v, want what was queued cancelled", out)
		}
		texts, err := w.store.Conversation(w.ctx, p.ClinicID, p.ID, 20)
		w.must(err)
		for _, m := range texts {
			if m.State == storage.MessageCancelled && !strings.Contains(m.Reason, "opted out") {
				w.t.Errorf("a text was cancelled for the reason %q, want the opt-out", m.Reason)
			}
		}
		if next, err := w.store.NextDueAt(w.ctx); err != nil || !next.IsZero() && w.cards() == nil {
			w.t.Errorf("something is still planned for %s, %v", next, err)
		}
	})
}

// TestScenario52WhatCannotBeSentComesToAnEnd: texts that Twilio never takes do not
// pile up. Each ends in a state that says so, with its reason, and nothing waits.
func TestScenario52WhatCannotBeSentComesToAnEnd(t *testing.T) {
	for name, test := range map[string]struct {
		fault sandbox.Fault
		end   storage.MessageState
	}{
		"refused for good":   {sandbox.TwilioError(21617), storage.MessageFailed},
		"never has time":     {sandbox.RateLimited("1"), storage.MessageCancelled},
		"never answers well": {sandbox.HTML(http.StatusServiceUnavailable), storage.MessageCancelled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				p := w.enrol()
				w.session()
				w.sandbox.Twilio().FailTo(alexPhone, test.fault)
				w.clock.set(time.Date(2026, 11, 25, 1, 5, 0, 0, time.UTC)) // the evening's question
				w.settle()
				at := w.clock.Now()
				w.clock.set(at.Add(48 * time.Hour))
				w.sandbox.Twilio().ClearFaults() // what is asked now arrives; what was asked then is of no use
				w.eventually("nothing waits", func() bool {
					waiting, err := w.store.Backlogs(w.ctx)
					w.must(err)
					return len(waiting) == 0
				})
				texts, err := w.store.Conversation(w.ctx, p.ClinicID, p.ID, 20)
				w.must(err)
				var then []storage.Message
				for _, m := range texts {
					if m.CreatedAt.After(tuesday.Add(time.Hour)) && !m.CreatedAt.After(at) {
						then = append(then, m)
					}
				}
				if len(then) != 1 || then[0].State != test.end || then[0].Reason == "" {
					w.t.Errorf("the evening's question ended as %+v, want %s with its reason", then, test.end)
				}
			})
		})
	}
}

// TestScenario30DowntimeOverASendTime has nothing run when a question is due: it is
// asked late where its hours still allow it, and in the night nothing leaves; the
// patient is asked in the morning, so that the session does not go without a question.
func TestScenario30DowntimeOverASendTime(t *testing.T) {
	for name, back := range map[string]time.Time{
		"an hour late":  tuesday.Add(6 * time.Hour),  // 20:10 in Chicago
		"in the night":  tuesday.Add(13 * time.Hour), // 03:10
		"the next noon": tuesday.Add(22 * time.Hour), // 12:10
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				w.enrol()
				w.session()
				before := len(w.phone())
				w.clock.set(back) // nothing looked at the agenda meanwhile
				w.settle()
				asked := len(w.phone()) - before
				if night := name == "in the night"; night != (asked == 0) {
					w.t.Errorf("%d texts left on coming back: %q", asked, w.phone()[before:])
				}
				if asked == 0 {
					w.until(0, "12:00")
					asked = len(w.phone()) - before
				}
				if asked == 0 {
					w.t.Error("nobody was asked after the session")
				}
			})
		})
	}
}
