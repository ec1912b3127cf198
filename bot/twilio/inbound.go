package twilio

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"backstop/bot"
)

// maxMedia is how many attachments are looked for; Twilio brings ten at most.
const maxMedia = 20

// text takes in a text. The answer is always empty TwiML: what we have to say
// leaves through the REST API, where it is sent once and its delivery known,
// and to STOP, START and HELP Twilio answers by itself.
func (h *Webhooks) text(w http.ResponseWriter, r *http.Request, form url.Values) {
	text := inboundText(form)
	if text.ProviderID == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if err := h.inbox.ReceiveText(r.Context(), text); err != nil {
		h.unstored(w, r, text.ProviderID, err)
		return
	}
	_, _ = io.WriteString(w, emptyTwiML) // Twilio may have hung up; the text is stored
}

// inboundText takes the fields as they are: nothing is trimmed, and a sender
// that is no phone number stays what it is. Of a field that comes twice the
// first one counts, as it does for the signature.
func inboundText(form url.Values) bot.InboundText {
	text := bot.InboundText{
		ProviderID: cmp.Or(form.Get("MessageSid"), form.Get("SmsMessageSid"), form.Get("SmsSid")),
		From:       form.Get("From"),
		To:         form.Get("To"),
		Body:       form.Get("Body"),
		Segments:   count(form.Get("NumSegments")),
	}
	switch keyword := form.Get("OptOutType"); keyword {
	case "STOP", "START", "HELP":
		text.Keyword = keyword
	}
	for n := range min(count(form.Get("NumMedia")), maxMedia) {
		i := strconv.Itoa(n)
		if address := form.Get("MediaUrl" + i); address != "" {
			text.Media = append(text.Media, bot.Media{ContentType: form.Get("MediaContentType" + i), URL: address})
		}
	}
	return text
}

// count reads a number of things; anything else is none.
func count(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
