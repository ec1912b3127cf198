package twilio

import (
	"io"
	"net/http"
	"net/url"

	"backstop/bot"
)

// takeKey is the key that takes an alert.
const takeKey = "1"

// voice takes in how a call went (s=1), or a key that was pressed in it. Only
// the key 1 takes an alert: voicemail answers calls too. When taking it could
// not be stored, the person on the phone hears so and can press again.
func (h *Webhooks) voice(w http.ResponseWriter, r *http.Request, form url.Values) {
	query := r.URL.Query()
	report := bot.CallReport{
		CallID:     query.Get("c"),
		AlertID:    query.Get("a"),
		ProviderID: form.Get("CallSid"),
		Status:     form.Get("CallStatus"),
		Digits:     form.Get("Digits"),
	}
	if query.Get("s") == "1" {
		report.Digits = ""
		if _, err := h.inbox.ReceiveCall(r.Context(), report); err != nil {
			h.unstored(w, r, report.ProviderID, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if report.Digits != takeKey {
		h.askAgain(w, r, "Press 1 to take the alert.")
		return
	}
	words, err := h.inbox.ReceiveCall(r.Context(), report)
	if err != nil {
		h.log.Error("twilio key press not stored", "call", report.CallID, "sid", report.ProviderID, "error", err)
		tell(h.watch.Failed, r.URL.Path)
		h.askAgain(w, r, "That could not be saved. Please press 1 again.")
		return
	}
	script, err := speak(words)
	h.answer(w, script, err)
}

// askAgain asks for the key once more, at the address that was just called.
func (h *Webhooks) askAgain(w http.ResponseWriter, r *http.Request, words string) {
	script, err := askForKey(words, h.publics[0]+r.URL.RequestURI())
	h.answer(w, script, err)
}

func (h *Webhooks) answer(w http.ResponseWriter, script string, err error) {
	if err != nil {
		h.log.Error("twilio voice answer", "error", err)
		script = emptyTwiML
	}
	_, _ = io.WriteString(w, script) // Twilio may have hung up; the key is stored
}
