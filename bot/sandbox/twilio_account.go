package sandbox

import (
	"net/http"
)

func (t *Twilio) fetchAccount(w http.ResponseWriter, r *http.Request) {
	if sidOf(r) != t.s.opt.AccountSID {
		refuse(w, 20404)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"sid": t.s.opt.AccountSID, "owner_account_sid": t.s.opt.AccountSID, "friendly_name": t.s.opt.Title,
		"status": "active", "type": "Full", "auth_token": nil, "date_created": rfc2822(t.s.now()),
		"date_updated": rfc2822(t.s.now()), "uri": "/2010-04-01/Accounts/" + t.s.opt.AccountSID + ".json",
		"subresource_uris": map[string]any{"messages": t.uri("Messages.json"), "calls": t.uri("Calls.json")},
	})
}

func (t *Twilio) fetchBalance(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"account_sid": t.s.opt.AccountSID, "balance": "100.00", "currency": "USD",
	})
}

// listNumbers shows the account's numbers with the webhooks registered there.
func (t *Twilio) listNumbers(w http.ResponseWriter, r *http.Request) {
	var all []any
	for i, n := range append([]string{t.s.opt.Number}, t.s.opt.MoreNumbers...) {
		if !matches(r.URL.Query(), "PhoneNumber", n) {
			continue
		}
		sid := "PN" + t.s.opt.AccountSID[2:32] + string(rune('a'+i/16%16)) + string("0123456789abcdef"[i%16])
		all = append(all, map[string]any{
			"sid": sid, "account_sid": t.s.opt.AccountSID, "phone_number": n, "friendly_name": n,
			"api_version": apiVersion, "beta": false, "origin": "twilio", "status": "in-use",
			"capabilities": map[string]bool{"voice": true, "sms": true, "mms": true, "fax": false},
			"sms_url":      t.s.botURL(t.s.opt.SMSURL), "sms_method": "POST",
			"sms_fallback_url": t.s.opt.SMSFallbackURL, "sms_fallback_method": "POST", "sms_application_sid": "",
			"status_callback": "", "status_callback_method": "POST",
			"voice_url": "", "voice_method": "POST", "voice_fallback_url": "", "voice_fallback_method": "POST",
			"date_created": rfc2822(t.s.now()), "date_updated": rfc2822(t.s.now()),
			"uri": t.uri("IncomingPhoneNumbers", sid+".json"),
		})
	}
	writePage(w, r, "incoming_phone_numbers", all)
}

func (t *Twilio) fetchService(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("service") != t.s.opt.ServiceSID {
		refuse(w, 20404)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"sid": t.s.opt.ServiceSID, "account_sid": t.s.opt.AccountSID, "friendly_name": t.s.opt.Title,
		"inbound_request_url": t.s.botURL(t.s.opt.SMSURL), "inbound_method": "POST",
		"fallback_url": t.s.opt.SMSFallbackURL, "fallback_method": "POST", "status_callback": nil,
		"sticky_sender": true, "smart_encoding": true, "mms_converter": true, "validity_period": 36000,
		"use_inbound_webhook_on_number": false, "us_app_to_person_registered": true, "usecase": "undeclared",
		"date_created": t.s.now().Format("2006-01-02T15:04:05Z"), "date_updated": t.s.now().Format("2006-01-02T15:04:05Z"),
		"url": t.s.URL() + r.URL.Path, "links": map[string]any{"phone_numbers": t.s.URL() + r.URL.Path + "/PhoneNumbers"},
	})
}

func (t *Twilio) listServiceNumbers(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("service") != t.s.opt.ServiceSID {
		refuse(w, 20404)
		return
	}
	all := []any{}
	for _, n := range append([]string{t.s.opt.Number}, t.s.opt.MoreNumbers...) {
		all = append(all, map[string]any{
			"phone_number": n, "service_sid": t.s.opt.ServiceSID, "account_sid": t.s.opt.AccountSID,
			"country_code": "US", "capabilities": []string{"SMS", "MMS", "Voice"},
		})
	}
	self := t.s.URL() + r.URL.RequestURI()
	writeJSON(w, http.StatusOK, map[string]any{"phone_numbers": all, "meta": map[string]any{
		"page": 0, "page_size": 50, "first_page_url": self, "previous_page_url": nil, "next_page_url": nil,
		"url": self, "key": "phone_numbers"}})
}
