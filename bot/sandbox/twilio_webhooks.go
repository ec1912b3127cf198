package sandbox

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// SignTwilio makes X-Twilio-Signature for a form posted to address: the
// address without its fragment, then every field in byte order of its name.
func SignTwilio(token, address string, form url.Values) string {
	address, _, _ = strings.Cut(address, "#")
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(address))
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		mac.Write([]byte(name + form.Get(name)))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// call posts a signed webhook and tries again as the address's overrides say.
// Every try carries the same idempotency token.
func (t *Twilio) call(address string, form url.Values, token string) Delivery {
	rules := readOverrides(address)
	bare, _, _ := strings.Cut(address, "#")
	header := http.Header{
		"Content-Type":               {"application/x-www-form-urlencoded; charset=UTF-8"},
		"User-Agent":                 {"TwilioProxy/1.1"},
		"Accept":                     {"*/*"},
		"X-Twilio-Signature":         {SignTwilio(t.s.opt.AuthToken, bare, form)},
		"I-Twilio-Idempotency-Token": {token},
	}
	end := time.Now().Add(rules.total)
	var d Delivery
	for try := 0; try <= rules.retries; try++ {
		left := min(rules.read, time.Until(end))
		if left <= 0 {
			break
		}
		attempts := d.Attempts
		d = t.s.hooks.post(t.s.ctx, bare, header.Clone(), form.Encode(), left)
		d.Attempts += attempts
		if !rules.again(d) {
			break
		}
	}
	return d
}
