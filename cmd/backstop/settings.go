package main

import (
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"slices"
	"strings"

	"backstop/flows/copy"
	"backstop/flows/protocol"
)

// databaseSettings say where everything is kept and with which keys.
type databaseSettings struct {
	DatabaseURL string `env:"DATABASE_URL" default:"sqlite:backstop.db" help:"postgres://... or sqlite:PATH." placeholder:"URL"`
	Keyset      string `env:"BACKSTOP_KEYSET" help:"Encryption keys, made by 'backstop keys new'." placeholder:"KEYS"`
}

// logSettings say how much is logged and how.
type logSettings struct {
	LogLevel  string `env:"LOG_LEVEL" default:"info" enum:"debug,info,warn,error" help:"How much to log."`
	LogFormat string `env:"LOG_FORMAT" default:"text" enum:"text,json" help:"How to log."`
}

func (s logSettings) logger(std *stdio) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	opts := &slog.HandlerOptions{Level: level}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(std.Err, opts))
	}
	return slog.New(slog.NewTextHandler(std.Err, opts))
}

// clinicSettings say where the clinic file is.
type clinicSettings struct {
	ClinicFile string `env:"CLINIC_FILE" default:"clinic.yaml" help:"The clinic file." placeholder:"FILE"`
}

// read reads the clinic file; its error lists every mistake with file and line.
func (s clinicSettings) read() ([]protocol.Clinic, error) {
	data, err := os.ReadFile(s.ClinicFile)
	if err != nil {
		return nil, fmt.Errorf("CLINIC_FILE: %w", err)
	}
	clinics, _, err := copy.Load(s.ClinicFile, data)
	return clinics, err
}

// twilioSettings say how Twilio is reached, and how its requests are known to be its own.
type twilioSettings struct {
	PublicURL        string `env:"PUBLIC_URL" help:"Where Twilio and Slack reach the bot, without a path." placeholder:"URL"`
	TwilioAccountSID string `env:"TWILIO_ACCOUNT_SID" name:"twilio-account-sid" help:"The account that owns the number." placeholder:"AC..."`
	TwilioAuthToken  string `env:"TWILIO_AUTH_TOKEN" help:"The account's primary token: webhooks are signed with it." placeholder:"TOKEN"`
	TwilioAPIKey     string `env:"TWILIO_API_KEY" name:"twilio-api-key" help:"Optional: calls to Twilio use it in place of the token." placeholder:"SK..."`
	TwilioAPISecret  string `env:"TWILIO_API_SECRET" name:"twilio-api-secret" help:"Goes with the API key." placeholder:"SECRET"`
	TwilioBaseURL    string `env:"TWILIO_BASE_URL" name:"twilio-base-url" default:"https://api.twilio.com" help:"Twilio, or a stand-in." placeholder:"URL"`
}

// slackSettings say how Slack is reached, and how its requests are known to be its own.
type slackSettings struct {
	SlackBotToken      string `env:"SLACK_BOT_TOKEN" help:"Of the app, from OAuth & Permissions; for one workspace." placeholder:"xoxb-..."`
	SlackClientID      string `env:"SLACK_CLIENT_ID" name:"slack-client-id" help:"In its place, for several workspaces: the app is installed over OAuth." placeholder:"ID"`
	SlackClientSecret  string `env:"SLACK_CLIENT_SECRET" help:"Goes with the client id." placeholder:"SECRET"`
	SlackSigningSecret string `env:"SLACK_SIGNING_SECRET" help:"Of the app, from Basic Information." placeholder:"SECRET"`
	SlackAPIURL        string `env:"SLACK_API_URL" name:"slack-api-url" default:"https://slack.com/api/" help:"Slack, or a stand-in." placeholder:"URL"`
}

// missing names every setting of a list that is empty, all in one error.
func missing(settings map[string]string) error {
	var names []string
	for name, value := range settings {
		if strings.TrimSpace(value) == "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return fmt.Errorf("%s: not set; docs/operating.md says what each one is", strings.Join(names, ", "))
}

// publicURL checks the address that signatures are computed over.
func publicURL(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return "", fmt.Errorf("PUBLIC_URL: %q is not an address like https://backstop.example.org", raw)
	}
	if u.Fragment != "" || u.RawQuery != "" || strings.Trim(u.Path, "/") != "" {
		return "", fmt.Errorf("PUBLIC_URL: %q must have no path, query or fragment", raw)
	}
	return u.Scheme + "://" + u.Host, nil
}
