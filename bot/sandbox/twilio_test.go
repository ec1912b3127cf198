package sandbox_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"backstop/bot/sandbox"
)

func TestATextIsAcceptedAndItsDeliveryReported(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	api := twilioClient(t, sb, 5*time.Second)
	p := text(ana, "Any pain since your session? Reply 0-10.")
	p.SetStatusCallback(b.server.URL + "/twilio/status?m=42")
	p.SetValidityPeriod(3600)
	m, err := api.CreateMessage(p)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "status", *m.Status, "queued")
	equal(t, "segments", *m.NumSegments, "1")
	if _, err := time.Parse(time.RFC1123Z, *m.DateCreated); err != nil {
		t.Error(err)
	}
	await(t, sb, "delivered", func() bool { return len(b.got("/twilio/status")) == 2 })
	await(t, sb, "noted", func() bool { x, _ := sb.Twilio().TextBySID(*m.Sid); return statuses(x) == "sent delivered" })
	last := b.got("/twilio/status")[1]
	equal(t, "MessageStatus", last.Get("MessageStatus"), "delivered")
	equal(t, "MessageSid", last.Get("MessageSid"), *m.Sid)
	if last.Get("RawDlrDoneDate") == "" {
		t.Error("no RawDlrDoneDate")
	}
	f, err := api.FetchMessage(*m.Sid, nil)
	if err != nil || *f.Status != "delivered" || f.DateSent == nil {
		t.Errorf("fetched %+v, %v", f, err)
	}
	equal(t, "bodies", strings.Join(sb.Twilio().Bodies(ana), "|"), "Any pain since your session? Reply 0-10.")
}

func TestAMessagingServiceReportsQueuedToo(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	p := &openapi.CreateMessageParams{}
	p.SetTo(ana)
	p.SetMessagingServiceSid(sb.Options().ServiceSID)
	p.SetBody("hi")
	p.SetStatusCallback(b.server.URL + "/twilio/status")
	m, err := twilioClient(t, sb, 5*time.Second).CreateMessage(p)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "status", *m.Status, "accepted")
	equal(t, "segments", *m.NumSegments, "0")
	await(t, sb, "delivered", func() bool {
		x, _ := sb.Twilio().TextBySID(*m.Sid)
		return statuses(x) == "queued sent delivered"
	})
	equal(t, "service", b.got("/twilio/status")[0].Get("MessagingServiceSid"), sb.Options().ServiceSID)
}

func TestEveryRefusalHasItsCodeAndStatus(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	api := twilioClient(t, sb, 5*time.Second)
	cases := []struct {
		name   string
		change func(*openapi.CreateMessageParams)
		code   int
		status int
	}{
		{"no recipient", func(p *openapi.CreateMessageParams) { p.To = nil }, 21604, 400},
		{"no sender", func(p *openapi.CreateMessageParams) { p.From = nil }, 21603, 400},
		{"no words", func(p *openapi.CreateMessageParams) { p.Body = nil }, 21619, 400},
		{"too long", func(p *openapi.CreateMessageParams) { p.SetBody(strings.Repeat("é", 1601)) }, 21617, 400},
		{"no number", func(p *openapi.CreateMessageParams) { p.SetTo("Ana") }, 21211, 400},
		{"a sender of somebody else", func(p *openapi.CreateMessageParams) { p.SetFrom("+12025550999") }, 21606, 400},
		{"no such service", func(p *openapi.CreateMessageParams) { p.SetMessagingServiceSid("MG00") }, 21701, 404},
		{"callback with underscore", func(p *openapi.CreateMessageParams) { p.SetStatusCallback("http://my_host/x") }, 21609, 400},
		{"validity", func(p *openapi.CreateMessageParams) { p.SetValidityPeriod(40000) }, 90007, 400},
		{"magic 21211", func(p *openapi.CreateMessageParams) { p.SetTo("+15005550001") }, 21211, 400},
		{"magic 21612", func(p *openapi.CreateMessageParams) { p.SetTo("+15005550002") }, 21612, 400},
		{"magic 21408", func(p *openapi.CreateMessageParams) { p.SetTo("+15005550003") }, 21408, 400},
		{"magic 21610", func(p *openapi.CreateMessageParams) { p.SetTo("+15005550004") }, 21610, 400},
		{"magic 21614", func(p *openapi.CreateMessageParams) { p.SetTo("+15005550009") }, 21614, 400},
		{"magic 21212", func(p *openapi.CreateMessageParams) { p.SetFrom("+15005550001") }, 21212, 400},
		{"magic 21606", func(p *openapi.CreateMessageParams) { p.SetFrom("+15005550007") }, 21606, 400},
		{"magic 21611", func(p *openapi.CreateMessageParams) { p.SetFrom("+15005550008") }, 21611, 429},
	}
	for _, c := range cases {
		p := text(ana, "hi")
		c.change(p)
		_, err := api.CreateMessage(p)
		var rest *client.TwilioRestError
		if !errors.As(err, &rest) || rest.Code != c.code || rest.Status != c.status || rest.Message == "" {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
	for code, status := range map[int]int{20003: 401, 20429: 429, 20500: 500, 20503: 503, 21610: 400, 572006: 400, 99999: 400} {
		sb.Twilio().FailNext(1, sandbox.TwilioError(code))
		_, err := api.CreateMessage(text(ana, "hi"))
		var rest *client.TwilioRestError
		if !errors.As(err, &rest) || rest.Code != code || rest.Status != status {
			t.Errorf("ordered %d: got %v", code, err)
		}
	}
	if n := len(sb.Twilio().Texts()); n != 0 {
		t.Errorf("%d texts stored by refused requests", n)
	}
	_ = b
}

func TestFaultsOfTheWire(t *testing.T) {
	sb, _ := play(t, sandbox.Options{})
	tw := sb.Twilio()
	api := twilioClient(t, sb, 300*time.Millisecond)
	cases := []struct {
		name   string
		fault  sandbox.Fault
		stored int
	}{
		{"html", sandbox.HTML(502), 0},
		{"timeout before", sandbox.TimeoutBefore(), 0},
		{"timeout after", sandbox.TimeoutAfter(), 1},
		{"cut before", sandbox.CutBefore(), 0},
		{"cut after", sandbox.CutAfter(), 1},
		{"too slow", sandbox.Slow(2 * time.Second), 1},
		{"error after", sandbox.ErrorAfter(500), 1},
	}
	for _, c := range cases {
		before := len(tw.Texts())
		tw.FailTo(ana, c.fault)
		_, err := api.CreateMessage(text(ana, "hi"))
		var rest *client.TwilioRestError
		if err == nil || errors.As(err, &rest) {
			t.Errorf("%s: got %v, want an error that is not Twilio's", c.name, err)
		}
		if n := len(tw.Texts()) - before; n != c.stored {
			t.Errorf("%s: %d texts stored, want %d", c.name, n, c.stored)
		}
		tw.ClearFaults()
	}
	tw.FailNext(1, sandbox.NoSID())
	m, err := api.CreateMessage(text(ana, "hi"))
	if err != nil || m.Sid != nil {
		t.Errorf("no sid: %v, %v", m, err)
	}
	if _, err = api.CreateMessage(text(ana, "hi")); err != nil {
		t.Error("after the faults:", err)
	}
}

func TestStatusCallbacksInAnyOrderAndTwice(t *testing.T) {
	sb, b := play(t, sandbox.Options{HoldStatus: true})
	tw := sb.Twilio()
	p := text(ana, "hi")
	p.SetStatusCallback(b.server.URL + "/twilio/status?m=1")
	m, err := twilioClient(t, sb, 5*time.Second).CreateMessage(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"delivered", "sent", "delivered"} {
		if d := tw.Report(*m.Sid, s, 0); !d.OK() {
			t.Fatalf("%s: %+v", s, d)
		}
		x, _ := tw.TextBySID(*m.Sid)
		equal(t, "the resource after "+s, x.Status, "delivered")
	}
	x, _ := tw.TextBySID(*m.Sid)
	equal(t, "callbacks", statuses(x), "delivered sent delivered")
	tw.SetStatus(*m.Sid, "failed", 30003)
	equal(t, "a lost callback", len(b.got("/twilio/status")), 3)
	tw.Outcome(ana, "undelivered", 30006)
	tw.Hold(false)
	p.SetStatusCallback(b.server.URL + "/twilio/status?m=2")
	m, _ = twilioClient(t, sb, 5*time.Second).CreateMessage(p)
	await(t, sb, "undelivered", func() bool { x, _ := tw.TextBySID(*m.Sid); return statuses(x) == "sent undelivered 30006" })
	f, _ := twilioClient(t, sb, 5*time.Second).FetchMessage(*m.Sid, nil)
	equal(t, "error code", *f.ErrorCode, 30006)
}

func TestAnInboundTextHasEveryFieldAndAnEmptyAnswer(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	b.on("/twilio/sms", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		_, _ = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?><Response/>`))
	})
	tw := sb.Twilio()
	got := tw.Text(ana, " 7 & worse – é🙂\n")
	if !got.Delivery.OK() || got.Delivery.Attempts != 1 {
		t.Fatalf("%+v", got.Delivery)
	}
	form := b.got("/twilio/sms")[0]
	for _, name := range []string{"MessageSid", "SmsSid", "SmsMessageSid", "AccountSid", "From", "To", "Body", "NumMedia",
		"NumSegments", "ApiVersion", "SmsStatus", "FromCity", "FromState", "FromZip", "FromCountry", "ToCity", "ToState",
		"ToZip", "ToCountry"} {
		if !form.Has(name) {
			t.Error("no", name)
		}
	}
	equal(t, "body", form.Get("Body"), " 7 & worse – é🙂\n")
	equal(t, "token", b.header("/twilio/sms")[0].Get("I-Twilio-Idempotency-Token") != "", true)
	if d := tw.Redeliver(got.SID); !d.OK() {
		t.Fatal(d)
	}
	equal(t, "the same sid", b.got("/twilio/sms")[1].Get("MessageSid"), got.SID)
	lost := tw.TextLost(ana, "5")
	equal(t, "webhooks", len(b.got("/twilio/sms")), 2)
	p := &openapi.ListMessageParams{}
	p.SetTo(sb.Options().Number)
	p.SetDateSentAfter(time.Now().Add(-time.Minute))
	list, err := twilioClient(t, sb, 5*time.Second).ListMessage(p)
	if err != nil || len(list) != 2 || *list[0].Sid != lost || *list[0].Direction != "inbound" {
		t.Errorf("listed %d, %v", len(list), err)
	}
	equal(t, "nothing answered", len(tw.SentTo(ana)), 0)
}

func TestTwiMLAndPlainTextAnswersBecomeTexts(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	b.on("/twilio/sms", func(w http.ResponseWriter, r *http.Request) {
		if r.Form.Get("Body") == "plain" {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = w.Write([]byte("ok"))
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		_, _ = w.Write([]byte(`<Response><Message>one</Message><Message><Body>two &amp; three</Body></Message></Response>`))
	})
	sb.Twilio().Text(ana, "plain")
	sb.Twilio().Text(ana, "xml")
	equal(t, "bodies", strings.Join(sb.Twilio().Bodies(ana), "|"), "ok|one|two & three")
}

func TestWebhooksAreRetriedAsTheAddressSays(t *testing.T) {
	for _, c := range []struct {
		url   string
		tries int
	}{{"/twilio/sms", 1}, {"/twilio/sms#rc=3&rp=5xx,ct,rt", 3}, {"/twilio/sms#rc=1&rp=5xx", 2}, {"/twilio/sms#rc=5&rp=4xx", 1}} {
		t.Run(c.url, func(t *testing.T) {
			sb, b := play(t, sandbox.Options{SMSURL: c.url})
			n := 0
			b.on("/twilio/sms", func(w http.ResponseWriter, _ *http.Request) {
				if n++; n < 3 {
					w.WriteHeader(http.StatusServiceUnavailable)
				}
			})
			d := sb.Twilio().Text(ana, "7").Delivery
			equal(t, "tries", d.Attempts, c.tries)
			tokens := map[string]bool{}
			for _, h := range b.header("/twilio/sms") {
				tokens[h.Get("I-Twilio-Idempotency-Token")] = true
			}
			equal(t, "tokens", len(tokens), 1)
		})
	}
}

func TestTheFallbackAddressIsUsedWhenTheFirstFails(t *testing.T) {
	sb, b := play(t, sandbox.Options{SMSFallbackURL: "/twilio/fallback"})
	sb.Twilio().Text(ana, "6")
	equal(t, "while all is well", len(b.got("/twilio/fallback")), 0)
	b.on("/twilio/sms", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
	if d := sb.Twilio().Text(ana, "7").Delivery; !d.OK() {
		t.Fatal(d)
	}
	equal(t, "fallback", b.got("/twilio/fallback")[0].Get("ErrorCode"), "11200")
}

func TestStopBlocksAndStartUnblocks(t *testing.T) {
	sb, b := play(t, sandbox.Options{OptOut: sandbox.OptOutAdvanced})
	tw, api := sb.Twilio(), twilioClient(t, sb, 5*time.Second)
	tw.Text(ana, "yes")
	equal(t, "yes is an answer", b.got("/twilio/sms")[0].Get("OptOutType"), "")
	tw.Text(ana, " Stop ")
	equal(t, "OptOutType", b.got("/twilio/sms")[1].Get("OptOutType"), "STOP")
	equal(t, "blocked", tw.Blocked(ana), true)
	_, err := api.CreateMessage(text(ana, "hi"))
	var rest *client.TwilioRestError
	if !errors.As(err, &rest) || rest.Code != 21610 {
		t.Errorf("after STOP: %v", err)
	}
	p := text(ana, "hi")
	p.From = nil
	p.SetMessagingServiceSid(sb.Options().ServiceSID)
	p.SetStatusCallback(b.server.URL + "/twilio/status")
	m, err := api.CreateMessage(p)
	if err != nil {
		t.Fatal(err)
	}
	await(t, sb, "failed", func() bool { x, _ := tw.TextBySID(*m.Sid); return statuses(x) == "queued failed 21610" })
	tw.Text(ana, "STOP")
	tw.Text(ana, "START")
	tw.Text(ana, "help")
	var carrier []string
	for _, x := range tw.Conversation(ana) {
		if x.Carrier {
			carrier = append(carrier, strings.Fields(x.Body)[5]) // one word of each
		}
	}
	equal(t, "carrier's answers", len(carrier), 3)
	if _, err := api.CreateMessage(text(ana, "hi")); err != nil {
		t.Error("after START:", err)
	}
	tw.SetOptOut(sandbox.OptOutOff)
	tw.Text(ana, "STOP")
	equal(t, "off", tw.Blocked(ana), false)
}

func TestListingFiltersAndPages(t *testing.T) {
	sb, _ := play(t, sandbox.Options{})
	api := twilioClient(t, sb, 5*time.Second)
	for range 7 {
		if _, err := api.CreateMessage(text(ana, "hi")); err != nil {
			t.Fatal(err)
		}
	}
	sb.Twilio().TextLost("+12025550177", "other")
	p := &openapi.ListMessageParams{}
	p.SetTo(ana)
	p.SetPageSize(3)
	list, err := api.ListMessage(p)
	if err != nil || len(list) != 7 {
		t.Errorf("%d, %v", len(list), err)
	}
	p.SetDateSentAfter(time.Now().Add(time.Hour))
	list, err = api.ListMessage(p)
	if err != nil || len(list) != 0 {
		t.Errorf("in the future: %d, %v", len(list), err)
	}
	day := &openapi.ListMessageParams{}
	now := time.Now().UTC()
	day.SetDateSentBefore(now.Add(time.Hour)).SetDateSentAfter(now.Add(-time.Hour)).SetFrom("+12025550177")
	list, err = api.ListMessage(day)
	if err != nil || len(list) != 1 {
		t.Errorf("by sender and time: %d, %v", len(list), err)
	}
}

func TestMediaRedactionAndDeletion(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	api := twilioClient(t, sb, 5*time.Second)
	got := sb.Twilio().Send(sandbox.In{From: ana, Media: []sandbox.Media{{ContentType: "image/png", Data: []byte("png")}}})
	form := b.got("/twilio/sms")[0]
	if !strings.HasPrefix(got.SID, "MM") || form.Get("NumMedia") != "1" {
		t.Errorf("%s %v", got.SID, form)
	}
	req, _ := http.NewRequest(http.MethodGet, form.Get("MediaUrl0"), nil)
	req.SetBasicAuth(sb.Options().AccountSID, sb.Options().AuthToken)
	res, err := http.DefaultClient.Do(req)
	if err != nil || res.StatusCode != 200 || res.Header.Get("Content-Type") != "image/png" {
		t.Fatalf("%v %v", res, err)
	}
	_ = res.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	media, err := api.ListMedia(got.SID, nil)
	if err != nil || len(media) != 1 {
		t.Fatal(media, err)
	}
	if err := api.DeleteMedia(got.SID, *media[0].Sid, nil); err != nil {
		t.Error(err)
	}
	u := &openapi.UpdateMessageParams{}
	u.SetBody("")
	if _, err := api.UpdateMessage(got.SID, u); err != nil {
		t.Error(err)
	}
	if err := api.DeleteMessage(got.SID, nil); err != nil {
		t.Error(err)
	}
	if _, err := api.FetchMessage(got.SID, nil); err == nil {
		t.Error("still there")
	}
}

func TestCredentialsAndAccountAreChecked(t *testing.T) {
	sb, _ := play(t, sandbox.Options{APIKey: "SKabc", APISecret: "secret"})
	fetch := func(user, pass, path string) int {
		req, _ := http.NewRequest(http.MethodGet, sb.URL()+path, nil)
		req.SetBasicAuth(user, pass)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	o := sb.Options()
	path := "/2010-04-01/Accounts/" + o.AccountSID + ".json"
	equal(t, "token", fetch(o.AccountSID, o.AuthToken, path), 200)
	equal(t, "key", fetch("SKabc", "secret", path), 200)
	equal(t, "wrong", fetch(o.AccountSID, "nope", path), 401)
	equal(t, "other account", fetch(o.AccountSID, o.AuthToken, "/2010-04-01/Accounts/ACother/Messages.json"), 404)
	http.DefaultClient.CloseIdleConnections()
	numbers, err := twilioClient(t, sb, 5*time.Second).ListIncomingPhoneNumber(nil)
	if err != nil || len(numbers) != 1 || !strings.Contains(*numbers[0].SmsUrl, "/twilio/sms#rc=3") {
		t.Errorf("%+v %v", numbers, err)
	}
	acc, err := twilioClient(t, sb, 5*time.Second).FetchAccount(o.AccountSID)
	if err != nil || *acc.Status != "active" {
		t.Error(acc, err)
	}
}

func TestSignaturesMatchPublishedVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct{ Name, Scheme, URL, Body, Secret, Timestamp, Signature string }
	}
	if err := json.Unmarshal(raw, &file); err != nil || len(file.Vectors) == 0 {
		t.Fatal(err)
	}
	for _, v := range file.Vectors {
		got := sandbox.SignSlack(v.Secret, v.Timestamp, v.Body)
		if v.Scheme == "twilio" {
			form, err := url.ParseQuery(v.Body)
			if err != nil {
				t.Fatal(err)
			}
			got = sandbox.SignTwilio(v.Secret, v.URL, form)
		}
		equal(t, v.Name, got, v.Signature)
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	b.on("/twilio/sms", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) })
	equal(t, "status", sb.Twilio().Text(ana, "7").Delivery.Status, 302)
	equal(t, "followed", len(b.raw("/elsewhere")), 0)
}

func TestYesToATollFreeNumberDoesNotOptIn(t *testing.T) {
	const free = "+18885550100"
	sb, _ := play(t, sandbox.Options{Number: free})
	tw := sb.Twilio()
	tw.Text(ana, "STOP")
	tw.Text(ana, "YES")
	equal(t, "still blocked", tw.Blocked(ana), true)
	tw.Text(ana, "UNSTOP")
	equal(t, "blocked", tw.Blocked(ana), false)
}
