package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/twilio"
)

func TestEnvironmentDoesNotMoveTheAddress(t *testing.T) {
	t.Setenv("TWILIO_EDGE", "dublin")
	t.Setenv("TWILIO_REGION", "ie1")
	var path string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		_, _ = io.WriteString(w, `{"sid":"SM9"}`)
	}))
	defer server.Close()
	if _, err := clientAt(t, server.URL+"/twilio/").SendText(t.Context(), outgoing()); err != nil {
		t.Fatal(err)
	}
	if want := "/twilio/2010-04-01/Accounts/" + accountSID + "/Messages.json"; path != want {
		t.Errorf("sent to %s, want %s", path, want)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	var elsewhere atomic.Bool
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Store(true) }))
	defer other.Close()
	for _, body := range []string{"", "{}", `{"sid":"SM9"}`} {
		var requests atomic.Int32
		client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
			requests.Add(1)
			w.Header().Set("Location", other.URL)
			w.WriteHeader(http.StatusFound)
			_, _ = io.WriteString(w, body)
		})
		_, err := client.SendText(t.Context(), outgoing())
		wantSendError(t, err, bot.Operator)
		_, err = client.TextsTo(t.Context(), "+14155550123", time.Now())
		wantSendError(t, err, bot.Operator)
		if n := requests.Load(); n != 2 {
			t.Errorf("%d requests for two calls", n)
		}
	}
	if elsewhere.Load() {
		t.Error("the text and the credentials went elsewhere")
	}
}

func TestNoConnectionIsNotAmbiguous(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	_ = listener.Close()
	_, err = clientAt(t, address).SendText(t.Context(), outgoing())
	wantSendError(t, err, bot.Retry)
}

func TestConnectionThatBreaksIsAmbiguous(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = connection.Close()
		}
	})
	_, err := client.SendText(t.Context(), outgoing())
	wantSendError(t, err, bot.Ambiguous)
}

func TestSlowAnswerIsAmbiguous(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	client := newClient(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-release
	}, func(c *twilio.Config) { c.Timeout = 50 * time.Millisecond })
	_, err := client.SendText(t.Context(), outgoing())
	if sendErr := wantSendError(t, err, bot.Ambiguous); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the cause is %v, want the deadline", sendErr.Err)
	}
}

func TestBodyThatStallsIsAmbiguous(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for _, status := range []int{http.StatusCreated, http.StatusBadGateway} {
		client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, `{"sid":`)
			_ = http.NewResponseController(w).Flush()
			<-release
		}, func(c *twilio.Config) { c.Timeout = 50 * time.Millisecond })
		_, err := client.SendText(t.Context(), outgoing())
		wantSendError(t, err, bot.Ambiguous)
	}
}

func TestCallersContextEndsTheCall(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	client := newClient(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(arrived)
		<-release
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := client.SendText(ctx, outgoing())
	if wantSendError(t, err, bot.Ambiguous); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the caller's cancellation", err)
	}
	_, err = client.SendText(ctx, outgoing())
	wantSendError(t, err, bot.Retry) // it never left
}

func TestErrorBodiesDoNotLeakConnections(t *testing.T) {
	big := `{"code":21610,"status":400,"message":"` + strings.Repeat("x", 20_000) + `"}`
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, big)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client := clientAt(t, server.URL)
	for range 20 {
		_, err := client.SendText(t.Context(), outgoing())
		wantSendError(t, err, bot.OptedOut)
	}
	if n := opened.Load(); n > 2 {
		t.Errorf("%d connections for 20 errors in a row, want one", n)
	}
}

func TestEndlessErrorBodyIsCutOff(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		junk := []byte(strings.Repeat("x", 1<<15))
		for {
			if _, err := w.Write(junk); err != nil {
				return
			}
		}
	})
	_, err := client.SendText(t.Context(), outgoing())
	if wantSendError(t, err, bot.Ambiguous); errors.Is(err, context.DeadlineExceeded) {
		t.Error("it was read until the time was up")
	}
}

func TestManySendsAtOnce(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		_, _ = fmt.Fprintf(w, `{"sid":%q}`, r.PostForm.Get("Body"))
	})
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			text := outgoing()
			text.Body = fmt.Sprint("SM", i)
			accepted, err := client.SendText(t.Context(), text)
			if err != nil || accepted.ProviderID != text.Body {
				t.Errorf("got %+v %v, want %s", accepted, err, text.Body)
			}
		})
	}
	all.Wait()
}
