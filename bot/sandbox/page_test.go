package sandbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/slack-go/slack"

	"backstop/bot/sandbox"
)

const chromium = "/usr/bin/chromium"

// browse opens the page in a browser of its own.
func browse(t *testing.T, address string) context.Context {
	t.Helper()
	if _, err := os.Stat(chromium); err != nil {
		t.Fatalf("this test needs a browser at %s: install it with `apt-get install chromium`", chromium)
	}
	o := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 800),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true), chromedp.UserDataDir(t.TempDir())}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), o...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	step(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(address), chromedp.WaitVisible(id("feed")))
	return ctx
}

func id(testid string) chromedp.CSS { return chromedp.CSS(`[data-testid="` + testid + `"]`) }

// step does one thing after the other, all within half a minute.
func step(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	err := chromedp.Do(ctx, chromedp.Func(func(context.Context, *chromedp.Target) error { return nil }))
	if err == nil {
		short, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		err = chromedp.Do(short, actions...)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// shot keeps a picture when SANDBOX_SHOTS names a folder.
func shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("SANDBOX_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// holds waits until an expression is true on the page.
func holds(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(10*time.Second))); err != nil {
		is, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
		t.Fatalf("never held: %s: %v\n%s", expression, err, is)
	}
}

// see waits until the page shows a text in an element.
func see(t *testing.T, ctx context.Context, sel chromedp.CSS, text string) {
	t.Helper()
	holds(t, ctx, `[...document.querySelectorAll(`+quote(string(sel))+`)].some(e => e.textContent.includes(`+quote(text)+`))`)
}

func quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}

// virtual is a clock that can be moved.
type virtual struct {
	mu    sync.Mutex
	at    time.Time
	block chan struct{}
	skips []time.Time
}

func (c *virtual) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *virtual) Skip(to time.Time) error {
	if c.block != nil {
		<-c.block
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if to.Before(c.at) {
		return errors.New("backwards")
	}
	c.at = to
	c.skips = append(c.skips, to)
	return nil
}

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", s, false, false)
}

func mrkdwn(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("mrkdwn", s, false, false)
}

// painAlert is an alert as the product posts it, more or less.
func painAlert(state string) slack.MsgOption {
	blocks := []slack.Block{
		slack.NewHeaderBlock(plainText("P2 · A.R. · Pain 7 this evening")),
		slack.NewSectionBlock(nil, []*slack.TextBlockObject{
			mrkdwn("*Reading*\n7 now, usual 1"), mrkdwn("*Stage*\nS3 moderate"),
			mrkdwn("*Last five mornings*\n1, 0, 1, 2, 1"), mrkdwn("*Told the patient*\nRest tonight, no lifting")}, nil),
		slack.NewRichTextBlock("words", &slack.RichTextQuote{Type: slack.RTEQuote,
			Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement("7, it seized up after the last set", nil)}}),
		slack.NewContextBlock("why", mrkdwn("Why: 7 is at or over the alert threshold of 4.  "+state)),
	}
	if state == "" {
		ack := slack.NewButtonBlockElement("acknowledge", "a1", plainText("Acknowledge")).WithStyle("primary")
		res := slack.NewButtonBlockElement("resolve", "a1", plainText("Resolve"))
		drop := slack.NewButtonBlockElement("dismiss", "a1", plainText("False alarm")).WithStyle("danger")
		drop.Confirm = slack.NewConfirmationBlockObject(plainText("False alarm?"), plainText("The patient is told nothing."), plainText("Yes"), plainText("No"))
		blocks = append(blocks, slack.NewActionBlock("act", ack, res, drop))
	}
	return slack.MsgOptionBlocks(blocks...)
}

// TestTheDemoInABrowser walks the whole page with a tiny bot behind it.
func TestTheDemoInABrowser(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	clock := &virtual{at: time.Date(2026, 11, 23, 16, 40, 0, 0, newYork)}
	ran := make(chan struct{}, 1)
	sb, b := play(t, sandbox.Options{Clock: clock, Zone: newYork, Title: "Backstop demo",
		Phones:  []sandbox.Phone{{Number: ana, Name: "Ana", Zone: newYork}, {Number: "+12025550177", Name: "Ben", Zone: newYork}},
		Actions: []sandbox.Action{{Label: "Finish a session", Run: func(context.Context) error { ran <- struct{}{}; return nil }}}})
	api := slackClient(t, sb)
	tw := twilioClient(t, sb, 5*time.Second)
	var alertTS string
	b.on("/twilio/sms", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		_, _ = w.Write([]byte(`<Response/>`))
		if r.Form.Get("Body") != "7, it seized up after the last set" {
			return
		}
		if _, err := tw.CreateMessage(text(ana, "Thanks for telling me. Please rest tonight and leave the bar alone. I'm letting Dr. Michael know now.")); err != nil {
			t.Error(err)
		}
		_, alertTS, err = api.PostMessage(room, slack.MsgOptionText("P2 alert", false), painAlert(""))
		if err != nil {
			t.Error(err)
		}
	})
	b.on("/slack/interactions", func(w http.ResponseWriter, r *http.Request) {
		var p slack.InteractionCallback
		if err := json.Unmarshal([]byte(r.Form.Get("payload")), &p); err != nil {
			t.Error(err)
			return
		}
		switch {
		case p.Type == slack.InteractionTypeViewSubmission:
			if v := p.View.State.Values["note_block"]["note"].Value; v == "hm" {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(`{"response_action":"errors","errors":{"note_block":"Please write a little more"}}`))
				return
			}
			_, _, _, err := api.UpdateMessage(room, alertTS, slack.MsgOptionText("resolved", false), painAlert("Resolved by <@"+p.User.ID+">: "+
				p.View.State.Values["outcome_block"]["outcome"].SelectedOption.Value))
			if err != nil {
				t.Error(err)
			}
		case p.ActionCallback.BlockActions[0].ActionID == "acknowledge":
			if _, _, err := api.PostMessage(room, slack.MsgOptionText("Acknowledged by <@"+p.User.ID+"> at 19:07", false), slack.MsgOptionTS(alertTS)); err != nil {
				t.Error(err)
			}
		case p.ActionCallback.BlockActions[0].ActionID == "resolve":
			if _, err := api.OpenView(p.TriggerID, modal(outcomeField(), noteField())); err != nil {
				t.Error(err)
			}
		}
	})
	b.on("/slack/events", func(_ http.ResponseWriter, _ *http.Request) {
		raw := b.raw("/slack/events")
		if strings.Contains(raw[len(raw)-1], "app_home_opened") {
			_, err := api.PublishView(michael, slack.HomeTabViewRequest{Type: "home", Blocks: slack.Blocks{BlockSet: []slack.Block{
				slack.NewHeaderBlock(plainText("Needs you now")), slack.NewSectionBlock(mrkdwn("*A.R.* pain 7"), nil, nil)}}}, "")
			if err != nil {
				t.Error(err)
			}
		}
	})
	b.on("/slack/commands", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("Try */backstop due*")) })

	ctx := browse(t, sb.URL())
	see(t, ctx, id("clock"), "16:40")
	step(t, ctx, chromedp.Click(id("action-0")))
	<-ran
	step(t, ctx, chromedp.Click(id("skip-evening")))
	see(t, ctx, id("clock"), "19:05")
	if _, err := tw.CreateMessage(text(ana, "Hi Ana, Backstop for Dr. Michael. How is your back this evening, 0 to 10?")); err != nil {
		t.Fatal(err)
	}
	see(t, ctx, id("bubble-theirs"), "How is your back")
	step(t, ctx, chromedp.SendKeys(id("phone-input"), "7, it seized up after the last set\r"))
	see(t, ctx, id("bubble-mine"), "seized up")
	see(t, ctx, id("bubble-theirs"), "Please rest tonight")
	see(t, ctx, id("feed"), "Pain 7 this evening")
	shot(t, ctx, "1-alert")

	step(t, ctx, chromedp.Click(id("press-acknowledge")))
	see(t, ctx, id("reply"), "Acknowledged by @Dr. Michael Reyes")
	step(t, ctx, chromedp.SendKeys(id("reply-input"), "calling her now\r"))
	see(t, ctx, id("reply"), "calling her now")
	step(t, ctx, chromedp.Click(id("press-dismiss")), chromedp.WaitVisible(id("confirm-no")))
	shot(t, ctx, "2-confirm")
	before := len(b.got("/slack/interactions"))
	step(t, ctx, chromedp.Click(id("confirm-no")))
	equal(t, "a press that was thought better of", len(b.got("/slack/interactions")), before)

	step(t, ctx, chromedp.Click(id("press-resolve")), chromedp.WaitVisible(id("modal-submit")),
		chromedp.SetValue(id("field-outcome"), "referred"), chromedp.SendKeys(id("field-note"), "hm"), chromedp.Click(id("modal-submit")))
	see(t, ctx, id("error-note_block"), "little more")
	shot(t, ctx, "3-modal")
	step(t, ctx, chromedp.SendKeys(id("field-note"), ", sent on"), chromedp.Click(id("modal-submit")))
	holds(t, ctx, `!document.getElementById("modal").open`)
	see(t, ctx, id("feed"), "Resolved by @Dr. Michael Reyes: referred")

	step(t, ctx, chromedp.SendKeys(id("slack-input"), "/backstop help\r"))
	see(t, ctx, id("feed"), "Only visible to you")
	shot(t, ctx, "4-resolved")
	step(t, ctx, chromedp.SetValue(id("user"), sam))
	holds(t, ctx, `!document.querySelector('[data-testid=feed]').textContent.includes("Only visible")`)
	step(t, ctx, chromedp.SetValue(id("user"), michael))
	step(t, ctx, chromedp.Click(id("place-home")))
	see(t, ctx, id("home"), "Needs you now")
	shot(t, ctx, "5-home")

	p := ring(b)
	p.SetTo("+12025550177")
	if _, err := tw.CreateCall(p); err != nil {
		t.Fatal(err)
	}
	see(t, ctx, id("phone-+12025550177"), "☎")
	step(t, ctx, chromedp.Click(id("phone-+12025550177")), chromedp.Click(id("call-answer")))
	see(t, ctx, id("call"), "Urgent. Press 1.")
	shot(t, ctx, "6-call")
	step(t, ctx, chromedp.Click(id("key-1")))
	holds(t, ctx, `!document.querySelector("[data-testid=call]")`)
	equal(t, "pressed", b.got("/twilio/voice")[0].Get("Digits"), "1")

	clock.block = make(chan struct{})
	step(t, ctx, chromedp.Click(id("skip-week")), chromedp.WaitVisible(id("busy")))
	holds(t, ctx, `[...document.querySelectorAll("[data-skip],[data-run]")].every(b => b.disabled)`)
	close(clock.block)
	see(t, ctx, id("clock"), "30 November")
}
