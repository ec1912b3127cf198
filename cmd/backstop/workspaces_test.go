package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// A deployment for two workspaces, from the settings that 'backstop sandbox'
// prints: doctor says what to open, it is opened, doctor is content.
func TestDoctorLeadsThroughTheInstallationInTwoWorkspaces(t *testing.T) {
	north := bytes.Replace(protocol.Example, []byte("    # team: T0123ABCD "), []byte("    team: T0NORTH # "), 1)
	south := strings.NewReplacer("id: northside", "id: southside", "T0NORTH", "T0SOUTH", "C0123ABCD", "C0SOUTH1", servedNumber, "+13125550198", "U0123ABCD", "U0SOUTH1").Replace(string(north))
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	_, second, _ := strings.Cut(south, "- id: southside")
	if err := os.WriteFile(file, append(north, "- id: southside"+second...), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &served{t: t, address: freeAddress(t), engine: storage.SQLite}
	s.sandbox = startSandbox(t, "http://"+s.address, file)
	s.settings = map[string]string{"DATABASE_URL": storagetest.EmptyURL(t, s.engine), "BACKSTOP_KEYSET": storagetest.Keyset(t), "CLINIC_FILE": file, "LISTEN": s.address}
	for name, value := range s.sandbox.settings {
		s.settings[name] = value
	}
	runs(t, s.settings, "migrate", "up")
	s.start()
	doctor := func() string {
		p := launch(t, s.settings, "doctor")
		p.exited <- <-p.exited
		return p.output.String()
	}
	before := doctor()
	for _, clinic := range []string{"northside", "southside"} {
		page := s.settings["PUBLIC_URL"] + "/slack/install?clinic=" + clinic
		if !strings.Contains(before, "TO DO  Slack app of "+clinic) || !strings.Contains(before, page) {
			t.Errorf("doctor does not lead to %s:\n%s", page, before)
		}
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		browser := &http.Client{Jar: jar}
		asked, err := browser.Get(page)
		if err != nil {
			t.Fatal(err)
		}
		asked.Body.Close()
		team := map[string]string{"northside": "T0NORTH", "southside": "T0SOUTH"}[clinic]
		allowed, err := browser.PostForm(asked.Request.URL.String(), url.Values{"team": {team}})
		if err != nil {
			t.Fatal(err)
		}
		said, _ := io.ReadAll(allowed.Body)
		allowed.Body.Close()
		if allowed.StatusCode != http.StatusOK {
			t.Fatalf("install %s: %d %s", clinic, allowed.StatusCode, said)
		}
	}
	after := doctor()
	for _, want := range []string{"ok     Slack app of northside", "ok     channel of northside: C0123ABCD", "ok     Slack app of southside", "ok     channel of southside: C0SOUTH1"} {
		if !strings.Contains(after, want) {
			t.Errorf("doctor does not say %q:\n%s", want, after)
		}
	}
	if strings.Contains(after+s.serve.output.String(), "xoxb-") {
		t.Error("a token was printed")
	}
}
