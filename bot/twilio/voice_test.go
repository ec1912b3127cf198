package twilio_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"backstop/bot"
)

func TestVoice(t *testing.T) {
	const target = "/twilio/voice?a=alert-1&c=call-1"
	taken := bot.CallReport{CallID: "call-1", AlertID: "alert-1", ProviderID: "CA1", Status: "in-progress", Digits: "1"}
	t.Run("1 takes the alert", func(t *testing.T) {
		d := newDoor(t, config())
		w := d.signed(t, target, "CallSid=CA1&CallStatus=in-progress&Digits=1&From=%2B1500&To=%2B1415")
		if !slices.Equal(d.inbox.calls, []bot.CallReport{taken}) {
			t.Errorf("got %+v, want %+v", d.inbox.calls, taken)
		}
		if got := w.Body.String(); !strings.Contains(got, "<Response><Say>The alert is yours.</Say></Response>") {
			t.Errorf("said %s", got)
		}
	})
	t.Run("nothing to say ends the call", func(t *testing.T) {
		d := newDoor(t, config())
		d.inbox.say = ""
		wantEmptyTwiML(t, d.signed(t, target, "CallSid=CA1&CallStatus=in-progress&Digits=1"))
	})
	for _, digits := range []string{"2", "", "11", "#"} {
		t.Run("another key asks again: "+digits, func(t *testing.T) {
			d := newDoor(t, config())
			w := d.signed(t, target, "CallSid=CA1&CallStatus=in-progress&Digits="+url.QueryEscape(digits))
			if !d.inbox.empty() {
				t.Error("the alert was taken")
			}
			if got := w.Body.String(); !strings.Contains(got, `<Gather`) || !strings.Contains(got, `action="https://bot.example.com/twilio/voice?a=alert-1&amp;c=call-1"`) {
				t.Errorf("said %s", got)
			}
		})
	}
	t.Run("what could not be stored can be pressed again", func(t *testing.T) {
		d := newDoor(t, config())
		d.inbox.refuse = errors.New("database is down")
		w := d.signed(t, target, "CallSid=CA1&CallStatus=in-progress&Digits=1")
		if got := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(got, "could not be saved") || !strings.Contains(got, "<Gather") {
			t.Errorf("answered %d %s", w.Code, got)
		}
		if len(d.failed) != 1 {
			t.Errorf("counted %v, want one", d.failed)
		}
	})
	t.Run("how the call went never takes the alert", func(t *testing.T) {
		d := newDoor(t, config())
		w := d.signed(t, target+"&s=1", "CallSid=CA1&CallStatus=no-answer&Digits=1")
		want := bot.CallReport{CallID: "call-1", AlertID: "alert-1", ProviderID: "CA1", Status: "no-answer"}
		if w.Code != http.StatusNoContent || !slices.Equal(d.inbox.calls, []bot.CallReport{want}) {
			t.Errorf("answered %d, got %+v, want %+v", w.Code, d.inbox.calls, want)
		}
	})
}
