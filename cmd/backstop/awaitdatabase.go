package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"backstop/storage"
	"backstop/storage/seal"
)

// databaseWithin is how long a start waits for a database that cannot be reached:
// longer than most failovers take, shorter than a deploy's patience.
const databaseWithin = 30 * time.Second

// awaitDatabase opens the database, trying again while it cannot be reached. Until
// then the address answers, health checks too, that the bot is not ready. An error
// that waiting does not mend is returned at once.
func awaitDatabase(ctx context.Context, address, databaseURL string, keys *seal.Keys, log *slog.Logger) (*storage.Store, error) {
	store, err := storage.Open(ctx, databaseURL, keys)
	if err == nil || !storage.Unreachable(err) {
		return store, err
	}
	answering := &http.Server{Handler: http.HandlerFunc(startingUp), ReadHeaderTimeout: 10 * time.Second}
	listener, errListen := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if errListen != nil {
		return nil, fmt.Errorf("LISTEN: %w", errListen)
	}
	go func() { _ = answering.Serve(listener) }()
	defer func() { _ = answering.Close() }()

	given := time.Now().Add(databaseWithin)
	for pause := 250 * time.Millisecond; ; pause = min(2*pause, 4*time.Second) {
		if time.Now().Add(pause).After(given) {
			return nil, fmt.Errorf("gave up after %s: %w", databaseWithin, err)
		}
		log.WarnContext(ctx, "the database cannot be reached; trying again", "in", pause, "error", err)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
		if store, err = storage.Open(ctx, databaseURL, keys); err == nil || !storage.Unreachable(err) {
			return store, err
		}
	}
}

// startingUp answers that the process lives and is not ready; Twilio comes again.
func startingUp(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/healthz" {
		fmt.Fprintln(w, "alive")
		return
	}
	w.Header().Set("Retry-After", "5")
	http.Error(w, "the database cannot be reached yet", http.StatusServiceUnavailable)
}
