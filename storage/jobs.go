package storage

import "context"

// JobsByState counts the jobs of the queue that are not completed, by River's
// name for their state. States without a job are left out.
func (r Reader) JobsByState(ctx context.Context) (map[string]int, error) {
	var rows []struct {
		State string `db:"state"`
		Jobs  int    `db:"jobs"`
	}
	err := r.all(ctx, &rows, `
		SELECT state, COUNT(*) AS jobs
		FROM river_job
		WHERE state IN ('available', 'cancelled', 'discarded', 'pending', 'retryable', 'running', 'scheduled')
		GROUP BY state`)
	counts := map[string]int{}
	for _, row := range rows {
		counts[row.State] = row.Jobs
	}
	return counts, doing(err, "count jobs")
}
