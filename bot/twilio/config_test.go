package twilio_test

import (
	"strings"
	"testing"

	"backstop/bot/twilio"
)

func TestSettingsAreCheckedWhole(t *testing.T) {
	c := twilio.Config{
		AccountSID: "test-sid", AuthToken: "", APIKey: "SK_1", APISecret: "a-b",
		BaseURL: "api.twilio.com", PublicURL: "https://bot_one.example.com", Timeout: -1,
		AlsoPublic: []string{"https://bot.example.com/#rc=3"},
	}
	_, err := twilio.New(c)
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{
		"TWILIO_ACCOUNT_SID must be", "TWILIO_AUTH_TOKEN is missing", "TWILIO_API_KEY must be", "TWILIO_API_SECRET may hold only",
		"TWILIO_BASE_URL must be", "PUBLIC_URL must hold no underscore", "PUBLIC_URL must hold no #fragment", "timeout",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from:\n%v", want, err)
		}
	}
}

func TestOneWrongSettingIsNamed(t *testing.T) {
	for want, change := range map[string]func(*twilio.Config){
		"TWILIO_AUTH_TOKEN is missing":         func(c *twilio.Config) { c.AuthToken = "" },
		"TWILIO_AUTH_TOKEN may hold only":      func(c *twilio.Config) { c.AuthToken = "test-token" },
		"TWILIO_API_KEY is missing":            func(c *twilio.Config) { c.APISecret = "abc" },
		"TWILIO_API_SECRET is missing":         func(c *twilio.Config) { c.APIKey = "SK00000000000000000000000000000001" },
		"TWILIO_BASE_URL must hold no user":    func(c *twilio.Config) { c.BaseURL = "https://a:b@api.twilio.com" },
		"PUBLIC_URL must be an absolute":       func(c *twilio.Config) { c.PublicURL = "" },
		"PUBLIC_URL must hold no user":         func(c *twilio.Config) { c.PublicURL = "https://bot.example.com/?a=1" },
		"TWILIO_ACCOUNT_SID must be AC and 32": func(c *twilio.Config) { c.AccountSID = "AC123" },
	} {
		c := config()
		change(&c)
		_, clientErr := twilio.New(c)
		_, hooksErr := twilio.NewWebhooks(c, &inbox{}, twilio.Watch{}, nil)
		for _, err := range []error{clientErr, hooksErr} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %q", err, want)
			}
		}
	}
}
