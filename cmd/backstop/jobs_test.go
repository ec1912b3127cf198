package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// textJob looks like the job that sends a text, but for a body it should not have.
type textJob struct {
	ClinicID  string `json:"clinic_id"`
	MessageID string `json:"message_id"`
	Body      string `json:"body"`
}

func (textJob) Kind() string { return "send_text" }

type textWorker struct {
	river.WorkerDefaults[textJob]
}

// NextRetry is late enough for a job to be found waiting.
func (textWorker) NextRetry(*river.Job[textJob]) time.Time { return time.Now().Add(time.Hour) }

func (textWorker) Work(_ context.Context, job *river.Job[textJob]) error {
	if job.Args.MessageID == "m3" {
		return river.JobCancel(errors.New("nobody wants it"))
	}
	return errors.New("send text m1: twilio 21211 (+13125550171 is no number)\nand more of +13125550171")
}

// fail lets jobs fail: m1 for good, m2 with an attempt left, m3 is cancelled; m4 is not worked.
func fail(t *testing.T, store *storage.Store) (ids map[string]int64) {
	t.Helper()
	workers := river.NewWorkers()
	river.AddWorker(workers, &textWorker{})
	client, err := river.NewClient(store.QueueDriver(), &river.Config{
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 1}}, Workers: workers, PollOnly: true,
		FetchPollInterval: 20 * time.Millisecond, FetchCooldown: 10 * time.Millisecond,
		Logger: slog.New(slog.DiscardHandler), TestOnly: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	ids = map[string]int64{}
	insert := func(message string, attempts int, at time.Time) {
		err := store.InTx(t.Context(), func(tx *storage.Tx) error {
			done, err := client.InsertTx(t.Context(), tx.SQL(), textJob{"northside", message, "Your back hurts"},
				&river.InsertOpts{MaxAttempts: attempts, ScheduledAt: at})
			if err == nil {
				ids[message] = done.Job.ID
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	insert("m4", 5, time.Now().Add(time.Hour))
	insert("m2", 5, time.Time{})
	insert("m1", 1, time.Time{})
	insert("m3", 5, time.Time{})
	ended, stop := client.Subscribe(river.EventKindJobFailed, river.EventKindJobCancelled)
	defer stop()
	if err := client.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			t.Fatal("the jobs are not worked")
		}
	}
	if err := client.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	return ids
}

func stateOf(t *testing.T, client *river.Client[*sql.Tx], id int64) rivertype.JobState {
	t.Helper()
	job, err := client.JobGet(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return job.State
}

func TestFailedJobsAreListedFirstAndRetried(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			term := newTerminal(t, engine)
			t.Setenv("BACKSTOP_KEYSET", "") // nothing in a job is encrypted
			if out := term.ok("jobs", "list"); !strings.HasPrefix(out, "no jobs") {
				t.Errorf("an empty queue: %q", out)
			}
			store := term.store()
			ids := fail(t, store)

			table, raw := term.ok("jobs", "list"), term.ok("jobs", "list", "--json")
			for _, word := range []string{"3125550171", "hurts", "and more"} {
				if strings.Contains(table+raw, word) {
					t.Errorf("shows %q:\n%s\n%s", word, table, raw)
				}
			}
			jobs := decoded[[]jobLine](t, raw)
			want := []jobLine{
				{ID: ids["m1"], State: rivertype.JobStateDiscarded, Attempt: 1, MaxAttempts: 1, LastError: "send text m1: twilio 21211 ((number) is no number)"},
				{ID: ids["m3"], State: rivertype.JobStateCancelled, Attempt: 1, MaxAttempts: 5, LastError: "nobody wants it"},
				{ID: ids["m2"], State: rivertype.JobStateRetryable, Attempt: 1, MaxAttempts: 5, LastError: "send text m1: twilio 21211 ((number) is no number)"},
				{ID: ids["m4"], State: rivertype.JobStateScheduled, Attempt: 0, MaxAttempts: 5},
			}
			if len(jobs) != len(want) {
				t.Fatalf("lists %+v", jobs)
			}
			for i, w := range want {
				g := jobs[i]
				if g.ID != w.ID || g.State != w.State || g.Attempt != w.Attempt || g.MaxAttempts != w.MaxAttempts ||
					!strings.Contains(g.LastError, w.LastError) || g.Kind != "send_text" || g.IDs["clinic_id"] != "northside" || len(g.IDs) != 2 {
					t.Errorf("job %d is %+v, want %+v", i, g, w)
				}
			}
			if some := decoded[[]jobLine](t, term.ok("jobs", "list", "--json", "--state", "retryable", "--kind", "send_text")); len(some) != 1 || some[0].ID != ids["m2"] {
				t.Errorf("the retryable ones: %+v", some)
			}
			if none := decoded[[]jobLine](t, term.ok("jobs", "list", "--json", "--kind", "post")); len(none) != 0 {
				t.Errorf("posts: %+v", none)
			}
			if one := decoded[[]jobLine](t, term.ok("jobs", "list", "--json", "--limit", "1")); len(one) != 1 || one[0].ID != ids["m1"] {
				t.Errorf("the first: %+v", one)
			}

			client, err := river.NewClient(store.QueueDriver(), &river.Config{Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			if out := term.ok("jobs", "retry", "--all"); out != "2 job(s) run again at once\n" {
				t.Errorf("says %q", out)
			}
			for message, want := range map[string]rivertype.JobState{"m1": rivertype.JobStateAvailable, "m2": rivertype.JobStateAvailable,
				"m3": rivertype.JobStateCancelled, "m4": rivertype.JobStateScheduled} {
				if got := stateOf(t, client, ids[message]); got != want {
					t.Errorf("after retry --all %s is %s, want %s", message, got, want)
				}
			}
			term.ok("jobs", "retry", fmt.Sprint(ids["m3"]))
			if got := stateOf(t, client, ids["m3"]); got != rivertype.JobStateAvailable {
				t.Errorf("after retry m3 is %s", got)
			}
			term.refused("is scheduled: only a job that failed can be retried", "jobs", "retry", fmt.Sprint(ids["m4"]))
		})
	}
}
