package bot_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"backstop/bot"
	"backstop/flows/protocol"
)

// lockedBuffer takes log lines from many goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// A clinic that lets Slack show nothing about a patient: neither cards, threads,
// digests, floods, the Home tab nor commands do, and logs never do for anybody.
func TestScenario49NothingAboutAPatientInLogsOrSlack(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.clinic.Slack.Show, w.clinic.Slack.QuoteWords = protocol.ShowCase, false
		w.clinic.Protocol.Alerts.FloodAfter = 2
		logs := &lockedBuffer{}
		w.must(w.bot.Stop(w.ctx))
		w.config.Log = slog.New(slog.NewJSONHandler(logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
		w.restart()
		w.enrol()
		phones := []string{"+13125550172", "+13125550173", "+13125550174"}
		for i, id := range []string{"kim", "lee", "max"} {
			w.another(id, []string{"Kim Ito", "Lee Ray", "Max Orr"}[i], phones[i])
		}
		w.session()
		w.until(0, "19:05")
		for _, phone := range append(phones, alexPhone) {
			w.receives(phone, "7 it stabs like a kitchen knife")
		}
		w.receives(alexPhone, "my crotch is numb and i cant pee")
		w.receives(phones[0], "purple elephants?")
		w.on("2026-11-25", "08:00")
		w.settle()
		home, err := w.bot.HomeOf(w.ctx, "T0SANDBOX", michael, "")
		w.must(err)
		due, err := w.bot.Command(w.ctx, bot.Command{Text: "due", Channel: w.clinic.Slack.Channel, User: michael})
		w.must(err)
		shown := map[string]string{"the logs": logs.String()}
		for _, m := range w.channel() {
			shown["the channel"] += string(m.Blocks) + m.Text + string(m.Metadata)
		}
		if len(w.digests()) != 1 || !strings.Contains(shown["the channel"], "Many alerts at once") {
			t.Error("no digest or no flood stands in the channel: that proves little")
		}
		words, err := json.Marshal(home)
		w.must(err)
		shown["the Home tab"] = string(words)
		shown["/backstop due"] = due.Say
		for where, text := range shown {
			for _, secret := range []string{"Alex", "Rivera", "A.R.", "Kim", "Ito", "K.I.", "Lee Ray", "Max", "Orr", "5550171", "555-0171", "5550172", "stabs", "kitchen", "crotch", "elephants"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s show %q", where, secret)
				}
			}
		}
	})
}

// receives takes a text in at the bot that runs now, and works off what follows.
func (w *world) receives(phone, body string) {
	w.t.Helper()
	w.hears(phone, body)
	w.settle()
}
