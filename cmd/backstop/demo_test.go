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
	b.shot("demo")
	b.click("press-acknowledge")
	b.see("modal", "You have it")
	b.click("modal-close")
	b.see("post", "cknowledged by")
	b.click("skip-morning")
	b.see("clock", "08:35")
	b.see("bubble-theirs", "this morning", "BACK today")

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
