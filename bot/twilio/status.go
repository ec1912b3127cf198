package twilio

import (
	"cmp"
	"net/http"
	"net/url"

	"backstop/bot"
)

// delivery takes in what became of a text. Reports come in any order and
// several times; which one counts is for the inbox to say.
func (h *Webhooks) delivery(w http.ResponseWriter, r *http.Request, form url.Values) {
	report := deliveryReport(r.URL.Query(), form)
	if report.ProviderID == "" || report.Status == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if err := h.inbox.ReceiveDelivery(r.Context(), report); err != nil {
		h.unstored(w, r, report.ProviderID, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func deliveryReport(query, form url.Values) bot.DeliveryReport {
	return bot.DeliveryReport{
		MessageID:   query.Get("m"),
		ProviderID:  cmp.Or(form.Get("MessageSid"), form.Get("SmsSid")),
		Status:      cmp.Or(form.Get("MessageStatus"), form.Get("SmsStatus")),
		ErrorCode:   count(form.Get("ErrorCode")),
		CarrierDone: form.Get("RawDlrDoneDate"),
	}
}
