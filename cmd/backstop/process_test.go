package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// binary builds the program once for all tests that run it as a process.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "backstop-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "backstop")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w: %s", err, out)
	}
	return path, nil
})

// program is a running backstop.
type program struct {
	t      *testing.T
	cmd    *exec.Cmd
	output *safeBuffer
	exited chan error
	killed atomic.Bool
}

// launch starts backstop with arguments and settings.
func launch(t *testing.T, settings map[string]string, args ...string) *program {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, cmd: exec.Command(path, args...), output: &safeBuffer{}, exited: make(chan error, 1)}
	p.cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	for name, value := range settings {
		p.cmd.Env = append(p.cmd.Env, name+"="+value)
	}
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.exited <- p.cmd.Wait() }()
	t.Cleanup(p.kill)
	return p
}

// safeBuffer takes what a process prints while a test reads it.
type safeBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// kill is kill -9.
func (p *program) kill() {
	p.killed.Store(true)
	_ = p.cmd.Process.Kill() // fails when it has ended already
	err := <-p.exited
	p.exited <- err
}

// runs runs a command to its end and returns what it printed.
func runs(t *testing.T, settings map[string]string, args ...string) string {
	t.Helper()
	p := launch(t, settings, args...)
	err := <-p.exited
	p.exited <- err
	if err != nil {
		t.Fatalf("backstop %s: %v\n%s", strings.Join(args, " "), err, p.output)
	}
	return p.output.String()
}

// freeAddress is a loopback address that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// wait waits for a fact, looking every so often.
func wait(t *testing.T, most time.Duration, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(most); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("never came true: %s", what)
}

// sandboxProcess is 'backstop sandbox' as a process of its own, and the settings it printed.
type sandboxProcess struct {
	*program

	settings map[string]string
}

func startSandbox(t *testing.T, botURL, clinicFile string) *sandboxProcess {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "sandbox", "--listen", "127.0.0.1:0", "--bot-url", botURL, "--clinic-file", clinicFile, "--json")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, cmd: cmd, exited: make(chan error, 1)}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		t.Fatalf("sandbox printed nothing: %v", err)
	}
	s := &sandboxProcess{program: p}
	if err := json.Unmarshal(line, &s.settings); err != nil {
		t.Fatalf("sandbox printed %s: %v", line, err)
	}
	go func() { p.exited <- cmd.Wait() }()
	t.Cleanup(p.kill)
	return s
}

// texts lists what the bot has sent to a phone, oldest first, as Twilio's list
// tells it, page by page.
func (s *sandboxProcess) texts(phone string) []string {
	s.t.Helper()
	var bodies []string
	for next := "/2010-04-01/Accounts/" + s.settings["TWILIO_ACCOUNT_SID"] + "/Messages.json?PageSize=1000&To=" + url.QueryEscape(phone); next != ""; {
		var page struct {
			Messages []struct {
				Body      string `json:"body"`
				Direction string `json:"direction"`
			} `json:"messages"`
			Next string `json:"next_page_uri"`
		}
		s.get(s.settings["page"]+next, &page, func(r *http.Request) {
			r.SetBasicAuth(s.settings["TWILIO_ACCOUNT_SID"], s.settings["TWILIO_AUTH_TOKEN"])
		})
		for _, m := range page.Messages {
			if m.Direction != "inbound" {
				bodies = append(bodies, m.Body)
			}
		}
		next = page.Next
	}
	slices.Reverse(bodies)
	return bodies
}

// slackMessage is a message as conversations.history tells it.
type slackMessage struct {
	TS     string          `json:"ts"`
	Text   string          `json:"text"`
	Blocks json.RawMessage `json:"blocks"`
}

// cards are the messages of a channel with buttons or a decided alert in them.
func (s *sandboxProcess) cards(channel string) []slackMessage {
	s.t.Helper()
	var history struct {
		Messages []slackMessage `json:"messages"`
	}
	s.get(s.settings["SLACK_API_URL"]+"conversations.history?channel="+channel, &history, func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+s.settings["SLACK_BOT_TOKEN"])
	})
	var cards []slackMessage
	for _, m := range history.Messages {
		if strings.Contains(string(m.Blocks), "P2") {
			cards = append(cards, m)
		}
	}
	return cards
}

func (s *sandboxProcess) get(address string, into any, dress func(*http.Request)) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	dress(request)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		s.t.Fatalf("GET %s: %v", address, err)
	}
}
