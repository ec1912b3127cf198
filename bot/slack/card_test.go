package slack_test

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
	"backstop/flows"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

var userMention = regexp.MustCompile(`<@[UW][A-Z0-9]{4,20}>`)

// sent posts once and returns the text and the blocks as they went over the wire.
func sent(t testing.TB, f *fakeSlack, post func(bot.Post) error, p bot.Post) (text, blocks string) {
	if err := post(p); err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	form := f.calls[len(f.calls)-1].form
	return form.Get("text"), form.Get("blocks")
}

func newYork(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func flare(t testing.TB) bot.Card {
	return bot.Card{
		AlertID: "0190f0aa-0000-7000-8000-000000000042", Level: flows.P2, Patient: "J.D.", Stage: "S5 heavy",
		Headline: "Pain 7 this evening", Words: "7, worse than last week & it *really* hurts <!channel> https://evil.example :fire:",
		Reading: "7 now, usual 1", Trend: "last five mornings 1, 0, 1, 2, 4",
		Told: "Rest today, keep moving gently. We hold your homework & ask again tomorrow.",
		Next: "Text to the patient: question the morning after, Tue 08:30 CST. If nobody takes it by Tue 10:00, there is a reminder in the thread.", Why: "R2c: pain 7 is 6 or more and well above the usual 1",
		OpenedAt: time.Date(2026, 11, 24, 1, 4, 0, 0, time.UTC), State: "open", Zone: newYork(t),
	}
}

// messages are the states a clinician meets, by the name of their golden file.
func messages(t testing.TB) map[string]bot.Post {
	card := func(change func(*bot.Card)) bot.Post {
		c := flare(t)
		change(&c)
		return bot.Post{ID: "post-1", Channel: "C1", Card: &c}
	}
	taken := func(c *bot.Card) {
		c.State, c.AcknowledgedBy, c.AcknowledgedAt = "acknowledged", "U0SAM", c.OpenedAt.Add(7*time.Minute)
	}
	redFlag := func(c *bot.Card) {
		c.Level, c.Headline, c.Reading, c.Trend = flows.P1, "Red flag: bladder, bowel or saddle area", "", ""
		c.Words, c.Why, c.Mention = "numb <down there> & can't pee", `R0: the words "can't pee"`, true
	}
	return map[string]bot.Post{
		"p1_open":      card(redFlag),
		"p1_escalated": card(func(c *bot.Card) { redFlag(c); c.Escalated = "on-call Sam rung at 21:04" }),
		"p1_taken_by_phone": card(func(c *bot.Card) {
			redFlag(c)
			taken(c)
			c.AcknowledgedBy = "Sam Okafor"
		}),
		"p1b_open": card(func(c *bot.Card) { c.Level = flows.P1b }),
		"p2_open":  card(func(*bot.Card) {}),
		"p2_taken": card(taken),
		"p2_picture": card(func(c *bot.Card) {
			c.Picture, c.PictureSays = "F0123", "Pain readings of the last 4 weeks, usual pain 1. The newest: 1 on Nov 22, 7 on Nov 23."
		}),
		"p2_resolved": card(func(c *bot.Card) {
			taken(c)
			c.State, c.ResolvedBy, c.ResolvedAt, c.Outcome = "resolved", "U0MICHAEL", c.OpenedAt.Add(26*time.Hour), "settled by the morning"
		}),
		"p2_resolved_unseen": card(func(c *bot.Card) {
			c.State, c.ResolvedBy, c.ResolvedAt = "resolved", "patient", c.OpenedAt.Add(time.Hour)
		}),
		"digest": {ID: "post-1", Channel: "C1", Overview: &bot.Overview{Title: "This morning, Wed Nov 25", Parts: []bot.Part{
			{Title: "Open alerts (2)", Lines: []string{"P1 · J.D. · Red flag: bladder, bowel or saddle area · open since Wed 06:10", "P2 · A.R. · Flare-up: pain 7 · Sam Lee has it"}},
			{Title: "Did not answer (7)", Lines: []string{"K.I. · asked Tue 19:00", "L.R. · asked Tue 19:00"}, More: "and 5 more"},
			{Title: "Personal bests (1)", Lines: []string{"M.O. · estimated maximum 212 lb, before 205"}},
		}, Foot: []string{"Alerts per clinician and working day: 0.6 in the last 7 days (3 in all), 0.4 in the last 28 (8). 5 of 6 called useful (83 %)."}}},
		"flood": {ID: "post-1", Channel: "C1", Overview: &bot.Overview{Title: "Many alerts at once: 44 more stand in this thread", Parts: []bot.Part{
			{Title: "Who", Lines: []string{"P2 · J.D. · Flare-up: pain 7 since the session"}, More: "and 43 more"}},
			Foot: []string{"Flare-ups (P2): 44. For information (P3): 0. Open: 40, taken: 4, resolved: 0.", "44 of them come from rule R2c. If the protocol was changed today, look at that first."}}},
		"p3_bare": {ID: "post-1", Channel: "C1", Card: &bot.Card{
			AlertID: "a", Level: flows.P3, Patient: "case 4f2a91", Headline: "A text we could not understand", OpenedAt: flare(t).OpenedAt, State: "open",
		}},
		"line":           {ID: "post-2", Channel: "C1", Thread: "1.2", Line: "Pain 4 this morning (usual 1), not an alert by itself"},
		"line_and_words": {ID: "post-2", Channel: "C1", Thread: "1.2", Line: "They wrote again", Words: "it's <@U0SAM> `worse` *now*"},
		"line_calls":     {ID: "post-2", Channel: "C1", Thread: "1.2", Line: "Nobody has acknowledged this yet.", Calls: []string{"U0SAM", "Sam Lee", "<!channel>"}},
		"line_alone":     {ID: "post-3", Channel: "C1", Line: "A text came from a number nobody here knows."},
	}
}

func TestMessagesAsClinicianSeesThem(t *testing.T) {
	f := newFakeSlack(t)
	client := newClient(t, f)
	post := func(p bot.Post) error { _, err := client.Post(t.Context(), p); return err }
	for name, p := range messages(t) {
		t.Run(name, func(t *testing.T) {
			text, blocks := sent(t, f, post, p)
			for _, wrong := range wrongWith(blocks) {
				t.Error(wrong)
			}
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(map[string]any{"text": text, "blocks": json.RawMessage(blocks)}); err != nil {
				t.Fatal(err)
			}
			readable := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(got.String())
			golden := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(golden, []byte(readable), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if readable != string(want) {
				t.Errorf("%s has changed; if it is meant, run with -update\n%s", golden, readable)
			}
		})
	}
}

func TestFallbackTextSaysNothingAboutAPatient(t *testing.T) {
	f := newFakeSlack(t)
	client := newClient(t, f)
	post := func(p bot.Post) error { _, err := client.Post(t.Context(), p); return err }
	for name, p := range messages(t) {
		text, _ := sent(t, f, post, p)
		if text == "" || !strings.HasPrefix(text, "Backstop") {
			t.Errorf("%s: a screen reader hears %q", name, text)
		}
		for _, secret := range []string{"J.D.", "4f2a91", "pee", "worse", "Pain", "bladder", "7", "number nobody"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: the lock screen shows %q in %q", name, secret, text)
			}
		}
	}
}

func TestButtonsFollowTheState(t *testing.T) {
	f := newFakeSlack(t)
	client := newClient(t, f)
	post := func(p bot.Post) error { _, err := client.Post(t.Context(), p); return err }
	for state, want := range map[string][2]bool{"open": {true, true}, "acknowledged": {false, true}, "resolved": {false, false}} {
		c := flare(t)
		c.State = state
		_, blocks := sent(t, f, post, bot.Post{ID: "p", Channel: "C1", Card: &c})
		got := [2]bool{strings.Contains(blocks, `"action_id":"acknowledge"`), strings.Contains(blocks, `"action_id":"resolve"`)}
		if got != want {
			t.Errorf("%s shows acknowledge and resolve %v, want %v", state, got, want)
		}
	}
}

// nasty are pieces out of which texts are put together that try to mention,
// link, format, hide, turn or overflow.
var nasty = []string{
	"<", ">", "&", "&lt;", "&amp;lt;", "<!channel>", "<!here>", "<@U0SAM>", "<#C1|x>", "<https://evil.example|pay>", "https://evil.example",
	"*b*", "_i_", "~s~", "`c`", "```", ">>>", ":fire:", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\x00", "\x1b[31m", "\r", "\n", "\n\n\n\n",
	"\u2028", "\t", "\xff", "\xc3", "🛑", "👨\u200d👩\u200d👧", "é", "ß", "漢", "\U000e0041", " ", "…", "“", "plain words ",
}

func untrusted() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		pieces := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(nasty), rapid.String()), 0, 12).Draw(t, "pieces")
		return strings.Repeat(strings.Join(pieces, ""), rapid.SampledFrom([]int{1, 1, 1, 40, 600}).Draw(t, "times"))
	})
}

func TestNothingFromOutsideMentionsLinksFormatsOrOverflows(t *testing.T) {
	f := newFakeSlack(t)
	client := newClient(t, f)
	ctx := t.Context()
	post := func(p bot.Post) error { _, err := client.Post(ctx, p); return err }
	rapid.Check(t, func(t *rapid.T) {
		outside := untrusted()
		words := outside.Draw(t, "words")
		card := bot.Card{
			AlertID: outside.Draw(t, "alert"), Level: rapid.SampledFrom([]flows.Level{flows.P1, flows.P3, "<P9>", ""}).Draw(t, "level"),
			Patient: outside.Draw(t, "patient"), Stage: outside.Draw(t, "stage"), Headline: outside.Draw(t, "headline"), Words: words,
			Reading: outside.Draw(t, "reading"), Trend: outside.Draw(t, "trend"), Told: outside.Draw(t, "told"), Why: outside.Draw(t, "why"),
			State:          rapid.SampledFrom([]string{"open", "acknowledged", "resolved", "<odd>", ""}).Draw(t, "state"),
			AcknowledgedBy: outside.Draw(t, "by"), ResolvedBy: outside.Draw(t, "resolver"), Outcome: outside.Draw(t, "outcome"), Escalated: outside.Draw(t, "escalated"),
			Mention: rapid.Bool().Draw(t, "mention"),
		}
		for _, p := range []bot.Post{
			{ID: "p", Channel: "C1", Card: &card, Words: outside.Draw(t, "below")},
			{ID: "p", Channel: "C1", Line: outside.Draw(t, "line"), Words: words},
		} {
			if err := post(p); err != nil {
				t.Fatal(err)
			}
			f.mu.Lock()
			form := f.calls[len(f.calls)-1].form
			f.calls = f.calls[:0]
			f.mu.Unlock()
			for _, wrong := range wrongWith(form.Get("blocks")) {
				t.Errorf("%s", wrong)
			}
			if text := form.Get("text"); !escapedRight(text) || strings.Contains(text, "<") || runes(text) > 4000 {
				t.Errorf("text %q", text)
			}
			if !card.Mention && strings.Contains(form.Get("blocks"), "!here\\u003e\",") {
				t.Errorf("the channel is called by %s", form.Get("blocks"))
			}
		}
	})
}
