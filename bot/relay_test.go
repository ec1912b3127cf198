package bot_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
)

// pageOf presses Text patient and returns the address of the page.
func (w *world) pageOf(card sandbox.Message) string {
	w.t.Helper()
	w.press(michael, card, bot.ActionText)
	address := ""
	w.eventually("the page to write on is offered", func() bool {
		address = pageIn(w.modal(michael).Blocks)
		return address != ""
	})
	w.sandbox.Slack().CloseModal(michael)
	return address
}

// pageIn is the address that a dialog's button opens; empty for none.
func pageIn(blocks json.RawMessage) string {
	var found []struct {
		Elements []struct{ URL string }
	}
	if json.Unmarshal(blocks, &found) != nil {
		return ""
	}
	for _, b := range found {
		for _, e := range b.Elements {
			if e.URL != "" {
				return e.URL
			}
		}
	}
	return ""
}

// browse asks for a page, or sends a form to it.
func (w *world) browse(address string, form url.Values) (int, string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
	defer cancel()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	w.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	w.must(err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	w.must(err)
	return answer.StatusCode, string(page)
}

// undoPasses lets the time to undo pass, and waits for what follows.
func (w *world) undoPasses(what string, holds func() bool) {
	w.t.Helper()
	w.clock.set(w.clock.Now().Add(w.config.UndoFor))
	w.must(w.bot.ClockMoved(w.ctx))
	w.eventually(what, holds)
}

func TestScenario40AClinicianTextsFromOurPageAndChatterNever(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare()
		before := len(w.phone())
		w.sandbox.Slack().Say(michael, card.Channel, card.TS, "tell him to rest <!channel>")
		page := w.pageOf(card)
		code, shown := w.browse(page, nil)
		if code != http.StatusOK || !strings.Contains(shown, "Text A.R.") || strings.Contains(shown, "Alex") || !strings.Contains(shown, "We will call you today") {
			t.Fatalf("the page answers %d %s", code, shown)
		}
		if got := w.phone()[before:]; len(got) != 0 {
			t.Fatalf("opening the page, or chatter, sent %q", got)
		}
		for range 2 { // sent twice by an impatient finger
			if code, shown = w.browse(page, url.Values{"body": {"Rest today. Dr. M"}}); code != http.StatusOK || !strings.Contains(shown, "Undo") {
				t.Fatalf("sending answers %d %s", code, shown)
			}
		}
		w.settle()
		if got := w.phone(); strings.Contains(strings.Join(got, "|"), "Dr. M\"") || strings.Contains(strings.Join(got, "|"), "Rest today. Dr. M") {
			t.Fatalf("it left before the time to undo was over: %q", got)
		}
		w.undoPasses("the text arrives", func() bool { return strings.Contains(strings.Join(w.phone(), "|"), "Rest today. Dr. M") })
		sent := 0
		for _, text := range w.phone() {
			if text == "Rest today. Dr. M" {
				sent++
			}
		}
		if sent != 1 {
			t.Errorf("the patient got it %d times", sent)
		}
		w.eventually("the thread says delivered", func() bool { return strings.Contains(w.thread(card), "texted the patient: delivered") })
		if code, _ = w.browse(page[:len(page)-4]+"AAAA", nil); code != http.StatusNotFound {
			t.Errorf("a changed ticket answers %d", code)
		}
		w.clock.set(w.clock.Now().Add(31 * time.Minute))
		if code, _ = w.browse(page, nil); code != http.StatusNotFound {
			t.Errorf("an old ticket answers %d", code)
		}
	})
}

func TestATextIsTakenBackBeforeItLeaves(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare()
		page := w.pageOf(card)
		w.browse(page, url.Values{"body": {"Oops"}})
		w.settle()
		if code, shown := w.browse(page+"/undo", url.Values{}); code != http.StatusOK || !strings.Contains(shown, "taken back by Michael Torres") {
			t.Fatalf("undo answers %d %s", code, shown)
		}
		w.undoPasses("the thread says so", func() bool { return strings.Contains(w.thread(card), "not sent, taken back") })
		if got := strings.Join(w.phone(), "|"); strings.Contains(got, "Oops") {
			t.Errorf("it left all the same: %q", got)
		}
	})
}

func TestScenario41TheBotIsSilentWhileAHumanTexts(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare()
		page := w.pageOf(card)
		w.browse(page, url.Values{"body": {"How is it now?"}})
		w.undoPasses("the text arrives", func() bool { return w.lastText() == "How is it now?" })
		told := len(w.phone())
		w.texts("a bit better thanks")
		if got := w.phone()[told:]; len(got) != 0 {
			t.Errorf("the bot talked into it: %q", got)
		}
		w.eventually("the clinician has the answer", func() bool { return strings.Contains(w.thread(card), "a bit better thanks") })
		w.until(1, "08:40")
		if got := w.phone()[told:]; len(got) != 0 {
			t.Errorf("the bot asked into it: %q", got)
		}
		handedBack := false
		w.eventually("it can be handed back", func() bool {
			for _, m := range w.sandbox.Slack().Thread(card.Channel, card.TS) {
				if id := regexp.MustCompile(`hand_back:[0-9a-f-]+`).FindString(string(m.Blocks)); id != "" && !handedBack {
					handedBack = true
					w.press(michael, m, id)
				}
			}
			return handedBack
		})
		w.eventually("the patient hears of it", func() bool { return strings.Contains(w.lastText(), "check-ins are back on") })
	})
}

func TestWhoStoppedTextsIsNotTexted(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		card := w.flare()
		page := w.pageOf(card)
		w.texts("STOP")
		code, shown := w.browse(page, url.Values{"body": {"Please ring us"}})
		if code != http.StatusOK || !strings.Contains(shown, "Ring them instead") {
			w.t.Errorf("the page answers %d %s", code, shown)
		}
		if got := strings.Join(w.phone(), "|"); strings.Contains(got, "Please ring us") {
			w.t.Errorf("texted after STOP: %q", got)
		}
	})
}

func TestAClinicMayTextFromSlackItself(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.clinic.Slack.RelayReplies = true
		w.enrol()
		card := w.flare()
		w.press(michael, card, bot.ActionText)
		if got := string(w.modal(michael).Blocks); !strings.Contains(got, "BACK pain") {
			t.Fatalf("the dialog shows %s, want the conversation", got)
		}
		w.submit(michael, map[string]any{"body": "Rest today, please."})
		w.undoPasses("the text arrives", func() bool { return w.lastText() == "Rest today, please." })
	})
}

// A text that waits for its undo waits by the machine's clock: when the bot's is
// moved, as a demo's is, it leaves by the new time, and nothing says that it waits.
func TestATextLeavesAtOnceWhenTheClockIsMoved(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare()
		page := w.pageOf(card)
		wrote := w.clock.Now()
		w.browse(page, url.Values{"body": {"Rest today. Dr. M"}})
		w.settle()
		leaves, err := w.bot.NextTextAt(w.ctx)
		w.must(err)
		if want := wrote.Add(w.config.UndoFor); !leaves.Equal(want) {
			t.Fatalf("the text leaves at %v, want %v", leaves, want)
		}
		w.clock.set(leaves)
		w.must(w.bot.ClockMoved(w.ctx))
		if got := w.lastText(); got != "Rest today. Dr. M" {
			t.Errorf("after the clock was moved the last text is %q", got)
		}
		if _, shown := w.browse(page, nil); strings.Contains(shown, "in a few seconds") || strings.Contains(shown, "Undo") {
			t.Errorf("the page still says that it waits: %s", shown)
		}
		w.eventually("the thread no longer says that it waits", func() bool {
			return strings.Contains(w.thread(card), "texted the patient: ") && !strings.Contains(w.thread(card), "in a few seconds")
		})
		if leaves, err = w.bot.NextTextAt(w.ctx); err != nil || !leaves.IsZero() {
			t.Errorf("another text is said to wait until %v, error %v", leaves, err)
		}
	})
}
