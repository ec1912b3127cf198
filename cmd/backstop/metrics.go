package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"backstop/bot"
	"backstop/storage"
)

// counts are the numbers the webhooks leave.
type counts struct{ refusedBy, failedBy *prometheus.CounterVec }

func newCounts(registry *prometheus.Registry) counts {
	c := counts{
		refusedBy: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "backstop_webhooks_refused_total",
			Help: "Requests turned away because their signature was missing or wrong."}, []string{"route"}),
		failedBy: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "backstop_webhooks_failed_total",
			Help: "Requests that could not be stored; their sender was asked to come again."}, []string{"route"}),
	}
	registry.MustRegister(c.refusedBy, c.failedBy)
	return c
}

func (c counts) refused(route string) { c.refusedBy.WithLabelValues(route).Inc() }
func (c counts) failed(route string)  { c.failedBy.WithLabelValues(route).Inc() }

// backlog is what waits, looked up when somebody asks. What cannot be looked up
// is left out: the database is another number's matter.
type backlog struct {
	bot   *bot.Bot
	store *storage.Store
	log   *slog.Logger
}

var (
	overdueDesc = prometheus.NewDesc("backstop_overdue_seconds",
		"How long the oldest follow-up, or step of an alert, waits beyond its time.", nil, nil)
	jobsDesc = prometheus.NewDesc("backstop_jobs", "Jobs that are not completed, by state.", []string{"state"}, nil)
)

// jobStates are shown also when no job is in them, so that a rule finds its zero.
var jobStates = []string{"available", "cancelled", "discarded", "pending", "retryable", "running", "scheduled"}

// Describe names what is collected.
func (b backlog) Describe(out chan<- *prometheus.Desc) {
	out <- overdueDesc
	out <- jobsDesc
}

// Collect looks what waits.
func (b backlog) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	overdue, err := b.bot.Overdue(ctx)
	if err != nil {
		b.log.WarnContext(ctx, "metrics", "error", err)
		return
	}
	out <- prometheus.MustNewConstMetric(overdueDesc, prometheus.GaugeValue, overdue.Seconds())
	jobs, err := b.store.JobsByState(ctx)
	if err != nil {
		b.log.WarnContext(ctx, "metrics", "error", err)
		return
	}
	for _, state := range jobStates {
		out <- prometheus.MustNewConstMetric(jobsDesc, prometheus.GaugeValue, float64(jobs[state]), state)
	}
}
