package twilio_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"testing"
)

// sign computes a signature by the documented rule
// (https://www.twilio.com/docs/usage/security), apart from any library.
func sign(token, address string, form url.Values) string {
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(address))
	for _, name := range names {
		mac.Write([]byte(name + form[name][0]))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// The published vectors of Twilio's documentation and libraries, and own ones
// for what a text can hold; all with the token 12345.
var signatureVectors = []struct{ name, public, target, body, signature string }{
	{
		"the documentation's example", "https://example.com", "/myapp.php?foo=1&bar=2",
		"CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212",
		"L/OH5YylLD5NRKLltdqwSvS0BnU=",
	},
	{
		"twilio-python", "https://mycompany.com", "/myapp.php?foo=1&bar=2",
		"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
		"RSOYDt4T1cUTdK1PDd93/VVr8B8=",
	},
	{
		"twilio-go: one name is the start of another", "https://mycompany.com", "/myapp.php?foo=1&bar=2",
		"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&Reason=Participant&ReasonConferenceEnded=test&To=%2B18005551212",
		"vOEb5UThFn24KEfnOFLQY2AE5FY=",
	},
	{
		"twilio-go over http", "http://mycompany.com", "/myapp.php?foo=1&bar=2",
		"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&Reason=Participant&ReasonConferenceEnded=test&To=%2B18005551212",
		"n2xBNyzSW7rfYStDtOFiFMv7qNo=",
	},
	{
		"twilio-go form body", "https://mycompany.com", "/myapp.php?foo=1&bar=2",
		"property=value&boolean=true", "NBdBDr/T/lgjI+tlgpXjKZQZs/k=",
	},
	{
		"an ampersand, a dash, an emoji, empty fields", "https://bot.example.com", "/twilio/sms",
		"AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&Body=Pain+is+7%2F10+%E2%80%93+sharp+%26+worse+at+night+%C3%A9%F0%9F%99%82&From=%2B14155550123&FromCity=SAN+FRANCISCO&FromCountry=US&FromState=CA&FromZip=94105&MessageSid=SM00000000000000000000000000000001&MessagingServiceSid=MG00000000000000000000000000000001&NumMedia=0&NumSegments=1&SmsMessageSid=SM00000000000000000000000000000001&SmsSid=SM00000000000000000000000000000001&SmsStatus=received&To=%2B15005550006&ToCity=&ToCountry=US&ToState=CA&ToZip=",
		"6yuBYjLNUZGIUnn2Z2/egXoYJgM=",
	},
	{
		"a STOP with its type", "https://bot.example.com", "/twilio/sms",
		"AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&Body=Stop+&From=%2B14155550123&MessageSid=SM00000000000000000000000000000002&MessagingServiceSid=MG00000000000000000000000000000001&NumMedia=0&NumSegments=1&OptOutType=STOP&SmsMessageSid=SM00000000000000000000000000000002&SmsSid=SM00000000000000000000000000000002&SmsStatus=received&To=%2B15005550006",
		"wwPPZeUJk8Jumo/IriZbtL2SWYM=",
	},
	{
		"space in front and a line break behind", "https://bot.example.com", "/twilio/sms",
		"AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&Body=+7%0A&From=%2B14155550123&MessageSid=SM00000000000000000000000000000004&MessagingServiceSid=MG00000000000000000000000000000001&NumMedia=0&NumSegments=1&SmsMessageSid=SM00000000000000000000000000000004&SmsSid=SM00000000000000000000000000000004&SmsStatus=received&To=%2B15005550006",
		"5WZrgL9adAHCx7wG/tYzxfD09tc=",
	},
	{
		"our id in the query of a status", "https://bot.example.com", "/twilio/status?m=42",
		"AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&From=%2B15005550006&MessageSid=SM00000000000000000000000000000003&MessageStatus=delivered&MessagingServiceSid=MG00000000000000000000000000000001&RawDlrDoneDate=2601151432&SmsSid=SM00000000000000000000000000000003&SmsStatus=delivered&To=%2B14155550123",
		"MfDgqk2M7mdvX1tagxpIqgg3xxE=",
	},
	{
		"a port of its own", "https://bot.example.com:8443", "/twilio/sms",
		"AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&Body=hi&From=%2B14155550123&MessageSid=SM00000000000000000000000000000007&MessagingServiceSid=MG00000000000000000000000000000001&NumMedia=0&NumSegments=1&SmsMessageSid=SM00000000000000000000000000000007&SmsSid=SM00000000000000000000000000000007&SmsStatus=received&To=%2B15005550006",
		"awiqEPAb22Q8y1R8jnfxrlj1cIU=",
	},
}

func TestSignatureVectors(t *testing.T) {
	for _, v := range signatureVectors {
		t.Run(v.name, func(t *testing.T) {
			form, err := url.ParseQuery(v.body)
			if err != nil {
				t.Fatal(err)
			}
			if got := sign("12345", v.public+v.target, form); got != v.signature {
				t.Fatalf("the test's own signature is %s, want %s", got, v.signature)
			}
			if target, _ := url.Parse(v.target); target.Path != "/twilio/sms" && target.Path != "/twilio/status" {
				return // not one of our routes: it only proves the test's own rule
			}
			c := config()
			c.PublicURL = v.public
			d := newDoor(t, c)
			if w := d.post(v.target, v.body, v.signature); w.Code >= 300 {
				t.Errorf("answered %d, want it accepted", w.Code)
			}
			if w := d.post(v.target, v.body+"x", v.signature); w.Code != http.StatusForbidden {
				t.Errorf("a changed body was answered %d, want 403", w.Code)
			}
		})
	}
}
