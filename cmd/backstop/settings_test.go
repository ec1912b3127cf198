package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/protocol"
)

// refusedStart is what the start of 'backstop serve' says with some settings.
func refusedStart(t *testing.T, settings map[string]string) string {
	t.Helper()
	for _, name := range []string{"PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET",
		"SLACK_SIGNING_SECRET", "BACKSTOP_KEYSET", "CLINIC_FILE", "SETTLE_AFTER", "DATABASE_URL"} {
		t.Setenv(name, settings[name])
		if settings[name] == "" {
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	err := run(t.Context(), []string{"serve"}, &stdio{In: strings.NewReader(""), Out: &out, Err: &out})
	if err == nil {
		t.Fatalf("serve started\n%s", &out)
	}
	return err.Error()
}

func TestServeNamesEverythingThatIsMissingOrWrongAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	clinic := "- id: northside\n  nam: Northside PT\n  protocol:\n    windows:\n      morning_send: 8h30\n    pain:\n      green_max: two\n"
	if err := os.WriteFile(file, []byte(clinic), 0o600); err != nil {
		t.Fatal(err)
	}
	said := refusedStart(t, map[string]string{"PUBLIC_URL": "bot.example.org", "TWILIO_AUTH_TOKEN": "secret",
		"BACKSTOP_KEYSET": "secret", "SETTLE_AFTER": "3ms", "CLINIC_FILE": file})
	for _, want := range []string{
		"SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, TWILIO_ACCOUNT_SID: not set",
		`PUBLIC_URL: "bot.example.org" is not an address`,
		"BACKSTOP_KEYSET: keyset",
		"SETTLE_AFTER: 3ms",
		file + ":2: [0].nam: unknown key, did you mean name?",
		file + `:5: [0].protocol.windows.morning_send: "8h30" is not a time of day`,
		file + `:7: [0].protocol.pain.green_max: "two" is not a number`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("missing %q in\n%s", want, said)
		}
	}
	if strings.Contains(said, "TWILIO_AUTH_TOKEN") {
		t.Errorf("it names a setting that is right:\n%s", said)
	}
}

func TestSeveralWorkspacesNeedASecretAndATeamEach(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	if err := os.WriteFile(file, protocol.Example, 0o600); err != nil {
		t.Fatal(err)
	}
	said := refusedStart(t, map[string]string{"SLACK_CLIENT_ID": "1.2", "CLINIC_FILE": file})
	for _, want := range []string{"SLACK_CLIENT_SECRET", "slack.team must be its workspace"} {
		if !strings.Contains(said, want) {
			t.Errorf("missing %q in\n%s", want, said)
		}
	}
	if strings.Contains(said, "SLACK_BOT_TOKEN") {
		t.Errorf("it asks for a bot token too:\n%s", said)
	}
}

func TestWrongArgumentsPointAtTheCommandsOwnHelp(t *testing.T) {
	for command, help := range map[string]string{
		"session add p-1 --ended-at tomorrow": "see backstop session add --help",
		"serve --nothing":                     "see backstop serve --help",
		"nothing":                             "see backstop --help",
	} {
		var out bytes.Buffer
		err := run(t.Context(), strings.Fields(command), &stdio{In: strings.NewReader(""), Out: &out, Err: &out})
		if err == nil || !strings.HasSuffix(err.Error(), help) {
			t.Errorf("backstop %s: %v; want it to end in %q", command, err, help)
		}
	}
}
