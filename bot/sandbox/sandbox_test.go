package sandbox_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"
	"go.uber.org/goleak"

	"backstop/bot/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const ana = "+12025550143"

// bot is a tiny bot: it checks every signature with the libraries the real one
// uses, notes what came and answers as told.
type bot struct {
	t      *testing.T
	sb     *sandbox.Sandbox
	server *httptest.Server

	mu      sync.Mutex
	forms   map[string][]url.Values // by path
	bodies  map[string][]string
	headers map[string][]http.Header
	answers map[string]http.HandlerFunc
	forged  []string
}

// play starts a sandbox and a bot that know each other.
func play(t *testing.T, o sandbox.Options) (*sandbox.Sandbox, *bot) {
	t.Helper()
	o.Seed = t.Name()
	b := &bot{t: t, forms: map[string][]url.Values{}, bodies: map[string][]string{}, headers: map[string][]http.Header{},
		answers: map[string]http.HandlerFunc{}}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	o.BotURL = b.server.URL
	b.sb = sandbox.New(o)
	t.Cleanup(b.sb.Close)
	if _, err := b.sb.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, f := range b.forged {
			t.Error("not signed as the library wants it:", f)
		}
	})
	return b.sb, b
}

func (b *bot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(raw))
	var good bool
	if strings.HasPrefix(r.URL.Path, "/slack/") {
		v, err := slack.NewSecretsVerifier(r.Header, b.sb.Options().SlackSigningSecret)
		_, _ = v.Write(raw)
		good = err == nil && v.Ensure() == nil
	} else {
		v := client.NewRequestValidator(b.sb.Options().AuthToken)
		params := map[string]string{}
		for k := range form {
			params[k] = form.Get(k)
		}
		good = v.Validate(b.server.URL+r.URL.RequestURI(), params, r.Header.Get("X-Twilio-Signature"))
	}
	b.mu.Lock()
	if !good {
		b.forged = append(b.forged, r.URL.Path+" "+string(raw))
	}
	b.forms[r.URL.Path] = append(b.forms[r.URL.Path], form)
	b.bodies[r.URL.Path] = append(b.bodies[r.URL.Path], string(raw))
	b.headers[r.URL.Path] = append(b.headers[r.URL.Path], r.Header)
	answer := b.answers[r.URL.Path]
	b.mu.Unlock()
	if answer != nil {
		r.Form = form
		answer(w, r)
	}
}

func (b *bot) on(path string, f http.HandlerFunc) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answers[path] = f
}

func (b *bot) got(path string) []url.Values {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]url.Values(nil), b.forms[path]...)
}

func (b *bot) raw(path string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.bodies[path]...)
}

func (b *bot) header(path string) []http.Header {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]http.Header(nil), b.headers[path]...)
}

// rewrite sends what is meant for Twilio to the sandbox, within a timeout. It
// reads every body whole, because the library does not close those of errors.
type rewrite struct {
	base    string
	next    http.RoundTripper
	timeout time.Duration
}

func (rt rewrite) RoundTrip(r *http.Request) (*http.Response, error) {
	u, err := url.Parse(rt.base)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), rt.timeout)
	defer cancel()
	r = r.Clone(ctx)
	r.URL.Scheme, r.URL.Host = u.Scheme, u.Host
	res, err := rt.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(raw))
	return res, err
}

func twilioClient(t *testing.T, sb *sandbox.Sandbox, timeout time.Duration) *openapi.ApiService {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	o := sb.Options()
	c := &client.Client{Credentials: client.NewCredentials(o.AccountSID, o.AuthToken), HTTPClient: &http.Client{
		Transport:     rewrite{sb.URL(), tr, timeout},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	c.SetAccountSid(o.AccountSID)
	return openapi.NewApiServiceWithClient(c)
}

func slackClient(t *testing.T, sb *sandbox.Sandbox) *slack.Client {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return slack.New(sb.Options().SlackBotToken, slack.OptionAPIURL(sb.URL()+"/api/"),
		slack.OptionHTTPClient(&http.Client{Timeout: 5 * time.Second, Transport: tr}))
}

func text(to, body string) *openapi.CreateMessageParams {
	p := &openapi.CreateMessageParams{}
	p.SetTo(to)
	p.SetFrom("+12025550100")
	p.SetBody(body)
	return p
}

func await(t *testing.T, sb *sandbox.Sandbox, what string, cond func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := sb.Wait(ctx, cond); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func statuses(x sandbox.Text) string {
	var s []string
	for _, c := range x.Callbacks {
		s = append(s, c.Status)
		if c.ErrorCode != 0 {
			s = append(s, fmt.Sprint(c.ErrorCode))
		}
	}
	return strings.Join(s, " ")
}
