package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/storagetest"
)

const (
	servedPhone   = "+13125550171"
	servedNumber  = "+13125550199"
	servedChannel = "C0123ABCD"
	servedUser    = "U0123ABCD"
)

// served is 'backstop serve' as a process, with the sandbox as another.
type served struct {
	t        *testing.T
	settings map[string]string
	address  string
	sandbox  *sandboxProcess
	serve    *program
	token    string
	engine   storage.Engine
}

func startServed(t *testing.T, engine storage.Engine) *served {
	t.Helper()
	dir := t.TempDir()
	clinicFile := filepath.Join(dir, "clinic.yaml")
	if err := os.WriteFile(clinicFile, protocol.Example, 0o600); err != nil {
		t.Fatal(err)
	}
	s := &served{t: t, address: freeAddress(t), engine: engine}
	s.sandbox = startSandbox(t, "http://"+s.address, clinicFile)
	s.settings = map[string]string{
		"DATABASE_URL": storagetest.EmptyURL(t, engine), "BACKSTOP_KEYSET": storagetest.Keyset(t), "CLINIC_FILE": clinicFile,
		"LISTEN": s.address, "SETTLE_AFTER": "2s", "LOG_LEVEL": "debug", "SPREAD_QUESTIONS": "0s", "TEXTS_PER_SECOND": "0",
	}
	for name, value := range s.sandbox.settings {
		s.settings[name] = value
	}
	return s
}

// start starts the server and waits until it is ready.
func (s *served) start() {
	s.t.Helper()
	s.serve = launch(s.t, s.settings, "serve")
	wait(s.t, 20*time.Second, "serve is ready", func() bool {
		select {
		case err := <-s.serve.exited:
			s.t.Fatalf("serve ended: %v\n%s", err, s.serve.output)
		default:
		}
		response, err := http.Get("http://" + s.address + "/readyz")
		if err != nil {
			return false
		}
		defer response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
}

// post sends a request and expects a status.
func (s *served) post(path, contentType, body string, header map[string]string, want int) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, "http://"+s.address+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", contentType)
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(response.Body)
	if response.StatusCode != want {
		s.t.Fatalf("POST %s: %d, want %d: %s", path, response.StatusCode, want, answer)
	}
}

func (s *served) api(path, body string) {
	s.t.Helper()
	s.post(path, "application/json", body, map[string]string{"Authorization": "Bearer " + s.token}, http.StatusCreated)
}

// text brings an inbound text as Twilio does, signed; with a wrong key when forged.
func (s *served) text(sid, body, key string, want int) {
	s.t.Helper()
	s.textFrom(servedPhone, sid, body, key, want)
}

func (s *served) textFrom(phone, sid, body, key string, want int) {
	s.t.Helper()
	form := url.Values{"MessageSid": {sid}, "AccountSid": {s.settings["TWILIO_ACCOUNT_SID"]}, "From": {phone},
		"To": {servedNumber}, "Body": {body}, "NumMedia": {"0"}, "NumSegments": {"1"}, "ApiVersion": {"2010-04-01"}}
	s.post("/twilio/sms", "application/x-www-form-urlencoded", form.Encode(),
		map[string]string{"X-Twilio-Signature": twilioSignature(key, s.settings["PUBLIC_URL"]+"/twilio/sms", form)}, want)
}

// press presses a button as Slack does, signed.
func (s *served) press(card slackMessage, action string) {
	s.t.Helper()
	var blocks []struct {
		BlockID  string `json:"block_id"`
		Elements []struct {
			ActionID string `json:"action_id"`
			Value    string `json:"value"`
		} `json:"elements"`
	}
	if err := json.Unmarshal(card.Blocks, &blocks); err != nil {
		s.t.Fatal(err)
	}
	var pressed map[string]any
	for _, b := range blocks {
		for _, e := range b.Elements {
			if e.ActionID == action {
				pressed = map[string]any{"type": "button", "action_id": e.ActionID, "block_id": b.BlockID, "value": e.Value, "action_ts": "1700000000.000100"}
			}
		}
	}
	if pressed == nil {
		s.t.Fatalf("the card has no button %s: %s", action, card.Blocks)
	}
	payload, err := json.Marshal(map[string]any{
		"type": "block_actions", "api_app_id": "A0BACKSTOP", "team": map[string]any{"id": "T0SANDBOX"},
		"user":      map[string]any{"id": servedUser, "name": "michael"},
		"channel":   map[string]any{"id": servedChannel, "name": "pt-alerts"},
		"container": map[string]any{"type": "message", "message_ts": card.TS, "channel_id": servedChannel},
		"message":   map[string]any{"ts": card.TS, "type": "message"},
		"actions":   []any{pressed}, "trigger_id": "1.2.3", "response_url": s.sandbox.settings["page"] + "/response/x",
	})
	if err != nil {
		s.t.Fatal(err)
	}
	body := url.Values{"payload": {string(payload)}}.Encode()
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	s.post("/slack/interactions", "application/x-www-form-urlencoded", body, map[string]string{
		"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": slackSignature(s.settings["SLACK_SIGNING_SECRET"], stamp, body)}, http.StatusOK)
}

func twilioSignature(key, address string, form url.Values) string {
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	sort.Strings(names)
	mac := hmac.New(sha1.New, []byte(key))
	io.WriteString(mac, address)
	for _, name := range names {
		io.WriteString(mac, name+form.Get(name))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func slackSignature(secret, stamp, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	io.WriteString(mac, "v0:"+stamp+":"+body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// eveningZone is a time zone in which it is after seven and well before the
// quiet hours, so that an evening question is due now.
func eveningZone(t *testing.T) string { return zoneAt(t, 19) }

// zoneAt is a time zone in which it is this hour now.
func zoneAt(t *testing.T, hour int) string {
	t.Helper()
	now := time.Now()
	for offset := -14; offset <= 12; offset++ {
		zone := fmt.Sprintf("Etc/GMT%+d", offset)
		if location, err := time.LoadLocation(zone); err == nil && now.In(location).Hour() == hour {
			return zone
		}
	}
	t.Fatalf("it is %d o'clock nowhere", hour)
	return ""
}

// TestServeWalksOneConversation drives the bot as a process by signed HTTP
// alone: enrolled and told of a session through the API, the patient texts,
// the clinician presses. In the second run the server dies (kill -9) between
// any two steps and starts again, and everything still happens once.
func TestServeWalksOneConversation(t *testing.T) {
	for _, engine := range storagetest.Engines {
		for _, dies := range []bool{false, true} {
			name := string(engine)
			if dies {
				name += ", killed after every step"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				walkServed(t, engine, dies)
			})
		}
	}
}

func walkServed(t *testing.T, engine storage.Engine, dies bool) {
	s := startServed(t, engine)
	behind := launch(t, s.settings, "serve")
	if err := <-behind.exited; err == nil || !strings.Contains(behind.output.String(), "migrate up") {
		t.Fatalf("serve on an empty database: %v, %s; want it to name 'migrate up'", err, behind.output)
	} else {
		behind.exited <- err
	}
	runs(t, s.settings, "migrate", "up")
	var made struct{ Token string }
	if err := json.Unmarshal([]byte(runs(t, s.settings, "token", "create", "--clinic", "northside", "--name", "test", "--json")), &made); err != nil {
		t.Fatal(err)
	}
	s.token = made.Token
	s.start()
	// A job that dies with its machine is taken up again after bot.rescueAfter
	// and the queue's own interval.
	const most = 100 * time.Second
	step := func() {
		if dies {
			s.serve.kill()
			s.start()
		}
	}

	s.api("/api/v1/patients", `{"external_id":"p-1","name":"Alex Rivera","phone":"`+servedPhone+`","baseline":1,"stage":"S5","time_zone":"`+eveningZone(t)+`",
		"consent":{"method":"written","at":"`+time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)+`"}}`)
	step()
	wait(t, most, "the welcome", func() bool { return len(s.sandbox.texts(servedPhone)) == 1 })
	step()
	s.api("/api/v1/sessions", `{"patient":"p-1","external_id":"v-1","ended_at":"`+time.Now().Add(-4*time.Hour+2*time.Second).UTC().Format(time.RFC3339Nano)+`"}`)
	step()
	wait(t, most, "the evening question", func() bool { return len(s.sandbox.texts(servedPhone)) == 2 })
	step()

	s.text("SM0000000000000000000000000000000f", "7", "forged", http.StatusForbidden)
	sid := "SM00000000000000000000000000000001"
	s.text(sid, "7", s.settings["TWILIO_AUTH_TOKEN"], http.StatusOK)
	step()
	s.text(sid, "7", s.settings["TWILIO_AUTH_TOKEN"], http.StatusOK) // Twilio comes again
	wait(t, most, "the answer", func() bool { return len(s.sandbox.texts(servedPhone)) == 3 })
	step()
	wait(t, most, "the alert", func() bool { return len(s.sandbox.cards(servedChannel)) == 1 })
	step()
	s.press(s.sandbox.cards(servedChannel)[0], "acknowledge")
	step()
	wait(t, most, "the alert turns", func() bool {
		return bytes.Contains(s.sandbox.cards(servedChannel)[0].Blocks, []byte("cknowledged"))
	})

	if got := s.sandbox.texts(servedPhone); len(got) != 3 || !strings.Contains(got[2], "Pause lifting") {
		t.Errorf("the phone shows %q, want the welcome, the question and one answer", got)
	}
	if got := s.sandbox.cards(servedChannel); len(got) != 1 {
		t.Errorf("the channel shows %d alerts, want 1", len(got))
	}
	s.checkStored(sid)
	s.stopsCleanly()
}

// checkStored looks into the database: one stored text, and no word of the
// patient's in the log.
func (s *served) checkStored(sid string) {
	s.t.Helper()
	store := storagetest.OpenURL(s.t, s.settings["DATABASE_URL"])
	p, err := store.PatientByExternalID(s.t.Context(), "northside", "p-1")
	if err != nil {
		s.t.Fatal(err)
	}
	conversation, err := store.Conversation(s.t.Context(), "northside", p.ID, 100)
	if err != nil {
		s.t.Fatal(err)
	}
	inbound := 0
	for _, m := range conversation {
		if m.Direction == storage.Inbound {
			inbound++
			if m.ProviderID != sid {
				s.t.Errorf("stored %s, want only %s", m.ProviderID, sid)
			}
		}
	}
	if inbound != 1 {
		s.t.Errorf("%d texts stored, want 1", inbound)
	}
	for _, secret := range []string{"Rivera", servedPhone, "Pause lifting"} {
		if strings.Contains(s.serve.output.String(), secret) {
			s.t.Errorf("the log says %q", secret)
		}
	}
}

// stopsCleanly sends SIGTERM, as a deploy does.
func (s *served) stopsCleanly() {
	s.t.Helper()
	if err := s.serve.cmd.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatal(err)
	}
	select {
	case err := <-s.serve.exited:
		s.serve.exited <- err
		if err != nil {
			s.t.Errorf("serve ended with %v\n%s", err, s.serve.output)
		}
	case <-time.After(28 * time.Second):
		s.t.Error("serve did not stop inside the kill timeout")
	}
}
