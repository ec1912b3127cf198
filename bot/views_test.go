package bot_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/flows/reply"
	"backstop/storage"
	"backstop/storage/storagetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What differs from run to run in a view: ids, tickets, the block ids Slack gives.
var (
	anID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
	aTicket  = regexp.MustCompile(`(/text/|\\?"about\\?":\\?")[A-Za-z0-9_-]{60,}`)
	aBlockID = regexp.MustCompile(`"block_id": ?"b[0-9A-Z]{5}",?`)
	aHost    = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	aCase    = regexp.MustCompile(`case [0-9a-f]{6}`)
)

// golden holds a view to its golden file and to Slack's documented limits.
func golden(t *testing.T, name string, v sandbox.View) {
	t.Helper()
	for _, wrong := range sandbox.ValidateView(v.Raw) {
		t.Errorf("%s: %s", name, wrong)
	}
	raw := aTicket.ReplaceAll(anID.ReplaceAll(v.Raw, []byte("ID")), []byte("${1}TICKET"))
	raw = aCase.ReplaceAll(aHost.ReplaceAll(aBlockID.ReplaceAll(raw, nil), []byte("PUBLIC_URL")), []byte("case NUMBER"))
	var got bytes.Buffer
	if err := json.Indent(&got, raw, "", "  "); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, raw)
	}
	got.WriteByte('\n')
	readable := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(got.String())
	file := filepath.Join("testdata", "views", name+".json")
	if *update {
		if err := os.WriteFile(file, []byte(readable), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if readable != string(want) {
		t.Errorf("%s has changed; if it is meant, run with -update\n%s", file, readable)
	}
}

// sees is the dialog somebody sees, once it shows a text.
func (w *world) sees(user, text string) sandbox.View {
	w.t.Helper()
	var v sandbox.View
	w.eventually("a dialog with "+text, func() bool {
		v, _ = w.sandbox.Slack().Modal(user)
		return strings.Contains(string(v.Raw), text)
	})
	return v
}

// Every dialog and the home view, as Slack gets them.
func TestEveryViewAsClinicianSeesIt(t *testing.T) {
	w := newWorld(t, storagetest.Open(t, storage.SQLite))
	slack := w.sandbox.Slack()
	opens := func(command, shows, name string) {
		t.Helper()
		w.command(michael, command)
		golden(t, name, w.sees(michael, shows))
		slack.CloseModal(michael)
	}
	pressed := func(m sandbox.Message, action, shows, name string) {
		t.Helper()
		w.press(michael, m, action)
		golden(t, name, w.sees(michael, shows))
		slack.CloseModal(michael)
	}

	opens("enrol", "Mobile phone", "enrol")
	w.command(michael, "enrol")
	w.submit(michael, map[string]any{"name": "Kim Ito", "phone": "(212) 555-0134", "baseline": "1", "consent": "ask"})
	golden(t, "enrolled", w.sees(michael, "K.I. is in care"))
	slack.CloseModal(michael)

	w.enrol()
	_, _, err := w.bot.LogSession(w.ctx, bot.NewSession{Patient: "alex", EndedAt: w.clock.Now(), Kind: "visit",
		Lifts: []reply.Lift{{Exercise: "deadlift", Sets: 3, Reps: []int{5}, Load: 185, Unit: reply.Pound, RPE: new(8.0)}}}, "test")
	w.must(err)
	w.settle()
	opens("session", "Ended at", "session")
	opens("session alex", "Ended at", "session_of_somebody")
	opens("find", "Look up", "find")
	opens("plan alex", "Body weight", "homework")
	opens("cancel alex", "Which one?", "cancel")
	opens("phone alex", "The right number", "phone")
	opens("discharge alex", "checks go on for a year", "discharge")

	w.until(0, "19:05")
	w.texts("7")
	card := w.cards()[0]
	opens("find alex", "Known pain", "patient")
	w.press(michael, card, bot.ActionAcknowledge)
	golden(t, "promise", w.sees(michael, "You have it"))
	slack.CloseModal(michael)
	card = w.cards()[0]
	pressed(card, bot.ActionCall, "What came of it?", "call")
	pressed(card, bot.ActionText, "on a page of ours", "text_on_our_page")
	w.clinic.Slack.RelayReplies = true
	pressed(card, bot.ActionText, "Your own words", "text")
	pressed(card, bot.ActionResolve, "closed for everybody", "resolve")

	w.command(michael, "find alex")
	v := w.sees(michael, "Known pain")
	if d := slack.PressIn(michael, v.ID, "command:phone "+w.patientID()); !d.OK() {
		t.Fatalf("press: %+v", d)
	}
	w.sees(michael, "The right number") // the patient's dialog gave way to it
	slack.CloseModal(michael)

	w.seesAtHome(michael, "P2 · A.R.")
	home, _ := slack.Home(michael)
	golden(t, "home", home)
	w.clock.set(w.clock.Now().Add(time.Minute)) // a report counts what came before it
	if d := slack.PressIn(michael, home.ID, "command:report"); !d.OK() {
		t.Fatalf("press: %+v", d)
	}
	golden(t, "said", w.sees(michael, "The last 30 days"))
	slack.CloseModal(michael)
	w.seesAtHome("U0STRANGER", "You are not on the list")
	home, _ = slack.Home("U0STRANGER")
	golden(t, "home_of_a_stranger", home)
}
