package main

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// shots, when set, is the folder that the screenshots of the README go to:
// go test ./cmd/backstop -run Demo -shots ../../docs
var shots = flag.String("shots", "", "folder for the screenshots of the documentation")

// TestDemoIsPlayedInTheBrowser plays what the README promises: skip to the
// evening, answer 7 as the patient, see the alert, press Acknowledge.
func TestDemoIsPlayedInTheBrowser(t *testing.T) {
	address := freeAddress(t)
	demo := launch(t, nil, "demo", "--listen", address)
	b := openBrowser(t)
	wait(t, 30*time.Second, "the demo prints its address", func() bool {
		return b.open("http://" + address)
	})

	b.see("bubble-theirs", "STOP to end")
	b.click("skip-evening")
	b.see("clock", "19:05")
	b.see("bubble-theirs", "BACK pain")
	b.typeInto("phone-input", "7")
	b.click("phone-send")
	b.see("post", "Pain 7, usual 1")
	b.see("bubble-theirs", "Pause lifting")
	b.do(chromedp.WaitVisible(chromedp.CSS(`[data-testid="post"] img.bk-picture`))) // the card changes once more when it comes
	b.shot("demo")
	b.click("press-acknowledge")
	b.see("modal", "You have it")
	b.click("modal-close")
	b.gone("modal-close")
	b.see("post", "cknowledged by")
	b.click("skip-morning")
	b.see("clock", "08:35")
	b.see("bubble-theirs", "this morning", "BACK today")
	b.typeInto("phone-input", "I can't feel it when I wipe")
	b.click("phone-send")
	b.see("post", "P1")
	b.seesNewestPost()

	if err := demo.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-demo.exited:
		demo.exited <- err
		if err != nil {
			t.Errorf("after Ctrl-C the demo ended with %v\n%s", err, demo.output)
		}
	case <-time.After(20 * time.Second):
		t.Error("the demo did not stop on Ctrl-C")
	}
}

// browser is headless Chromium with one page.
type browser struct {
	t   *testing.T
	ctx context.Context
}

func openBrowser(t *testing.T) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Fatal("this test needs Chromium: run 'make test', or install it (Debian: apt-get install chromium)")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck, chromedp.WindowSize(1280, 800), chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true),
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 800)); err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, ctx: ctx}
}

// open goes to an address and reports whether something answered there.
func (b *browser) open(address string) bool {
	return chromedp.Do(b.ctx, chromedp.Navigate(address), chromedp.WaitVisible(testID("feed"))) == nil
}

func testID(id string) chromedp.CSS { return chromedp.CSS(`[data-testid="` + id + `"]`) }

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) click(id string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(testID(id)), chromedp.Click(testID(id)))
}

func (b *browser) typeInto(id, text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(testID(id), text))
}

// see waits until an element with this id shows one of some texts: wording varies.
func (b *browser) see(id string, texts ...string) {
	b.t.Helper()
	quoted, err := json.Marshal(texts)
	if err != nil {
		b.t.Fatal(err)
	}
	expression := `[...document.querySelectorAll('[data-testid="` + id + `"]')].some(e => ` + string(quoted) + `.some(text => e.textContent.includes(text)))`
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(20*time.Second))); err != nil {
		shown, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body.innerText`))
		b.t.Fatalf("no %s ever showed any of %q: %v\n%s", id, texts, err, strings.TrimSpace(shown))
	}
}

// seesNewestPost waits until the beginning of the newest post is in sight: a card with
// a picture is taller than the channel, and an alert below it must not go unseen.
func (b *browser) seesNewestPost() {
	b.t.Helper()
	const inSight = `(() => {
		const feed = document.querySelector('[data-testid="feed"]').getBoundingClientRect();
		const post = [...document.querySelectorAll('[data-testid="post"]')].pop().getBoundingClientRect();
		return post.top >= feed.top - 1 && post.top < feed.bottom - 60;
	})()`
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[chromedp.Void](inSight, chromedp.WithPollingTimeout(10*time.Second))); err != nil {
		b.t.Fatalf("the newest post is not in sight: %v", err)
	}
}

// shot keeps a picture for the documentation, when asked to.
func (b *browser) shot(name string) {
	b.t.Helper()
	if *shots == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(*shots, name+".png"), png, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// TestTheDemoPlaysTheStory lets the story run until the first homework has been
// answered and the next morning's question too: the people and the bot keep step.
func TestTheDemoPlaysTheStory(t *testing.T) {
	address := freeAddress(t)
	demo := launch(t, nil, "demo", "--listen", address)
	page := "http://" + address + "/page/"
	shown := func() string {
		r, err := http.Get(page + "state?phone=" + url.QueryEscape(storyPhone))
		if err != nil {
			return ""
		}
		defer func() { _ = r.Body.Close() }()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return ""
		}
		return string(body)
	}
	wait(t, 30*time.Second, "the demo is ready", func() bool { return strings.Contains(demo.output.String(), "ready to play") })
	const quickly = `{"Index":2}`
	r, err := http.Post(page+"action", "application/json", strings.NewReader(quickly))
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	wait(t, time.Minute, "the story comes to its second morning", func() bool {
		s := shown()
		return strings.Contains(s, "90/90 hip switch") && strings.Contains(s, "DONE 2") && strings.Contains(s, "Good, your back took that well")
	})
	if err := demo.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
}

// TestAClinicianWorksInTheBrowser goes through what a clinician does in Slack:
// enrol, log a session, see an alert with its picture, take it with a promise,
// text the patient from our page, resolve with an outcome, see Home change.
func TestAClinicianWorksInTheBrowser(t *testing.T) {
	address := freeAddress(t)
	launch(t, nil, "demo", "--listen", address)
	b := openBrowser(t)
	wait(t, 30*time.Second, "the demo prints its address", func() bool { return b.open("http://" + address) })

	b.slash("/backstop enrol")
	b.see("modal", "Usual back pain")
	b.fill("name", "Kim Ito")
	b.fill("phone", "312 555 0188")
	b.fill("baseline", "1")
	b.choose("consent", "written")
	b.click("modal-submit")
	b.see("modal", "K.I. is in care")
	b.clickOn(`[data-testid="modal"] [data-testid^="press-command:plan"]`)
	b.see("modal", "Body weight")
	b.tick("gear", "Bar")
	b.tick("facts", "Adult")
	b.fill("bodyweight", "170")
	b.click("modal-submit")
	b.gone("modal-submit")

	b.slash("/backstop session kim")
	b.see("modal", "Worst pain during")
	b.fill("lifts", "deadlift 3x5 @ 185 lb RPE 8")
	b.fill("pain", "1")
	b.click("modal-submit")
	b.gone("modal-submit")

	b.click("skip-evening")
	b.see("bubble-theirs", "BACK pain")
	b.typeInto("phone-input", "7")
	b.click("phone-send")
	b.see("post", "Pain 7, usual 1")
	b.do(chromedp.WaitVisible(chromedp.CSS(`[data-testid="post"] img.bk-picture[alt*="usual pain 1"]`)))
	b.do(chromedp.EmulateViewport(1280, 1100))
	b.gone("busy")
	b.scrollTo("post", "Pain 7, usual 1")
	b.shot("slack-alert")
	b.do(chromedp.EmulateViewport(1280, 800))
	b.click("press-acknowledge")
	b.see("modal", "You have it")
	b.choose("by", "")
	b.click("modal-submit")
	b.see("bubble-theirs", "will call you by")

	b.click("press-text")
	b.see("modal", "Texts to patients are written on a page of ours")
	page := b.attribute(`[data-testid="modal"] [data-url]`, "data-url")
	b.do(chromedp.Navigate(page), chromedp.WaitVisible(testID("body")))
	b.typeInto("body", "Rest today, we will ring you at five.")
	b.see("count", "1 segment")
	b.shot("text-page")
	b.click("send")
	b.do(chromedp.WaitVisible(testID("undo")))
	b.do(chromedp.Navigate("http://"+address), chromedp.WaitVisible(testID("feed")))
	b.see("reply", "texted the patient")
	b.click("modal-close")
	b.gone("modal-close")
	b.see("bubble-theirs", "Rest today, we will ring you at five.") // once the ten seconds to undo are over
	b.see("reply", "delivered")

	b.click("press-resolve")
	b.see("modal", "What came of it?")
	b.choose("outcome", "seen")
	b.fill("note", "Rang, settling.")
	b.click("modal-submit")
	b.see("post", "Seen or spoken to. Rang, settling.")
	b.scrollTo("reply", "texted the patient")
	b.shot("slack-thread")
	b.click("press-useful")
	b.see("post", "Called useful")
	b.click("place-home")
	b.see("home", "Needs you now (0)")
	b.see("home", "Flare watch (1)")
	b.shot("slack-home")
	b.clickOn(`[data-testid="home"] [data-testid^="press-plan"]`)
	b.see("modal", "In a flare-up since")
	b.shot("slack-patient")
	b.clickOn(`[data-testid="modal"] [data-testid^="press-command:cancel"]`)
	b.see("modal", "Which one?")
	b.click("modal-close")
	b.gone("modal-close")

	b.click("place-C0123ABCD")
	for range 5 { // over a weekend and a holiday
		b.click("skip-morning")
		if b.comes("post", "This morning, ") {
			break
		}
	}
	b.see("post", "This morning, ")
	b.see("post", "Alerts per clinician and working day")
	b.gone("busy")
	b.scrollTo("post", "This morning, ")
	b.shot("slack-digest")
}

// comes reports whether an element shows a text within a while.
func (b *browser) comes(id, text string) bool {
	b.t.Helper()
	expression := `[...document.querySelectorAll('[data-testid="` + id + `"]')].some(e => e.textContent.includes("` + text + `"))`
	_, err := chromedp.Run(b.ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(8*time.Second)))
	return err == nil
}

// scrollTo brings the last element with a text into view.
func (b *browser) scrollTo(id, text string) {
	b.t.Helper()
	script := `(() => { [...document.querySelectorAll('[data-testid="` + id + `"]')].filter(e => e.textContent.includes("` + text + `")).at(-1).scrollIntoView({block: "nearest"}); return true })()`
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script)); err != nil {
		b.t.Fatal(err)
	}
}

// slash types a command and waits for the dialog it opens.
func (b *browser) slash(command string) {
	b.t.Helper()
	b.typeInto("slack-input", command)
	b.click("slack-send")
	b.do(chromedp.WaitVisible(testID("modal-submit")))
}

// clickOn presses what a selector finds first.
func (b *browser) clickOn(selector string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector)))
}

// tick ticks a box of a field of the open dialog, by the words beside it.
func (b *browser) tick(field, label string) {
	b.t.Helper()
	script := `(() => { const box = [...document.querySelectorAll('[data-testid="modal"] [data-block="` + field + `"] label')].find(l => l.textContent.trim() === "` + label + `");
		(box.querySelector("input") || document.getElementById(box.htmlFor)).click(); return true })()`
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script)); err != nil {
		b.t.Fatalf("tick %s of %s: %v", label, field, err)
	}
}

// fill enters something into a field of the open dialog, by its name.
func (b *browser) fill(field, text string) {
	b.t.Helper()
	selector := chromedp.CSS(`[data-testid="modal"] [data-block="` + field + `"] :is(input, textarea)`)
	wait(b.t, 10*time.Second, "the field "+field+" takes letters", func() bool { // the dialog may still be opening
		ctx, cancel := context.WithTimeout(b.ctx, 2*time.Second)
		defer cancel()
		return chromedp.Do(ctx, chromedp.WaitVisible(selector), chromedp.SendKeys(selector, text)) == nil
	})
}

// choose picks an option of a field; without a value, the second one.
func (b *browser) choose(field, value string) {
	b.t.Helper()
	script := `(() => { const s = document.querySelector('[data-testid="modal"] [data-block="` + field + `"] select');
		s.value = "` + value + `" || [...s.options].filter(o => o.value && o.value !== "none")[0].value;
		s.dispatchEvent(new Event("change", {bubbles: true})); return s.value })()`
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script)); err != nil {
		b.t.Fatalf("choose %s %s: %v", field, value, err)
	}
}

// gone waits until an element is not shown any more.
func (b *browser) gone(id string) {
	b.t.Helper()
	b.do(chromedp.WaitNotPresent(testID(id)))
}

func (b *browser) attribute(selector, name string) string {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector('`+selector+`').getAttribute("`+name+`")`))
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}
