package twilio_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/bot/twilio"
)

const phone = "+14155550123"

// line is a client and webhooks that talk with the stand-in Twilio over HTTP.
type line struct {
	t      *testing.T
	stand  *sandbox.Sandbox
	twilio *sandbox.Twilio
	client *twilio.Client
	inbox  *inbox
}

func newLine(t *testing.T, options sandbox.Options, change ...func(*twilio.Config)) *line {
	t.Helper()
	options.Seed = t.Name()
	stand := sandbox.New(options)
	t.Cleanup(stand.Close)
	base, err := stand.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	ours := httptest.NewServer(mux)
	t.Cleanup(ours.Close)
	stand.SetBotURL(ours.URL)
	o := stand.Options()
	c := twilio.Config{AccountSID: o.AccountSID, AuthToken: o.AuthToken, BaseURL: base, PublicURL: ours.URL}
	for _, apply := range change {
		apply(&c)
	}
	client, err := twilio.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	l := &line{t: t, stand: stand, twilio: stand.Twilio(), client: client, inbox: &inbox{say: "The alert is yours."}}
	hooks, err := twilio.NewWebhooks(c, l.inbox, twilio.Watch{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	hooks.Register(mux)
	return l
}

func (l *line) text() bot.OutgoingText {
	return bot.OutgoingText{ID: "text-1", From: l.stand.Options().Number, To: phone, Body: "How is your back?", Validity: time.Hour, Attempt: 1}
}

// until waits for a fact of the inbox.
func (l *line) until(fact func() bool) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 5*time.Second)
	defer cancel()
	err := l.stand.Wait(ctx, func() bool {
		l.inbox.mu.Lock()
		defer l.inbox.mu.Unlock()
		return fact()
	})
	if err != nil {
		l.t.Fatalf("waited in vain; the inbox holds %+v %+v %+v", l.inbox.texts, l.inbox.reports, l.inbox.calls)
	}
}

func TestTextThereAndBack(t *testing.T) {
	l := newLine(t, sandbox.Options{})
	accepted, err := l.client.SendText(t.Context(), l.text())
	if err != nil || accepted.ProviderID == "" || accepted.Status != "queued" {
		t.Fatalf("got %+v %v", accepted, err)
	}
	l.until(func() bool {
		return slices.Contains(l.inbox.reports, bot.DeliveryReport{
			MessageID: "text-1", ProviderID: accepted.ProviderID, Status: "delivered", CarrierDone: carrierDone(l.inbox.reports),
		})
	})
	answer := l.twilio.Text(phone, "7 – sharp & worse 🙂\x00\n")
	if !answer.Delivery.OK() || answer.Delivery.Attempts != 1 {
		t.Fatalf("the webhook was answered %+v", answer.Delivery)
	}
	got := l.inbox.texts[0]
	if got.ProviderID != answer.SID || got.From != phone || got.To != l.stand.Options().Number || got.Body != "7 – sharp & worse 🙂\x00\n" {
		t.Errorf("got %+v", got)
	}
}

func carrierDone(reports []bot.DeliveryReport) string {
	for _, r := range reports {
		if r.Status == "delivered" {
			return r.CarrierDone
		}
	}
	return ""
}

func TestOptOutAndMediaThroughTheStandIn(t *testing.T) {
	l := newLine(t, sandbox.Options{OptOut: sandbox.OptOutAdvanced})
	l.twilio.Send(sandbox.In{From: phone, Body: "Here", Media: []sandbox.Media{{ContentType: "image/png", Data: []byte("x")}}, Service: true})
	l.twilio.Text(phone, "STOP")
	if len(l.inbox.texts) != 2 {
		t.Fatalf("got %+v", l.inbox.texts)
	}
	if media := l.inbox.texts[0].Media; len(media) != 1 || media[0].ContentType != "image/png" || !strings.Contains(media[0].URL, "/Media/ME") {
		t.Errorf("media %+v", media)
	}
	if l.inbox.texts[1].Keyword != "STOP" {
		t.Errorf("got %+v, want the keyword", l.inbox.texts[1])
	}
	_, err := l.client.SendText(t.Context(), l.text())
	wantSendError(t, err, bot.OptedOut)
}

func TestLostAnswerIsFoundAgain(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{
		"cut off": sandbox.CutAfter(), "an error page": sandbox.ErrorAfter(502), "no sid": sandbox.NoSID(), "silence": sandbox.TimeoutAfter(),
	} {
		t.Run(name, func(t *testing.T) {
			l := newLine(t, sandbox.Options{HoldStatus: true}, func(c *twilio.Config) { c.Timeout = 300 * time.Millisecond })
			l.twilio.FailNext(1, fault)
			began := time.Now()
			_, err := l.client.SendText(t.Context(), l.text())
			wantSendError(t, err, bot.Ambiguous)
			texts, err := l.client.TextsTo(t.Context(), phone, began)
			if err != nil || len(texts) != 1 || texts[0].Body != l.text().Body || texts[0].Inbound {
				t.Fatalf("got %+v %v, want the one text", texts, err)
			}
			if sent := l.twilio.SentTo(phone); len(sent) != 1 || sent[0].SID != texts[0].ProviderID {
				t.Errorf("Twilio has %+v", sent)
			}
		})
	}
}

func TestRefusedTextIsNotThere(t *testing.T) {
	for code, want := range map[int]bot.Verdict{20429: bot.Retry, 21614: bot.NumberBad, 21606: bot.Operator, 30007: bot.GiveUp} {
		l := newLine(t, sandbox.Options{})
		l.twilio.FailNext(1, sandbox.TwilioError(code))
		_, err := l.client.SendText(t.Context(), l.text())
		if got := wantSendError(t, err, want); got.Code != code {
			t.Errorf("code %d, want %d", got.Code, code)
		}
		texts, err := l.client.TextsTo(t.Context(), phone, time.Now().Add(-time.Hour))
		if err != nil || len(texts) != 0 {
			t.Errorf("got %+v %v, want none", texts, err)
		}
	}
}

func TestMissedTextsAreListedOldestFirst(t *testing.T) {
	l := newLine(t, sandbox.Options{})
	began := time.Now()
	var want []string
	for _, body := range []string{"first", "second", "third"} {
		want = append(want, l.twilio.TextLost(phone, body))
	}
	if _, err := l.client.SendText(t.Context(), l.text()); err != nil {
		t.Fatal(err)
	}
	texts, err := l.client.TextsReceived(t.Context(), l.stand.Options().Number, began)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, text := range texts {
		got = append(got, text.ProviderID)
	}
	slices.Sort(got)
	slices.Sort(want) // within one second the order is not known
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTextThatCouldNotBeStoredComesAgain(t *testing.T) {
	l := newLine(t, sandbox.Options{})
	l.inbox.refuse = errors.New("database is down")
	if d := l.twilio.Text(phone, "7").Delivery; d.OK() || d.Attempts != 4 {
		t.Errorf("answered %+v, want 4 tries: the address to register asks for 3 more", d)
	}
}

func TestCallIsTakenByPressingOne(t *testing.T) {
	l := newLine(t, sandbox.Options{HoldCalls: true})
	call := bot.OutgoingCall{ID: "call-1", AlertID: "alert-1", From: l.stand.Options().Number, To: phone, Say: "An urgent alert waits. Press 1 to take it.", Ring: 20 * time.Second}
	began := time.Now()
	placed, err := l.client.Call(t.Context(), call)
	if err != nil {
		t.Fatal(err)
	}
	calls, err := l.client.CallsTo(t.Context(), phone, began)
	if err != nil || len(calls) != 1 || calls[0].ProviderID != placed.ProviderID {
		t.Errorf("listed %+v %v", calls, err)
	}
	l.twilio.Ring(placed.ProviderID)
	if d := l.twilio.AnswerAndPress(placed.ProviderID, "5"); !d.OK() {
		t.Fatalf("answered %+v", d)
	}
	if d := l.twilio.Press(placed.ProviderID, "1"); !d.OK() {
		t.Fatalf("answered %+v", d)
	}
	heard, _ := l.twilio.CallBySID(placed.ProviderID)
	want := []string{call.Say, call.Say, "Press 1 to take the alert.", "Press 1 to take the alert.", "The alert is yours."}
	if !slices.Equal(heard.Said, want) {
		t.Errorf("the phone heard %q, want %q", heard.Said, want)
	}
	l.until(func() bool {
		return slices.Contains(l.inbox.calls, bot.CallReport{CallID: "call-1", AlertID: "alert-1", ProviderID: placed.ProviderID, Status: "completed"})
	})
	taken := bot.CallReport{CallID: "call-1", AlertID: "alert-1", ProviderID: placed.ProviderID, Status: "in-progress", Digits: "1"}
	if n := len(slices.DeleteFunc(slices.Clone(l.inbox.calls), func(r bot.CallReport) bool { return r != taken })); n != 1 {
		t.Errorf("taken %d times in %+v, want once", n, l.inbox.calls)
	}
}

func TestCallNobodyAnswers(t *testing.T) {
	l := newLine(t, sandbox.Options{HoldCalls: true})
	placed, err := l.client.Call(t.Context(), bot.OutgoingCall{ID: "call-1", AlertID: "alert-1", From: l.stand.Options().Number, To: phone, Say: "x"})
	if err != nil {
		t.Fatal(err)
	}
	l.twilio.Ring(placed.ProviderID)
	l.twilio.NoAnswer(placed.ProviderID)
	l.until(func() bool {
		return slices.Contains(l.inbox.calls, bot.CallReport{CallID: "call-1", AlertID: "alert-1", ProviderID: placed.ProviderID, Status: "no-answer"})
	})
}

func TestDoctorReadsTheStandIn(t *testing.T) {
	l := newLine(t, sandbox.Options{})
	account, err := l.client.Account(t.Context())
	if err != nil || account.Status != "active" || account.Type != "Full" {
		t.Errorf("got %+v %v", account, err)
	}
	for _, sender := range []string{l.stand.Options().Number, l.stand.Options().ServiceSID} {
		hook, err := l.client.WebhookOf(t.Context(), sender)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := l.client.Wrong(hook); len(wrong) != 1 || !strings.Contains(wrong[0], "fallback") {
			t.Errorf("%s: %q, want the fallback alone", sender, wrong)
		}
	}
}

// The stand-in signs by its own hand; both hands agree with the rule.
func TestStandInSignsAsTheRuleSays(t *testing.T) {
	form := url.Values{"Body": {" 7\n"}, "From": {phone}, "ToZip": {""}}
	if got, want := sandbox.SignTwilio(authToken, publicURL+"/twilio/sms", form), sign(authToken, publicURL+"/twilio/sms", form); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
