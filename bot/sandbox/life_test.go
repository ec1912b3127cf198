package sandbox_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"backstop/bot/sandbox"
)

func TestCloseEndsWhatHangs(t *testing.T) {
	sb, b := play(t, sandbox.Options{EventRetries: []time.Duration{time.Hour}})
	sb.Twilio().FailNext(1, sandbox.TimeoutBefore())
	b.on("/slack/events", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
	sb.Slack().Say(michael, room, "", "hello") // its retry waits for an hour
	c, err := twilioClient(t, sb, time.Minute).CreateCall(ring(b))
	if err != nil {
		t.Fatal(err)
	}
	sb.Twilio().Ring(*c.Sid) // rings for 25 seconds
	res, err := http.Get(sb.URL() + "/page/events")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close(); http.DefaultClient.CloseIdleConnections() })
	hung := make(chan error, 1)
	go func() {
		_, err := twilioClient(t, sb, time.Minute).CreateMessage(text(ana, "hi"))
		hung <- err
	}()
	began := time.Now()
	time.Sleep(50 * time.Millisecond) // let the request reach its hold; too early would only make the test easier
	sb.Close()
	sb.Close()
	if err := <-hung; err == nil {
		t.Error("the held request was answered")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("closing took %v", took)
	}
	if _, err := sb.Start("127.0.0.1:0"); err == nil {
		t.Error("started after Close")
	}
}

func TestTheSameSeedAndClockGiveTheSameWorld(t *testing.T) {
	world := func() string {
		clock := &virtual{at: time.Date(2026, 11, 23, 16, 40, 0, 0, time.UTC)}
		sb := sandbox.New(sandbox.Options{Seed: "s", Clock: clock, BotURL: "http://127.0.0.1:1", HoldStatus: true})
		defer sb.Close()
		in := sb.Twilio().TextLost(ana, "7")
		ts, _ := sb.Slack().Say(michael, room, "", "hi")
		ts2, _ := sb.Slack().Say(michael, room, "", "hi")
		x, _ := sb.Twilio().TextBySID(in)
		return fmt.Sprint(in, ts, ts2, x.Created)
	}
	first := world()
	equal(t, "again", world(), first)
	if !strings.Contains(first, "1795452000.000000") || !strings.Contains(first, "1795452000.000001") {
		t.Error("timestamps are not of the clock:", first)
	}
	a, b := sandbox.New(sandbox.Options{}), sandbox.New(sandbox.Options{})
	defer a.Close()
	defer b.Close()
	if a.Twilio().TextLost(ana, "7") == b.Twilio().TextLost(ana, "7") {
		t.Error("two sandboxes make the same ids")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	sb, _ := play(t, sandbox.Options{Keep: 100})
	for range 500 {
		sb.Twilio().TextLost(ana, "7")
	}
	api := slackClient(t, sb)
	for range 200 {
		if _, _, err := api.PostMessage(room, slack.MsgOptionText("hi", false)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(sb.Twilio().Texts()); n > 126 {
		t.Errorf("%d texts kept", n)
	}
	if n := len(sb.Slack().Messages(room)); n > 126 {
		t.Errorf("%d messages kept", n)
	}
}

func TestPlayersReact(t *testing.T) {
	var sb *sandbox.Sandbox
	var mu sync.Mutex
	var seen []string
	note := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, s)
	}
	o := sandbox.Options{
		Arrived: func(x sandbox.Text) { note("arrived " + x.Body); sb.Twilio().Text(x.To, "0") },
		Posted:  func(m sandbox.Message) { note("posted " + m.Text) },
		Rang:    func(c sandbox.Call) { sb.Twilio().AnswerAndPress(c.SID, "1"); note("rang " + c.To) },
	}
	sb, b := play(t, o)
	tw := twilioClient(t, sb, 5*time.Second)
	if _, err := tw.CreateMessage(text(ana, "how is it?")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := slackClient(t, sb).PostMessage(room, slack.MsgOptionText("alert", false)); err != nil {
		t.Fatal(err)
	}
	if _, err := tw.CreateCall(ring(b)); err != nil {
		t.Fatal(err)
	}
	await(t, sb, "all reacted", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(seen) == 3 && len(b.got("/twilio/sms")) == 1 && len(b.got("/twilio/voice")) == 1
	})
}

func TestHeldTextsAreReleasedAndScheduledOnesCanceled(t *testing.T) {
	sb, b := play(t, sandbox.Options{HoldStatus: true})
	api := twilioClient(t, sb, 5*time.Second)
	p := text(ana, "hi")
	p.SetStatusCallback(b.server.URL + "/twilio/status")
	if _, err := api.CreateMessage(p); err != nil {
		t.Fatal(err)
	}
	s := text(ana, "later")
	s.From = nil
	s.SetMessagingServiceSid(sb.Options().ServiceSID).SetScheduleType("fixed").SetSendAt(time.Now().UTC().Add(time.Hour))
	m, err := api.CreateMessage(s)
	if err != nil || *m.Status != "scheduled" {
		t.Fatal(m, err)
	}
	s.SetSendAt(time.Now().UTC().Add(time.Minute))
	if _, err := api.CreateMessage(s); err == nil || !strings.Contains(err.Error(), "35114") {
		t.Error(err)
	}
	u := &openapi.UpdateMessageParams{}
	u.SetStatus("canceled")
	if got, err := api.UpdateMessage(*m.Sid, u); err != nil || *got.Status != "canceled" {
		t.Error(got, err)
	}
	equal(t, "held", len(b.got("/twilio/status")), 0)
	sb.Twilio().Release()
	await(t, sb, "released", func() bool { return len(b.got("/twilio/status")) == 2 })
}

func TestSlackEchoesPostsAndHeedsNoRetry(t *testing.T) {
	sb, b := play(t, sandbox.Options{EchoPosts: true, EventRetries: []time.Duration{0}})
	if _, _, err := slackClient(t, sb).PostMessage(room, slack.MsgOptionText("alert", false)); err != nil {
		t.Fatal(err)
	}
	await(t, sb, "echoed", func() bool { return len(b.raw("/slack/events")) == 1 })
	if !strings.Contains(b.raw("/slack/events")[0], `"bot_id":"B0BACKSTOP"`) {
		t.Error(b.raw("/slack/events")[0])
	}
	b.on("/slack/events", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Slack-No-Retry", "1")
		w.WriteHeader(500)
	})
	sb.Slack().Say(michael, room, "", "hi")
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if sb.Wait(ctx, func() bool { return len(b.raw("/slack/events")) > 2 }) == nil {
		t.Error("retried all the same")
	}
}

func TestABotThatIsDownIsSaidSo(t *testing.T) {
	sb := sandbox.New(sandbox.Options{BotURL: "http://127.0.0.1:1"})
	defer sb.Close()
	d := sb.Twilio().Text(ana, "7").Delivery
	if d.OK() || d.Err == nil || d.Attempts != 4 {
		t.Errorf("%+v", d)
	}
	if got := sb.Slack().Command(michael, room, "/backstop", "help"); got.OK() {
		t.Error(got)
	}
	if e := sb.Slack().Ephemerals(room, michael); len(e) != 1 || !strings.Contains(e[0].Text, "dispatch_failed") {
		t.Error(e)
	}
	equal(t, "stored all the same", len(sb.Twilio().Texts()), 1)
	if err := sb.Slack().VerifyEvents(); err == nil {
		t.Error("verified")
	}
}

func TestOnlyThePageItselfActs(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	send := func(kind, origin string) int {
		req, _ := http.NewRequest(http.MethodPost, sb.URL()+"/page/text", strings.NewReader(`{"phone":"`+ana+`","body":"7"}`))
		req.Header.Set("Content-Type", kind)
		if origin != "" {
			req.Header.Set("Origin", origin)
		}
		res, err := b.server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	equal(t, "a form", send("text/plain", ""), 403)
	equal(t, "another site", send("application/json", "https://evil.example"), 403)
	equal(t, "nothing sent", len(sb.Twilio().Texts()), 0)
	equal(t, "the page", send("application/json", sb.URL()), 200)
	equal(t, "sent", len(sb.Twilio().Texts()), 1)
	res, err := b.server.Client().Get(sb.URL() + "/")
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") || strings.Contains(csp, "unsafe") {
		t.Error(csp)
	}
	for _, outside := range []string{`src="http`, `href="http`, "//cdn"} {
		if strings.Contains(string(raw), outside) {
			t.Error("the page reaches outside:", outside)
		}
	}
}

func TestTheHandlerCanBeMountedElsewhere(t *testing.T) {
	sb := sandbox.New(sandbox.Options{})
	server := httptest.NewServer(sb.Handler())
	defer server.Close()
	defer sb.Close()
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	api := slack.New("xoxb-sandbox", slack.OptionAPIURL(server.URL+"/api/"), slack.OptionHTTPClient(&http.Client{Transport: tr}))
	if _, err := api.AuthTestContext(context.Background()); err != nil {
		t.Fatal(err)
	}
	equal(t, "learned", sb.URL(), server.URL)
	if env := strings.Join(sb.Env(), "\n"); !strings.Contains(env, "TWILIO_BASE_URL="+server.URL+"\n") || !strings.Contains(env, "SLACK_API_URL="+server.URL+"/api/") {
		t.Error(env)
	}
}

func TestManyAtOnce(t *testing.T) {
	sb, b := play(t, sandbox.Options{Keep: 200, EchoPosts: true})
	api, tw := slackClient(t, sb), twilioClient(t, sb, 10*time.Second)
	_, ts, err := api.PostMessage(room, alert())
	if err != nil {
		t.Fatal(err)
	}
	jobs := []func(i int){
		func(i int) { sb.Twilio().Text(ana, fmt.Sprint(i)) },
		func(int) {
			p := text(ana, "hi")
			p.SetStatusCallback(b.server.URL + "/twilio/status")
			_, _ = tw.CreateMessage(p)
		},
		func(int) { sb.Slack().Press(michael, room, ts, "acknowledge") },
		func(int) { _, _, _, _ = api.UpdateMessage(room, ts, alert()) },
		func(i int) { _, _ = sb.Slack().Say(sam, room, ts, fmt.Sprint(i)) },
		func(int) {
			_, _ = api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: room, IncludeAllMetadata: true})
		},
		func(int) { sb.Slack().Command(sam, room, "/backstop", "due"); sb.Slack().OpenHome(sam) },
		func(int) {
			if c, err := tw.CreateCall(ring(b)); err == nil {
				sb.Twilio().AnswerAndPress(*c.Sid, "1")
			}
		},
		func(int) {
			if res, err := b.server.Client().Get(sb.URL() + "/page/state?user=" + sam); err == nil {
				_, _ = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close()
			}
		},
		func(int) { p := &openapi.ListMessageParams{}; p.SetTo(ana); p.SetLimit(20); _, _ = tw.ListMessage(p) },
	}
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() {
			for i := range 15 {
				job(i)
			}
		})
	}
	wg.Wait()
	await(t, sb, "quiet", sb.Twilio().Quiet)
	equal(t, "every text came once", len(b.got("/twilio/sms")), 15)
	equal(t, "every press", len(b.got("/slack/interactions")), 15)
	equal(t, "every digit", len(b.got("/twilio/voice")), 15)
}
