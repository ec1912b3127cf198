package bot

import (
	"context"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
)

// TestAJobThatEndsWhileJobsAreListedIsNoRest has a job end after the list of jobs was
// made: what it enqueued last is not in that list, so that nobody may take it for the end.
func TestAJobThatEndsWhileJobsAreListedIsNoRest(t *testing.T) {
	var ended endedJobs
	ended.watch()
	defer ended.unwatch()
	end := func(id int64) {
		must(t, ended.work(t.Context(), &rivertype.JobRow{ID: id}, func(context.Context) error { return nil }))
	}
	end(1)
	listed := ended.soFar()
	end(2)
	if !ended.rest(1, listed, time.Now()) {
		t.Error("a job that ended before the list was made is not known to have ended")
	}
	if ended.rest(2, listed, time.Now()) {
		t.Error("a job that ended after the list was made is taken for one that ended before")
	}
	if !ended.rest(2, ended.soFar(), time.Now()) {
		t.Error("the next list does not know that it ended")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
