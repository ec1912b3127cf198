package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"backstop/storage"
)

// jobsCmd is about the jobs that carry out what was decided.
type jobsCmd struct {
	List  jobsListCmd  `cmd:"" help:"List what is queued, what failed and why; what was given up first."`
	Retry jobsRetryCmd `cmd:"" help:"Let failed jobs run again at once."`
}

// states in the order in which somebody wants to read them.
var states = []rivertype.JobState{
	rivertype.JobStateDiscarded, rivertype.JobStateCancelled, rivertype.JobStateRetryable, rivertype.JobStateRunning,
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateScheduled,
}

// queue opens the job queue to look at it. Jobs hold nothing that is encrypted.
func (s databaseSettings) queue(ctx context.Context) (*storage.Store, *river.Client[*sql.Tx], error) {
	store, err := s.openKeyless(ctx)
	if err != nil {
		return nil, nil, err
	}
	client, err := river.NewClient(store.QueueDriver(), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, client, nil
}

type jobsListCmd struct {
	databaseSettings

	State []rivertype.JobState `enum:"discarded,cancelled,retryable,running,available,pending,scheduled,completed" help:"Only these states; all but completed where left out. discarded: given up after the last attempt." placeholder:"STATE"`
	Kind  []string             `help:"Only these kinds: send_text, post, follow_up, escalate, call." placeholder:"KIND"`
	Limit int                  `default:"100" help:"How many at most, up to 10000."`
	JSON  bool                 `help:"As JSON."`
}

// Help shows an example.
func (jobsListCmd) Help() string {
	return "Example:\n  backstop jobs list --state discarded --state retryable --json\nJobs carry ids only: nothing about a patient is shown."
}

// jobLine is a job as a list shows it.
type jobLine struct {
	ID          int64              `json:"id"`
	State       rivertype.JobState `json:"state"`
	Kind        string             `json:"kind"`
	Attempt     int                `json:"attempt"`
	MaxAttempts int                `json:"max_attempts"`
	ScheduledAt time.Time          `json:"scheduled_at"`
	FinalizedAt *time.Time         `json:"finalized_at,omitempty"`
	LastError   string             `json:"last_error,omitempty"`
	IDs         map[string]string  `json:"ids"`
}

// Run lists jobs.
func (c *jobsListCmd) Run(ctx context.Context, std *stdio) (err error) {
	if c.Limit < 1 || c.Limit > 10000 {
		return errors.New("--limit: wants a number from 1 to 10000")
	}
	store, client, err := c.queue(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	wanted := c.State
	if len(wanted) == 0 {
		wanted = states
	}
	jobs := []jobLine{}
	for _, state := range wanted {
		if len(jobs) == c.Limit {
			break
		}
		params := river.NewJobListParams().States(state).First(c.Limit - len(jobs))
		if len(c.Kind) > 0 {
			params = params.Kinds(c.Kind...)
		}
		found, err := client.JobList(ctx, params)
		if err != nil {
			return fmt.Errorf("list jobs: %w", err)
		}
		for _, job := range found.Jobs {
			jobs = append(jobs, jobLineOf(job))
		}
	}
	if c.JSON {
		return printJSON(std.Out, jobs)
	}
	if len(jobs) == 0 {
		_, err = fmt.Fprintln(std.Out, "no jobs: nothing waits, nothing failed")
		return err
	}
	w := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tSTATE\tKIND\tATTEMPTS\tDUE\tLAST ERROR")
	for _, j := range jobs {
		fmt.Fprintf(w, "%d\t%s\t%s\t%d of %d\t%s\t%s\n", j.ID, j.State, j.Kind, j.Attempt, j.MaxAttempts,
			minute(storage.At(j.ScheduledAt)), orDash(j.LastError))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(jobs) == c.Limit {
		fmt.Fprintf(std.Err, "showing the first %d; --limit shows more\n", c.Limit)
	}
	return nil
}

func jobLineOf(job *rivertype.JobRow) jobLine {
	l := jobLine{ID: job.ID, State: job.State, Kind: job.Kind, Attempt: job.Attempt, MaxAttempts: job.MaxAttempts,
		ScheduledAt: job.ScheduledAt.UTC(), FinalizedAt: job.FinalizedAt, IDs: idsOf(job.EncodedArgs)}
	if n := len(job.Errors); n > 0 {
		l.LastError = shown(job.Errors[n-1].Error)
	}
	return l
}

// idsOf are a job's arguments that are ids: whatever else a job may come to
// carry is not shown.
func idsOf(args []byte) map[string]string {
	var all map[string]any
	ids := map[string]string{}
	if err := json.Unmarshal(args, &all); err != nil {
		return ids
	}
	for name, value := range all {
		if id, is := value.(string); is && strings.HasSuffix(name, "_id") {
			ids[name] = id
		}
	}
	return ids
}

var digits = regexp.MustCompile(`\+?[0-9]{10,15}`)

// shown is the first line of an error, without what could be a phone number: an
// error may quote a provider.
func shown(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line(digits.ReplaceAllString(first, "(number)"))
}

type jobsRetryCmd struct {
	databaseSettings

	ID  int64 `arg:"" optional:"" help:"The job's id, as 'backstop jobs list' shows it."`
	All bool  `help:"Every job that was given up or waits after a failure."`
}

// Help shows an example.
func (jobsRetryCmd) Help() string {
	return "Example:\n  backstop jobs retry 42\n  backstop jobs retry --all\nA text that has left, or came too late, does not leave again."
}

// Run makes failed jobs available at once. The serving process works them.
func (c *jobsRetryCmd) Run(ctx context.Context, std *stdio) (err error) {
	if (c.ID == 0) == !c.All {
		return errors.New("give the id of one job, or --all; see 'backstop jobs list'")
	}
	store, client, err := c.queue(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if c.All {
		return retryAll(ctx, client, std)
	}
	job, err := client.JobGet(ctx, c.ID)
	if errors.Is(err, river.ErrNotFound) {
		return fmt.Errorf("no job %d; see 'backstop jobs list'", c.ID)
	}
	if err != nil {
		return fmt.Errorf("read job %d: %w", c.ID, err)
	}
	if !failed(job.State) {
		return fmt.Errorf("job %d is %s: only a job that failed can be retried", job.ID, job.State)
	}
	if _, err := client.JobRetry(ctx, job.ID); err != nil {
		return fmt.Errorf("retry job %d: %w", job.ID, err)
	}
	_, err = fmt.Fprintf(std.Out, "%d %s: runs again at once\n", job.ID, job.Kind)
	return err
}

func failed(s rivertype.JobState) bool {
	return s == rivertype.JobStateDiscarded || s == rivertype.JobStateCancelled || s == rivertype.JobStateRetryable
}

// retryAll retries each failed job once, also when it fails again meanwhile.
// Jobs that were cancelled are left: nobody wants them any more.
func retryAll(ctx context.Context, client *river.Client[*sql.Tx], std *stdio) error {
	const page = 1000
	params := river.NewJobListParams().States(rivertype.JobStateDiscarded, rivertype.JobStateRetryable).First(page)
	count := 0
	for {
		found, err := client.JobList(ctx, params)
		if err != nil {
			return fmt.Errorf("list jobs: %w", err)
		}
		for _, job := range found.Jobs {
			if _, err := client.JobRetry(ctx, job.ID); err != nil {
				return fmt.Errorf("retry job %d, after %d others: %w", job.ID, count, err)
			}
			count++
		}
		if len(found.Jobs) < page {
			break
		}
		params = params.After(found.LastCursor)
		fmt.Fprintf(std.Err, "%d retried so far\n", count)
	}
	_, err := fmt.Fprintf(std.Out, "%d job(s) run again at once\n", count)
	return err
}
