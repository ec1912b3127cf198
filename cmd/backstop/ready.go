package main

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"backstop/storage"
)

// readiness answers whether requests should come here: the bot runs, the
// database answers and is not behind.
type readiness struct {
	store    *storage.Store
	registry *prometheus.Registry
	running  atomic.Bool
}

func (r *readiness) set(running bool) { r.running.Store(running) }

func (r *readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	ctx, cancel := context.WithTimeout(req.Context(), 2*time.Second)
	defer cancel()
	switch {
	case !r.running.Load():
		http.Error(w, "not running", http.StatusServiceUnavailable)
	case r.store.Behind(ctx) != nil:
		http.Error(w, "the database does not answer or is behind", http.StatusServiceUnavailable)
	default:
		fmt.Fprintln(w, "ready")
	}
}
