package sandbox_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"backstop/bot/sandbox"
)

func ring(b *bot) *openapi.CreateCallParams {
	p := &openapi.CreateCallParams{}
	p.SetTo(ana).SetFrom("+12025550100").SetTimeout(25).
		SetTwiml(`<Response><Gather numDigits="1" action="` + b.server.URL + `/twilio/voice?alert=42&amp;step=1"><Say>Urgent. Press 1.</Say></Gather></Response>`).
		SetStatusCallback(b.server.URL + "/twilio/status?call=42").
		SetStatusCallbackEvent([]string{"initiated", "ringing", "answered", "completed"})
	return p
}

func TestACallIsAnsweredAndOneIsPressed(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	tw, api := sb.Twilio(), twilioClient(t, sb, 5*time.Second)
	b.on("/twilio/voice", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		_, _ = w.Write([]byte(`<Response><Say>Thank you.</Say><Hangup/></Response>`))
	})
	c, err := api.CreateCall(ring(b))
	if err != nil || *c.Status != "queued" {
		t.Fatal(c, err)
	}
	if d := tw.AnswerAndPress(*c.Sid, "1"); !d.OK() {
		t.Fatal(d)
	}
	form := b.got("/twilio/voice")[0]
	equal(t, "digits", form.Get("Digits")+" "+form.Get("CallStatus")+" "+form.Get("Direction"), "1 in-progress outbound-api")
	await(t, sb, "all told", tw.Quiet)
	got, _ := tw.CallBySID(*c.Sid)
	equal(t, "said", strings.Join(got.Said, " "), "Urgent. Press 1. Thank you.")
	equal(t, "status", got.Status, "completed")
	var events []string
	for _, f := range b.got("/twilio/status") {
		events = append(events, f.Get("CallStatus"))
	}
	equal(t, "events", strings.Join(events, " "), "initiated ringing in-progress completed")
	f, err := api.FetchCall(*c.Sid, nil)
	if err != nil || *f.Status != "completed" {
		t.Error(f, err)
	}
	list := &openapi.ListCallParams{}
	list.SetTo(ana)
	all, err := api.ListCall(list)
	if err != nil || len(all) != 1 {
		t.Error(all, err)
	}
}

func TestACallThatNobodyTakes(t *testing.T) {
	sb, b := play(t, sandbox.Options{HoldCalls: true})
	tw, api := sb.Twilio(), twilioClient(t, sb, 5*time.Second)
	for status, end := range map[string]func(string){"busy": tw.Busy, "no-answer": tw.NoAnswer, "failed": tw.FailCall} {
		c, err := api.CreateCall(ring(b))
		if err != nil {
			t.Fatal(err)
		}
		end(*c.Sid)
		forms := b.got("/twilio/status")
		equal(t, status, forms[len(forms)-1].Get("CallStatus"), status)
	}
	p := ring(b)
	p.SetTimeout(1)
	c, _ := api.CreateCall(p)
	tw.Ring(*c.Sid)
	await(t, sb, "rung out", func() bool { got, _ := tw.CallBySID(*c.Sid); return got.Status == "no-answer" })
	c, _ = api.CreateCall(ring(b))
	u := &openapi.UpdateCallParams{}
	u.SetStatus("canceled")
	if got, err := api.UpdateCall(*c.Sid, u); err != nil || *got.Status != "canceled" {
		t.Error(got, err)
	}
	for to, code := range map[string]string{"+15005550001": "21217", "+15005550004": "21216", "Ana": "21217"} {
		p := ring(b)
		p.SetTo(to)
		if _, err := api.CreateCall(p); err == nil || !strings.Contains(err.Error(), code) {
			t.Errorf("%s: %v", to, err)
		}
	}
	tw.FailCalls(1, sandbox.TwilioError(21215))
	if _, err := api.CreateCall(ring(b)); err == nil || !strings.Contains(err.Error(), "21215") {
		t.Error(err)
	}
}

func TestVoicemailAndSilenceAreNoAnswer(t *testing.T) {
	sb, b := play(t, sandbox.Options{HoldCalls: true})
	tw, api := sb.Twilio(), twilioClient(t, sb, 5*time.Second)
	p := ring(b)
	p.SetMachineDetection("Enable")
	c, err := api.CreateCall(p)
	if err != nil {
		t.Fatal(err)
	}
	tw.Voicemail(*c.Sid)
	got, _ := tw.CallBySID(*c.Sid)
	equal(t, "voicemail", got.Status+" "+got.AnsweredBy, "completed machine_start")
	p.SetTwiml(`<Response><Gather action="` + b.server.URL + `/twilio/voice"><Say>Press 1.</Say></Gather><Say>Goodbye.</Say></Response>`)
	c, _ = api.CreateCall(p)
	tw.Answer(*c.Sid)
	tw.Silence(*c.Sid)
	got, _ = tw.CallBySID(*c.Sid)
	equal(t, "silence", strings.Join(got.Said, " ")+" "+got.Status, "Press 1. Goodbye. completed")
	equal(t, "no digits came", len(b.got("/twilio/voice")), 0)
	if d := tw.Press(*c.Sid, "1"); d.Err == nil {
		t.Error("pressed a digit after the call")
	}
	p = ring(b)
	p.Twiml = nil
	p.SetUrl(b.server.URL + "/twilio/voice?alert=7")
	b.on("/twilio/voice", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		if r.Form.Get("Digits") == "" {
			_, _ = w.Write([]byte(`<Response><Gather numDigits="1"><Say>From a URL.</Say></Gather></Response>`))
			return
		}
		_, _ = w.Write([]byte(`<Response><Say>Taken.</Say></Response>`))
	})
	c, _ = api.CreateCall(p)
	if d := tw.AnswerAndPress(*c.Sid, "1"); !d.OK() {
		t.Error(d)
	}
	got, _ = tw.CallBySID(*c.Sid)
	equal(t, "a document at a URL", strings.Join(got.Said, " "), "From a URL. Taken.")
}
