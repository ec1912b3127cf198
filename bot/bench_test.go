package bot_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"backstop/bot"
	"backstop/storage/storagetest"
)

// BenchmarkTextToAlert measures what a patient in danger waits for: from the
// inbound text at our webhook to the alert's call at Slack, through real HTTP,
// the database and the job queue as polled in production. p50-ms and p99-ms are
// over all iterations.
func BenchmarkTextToAlert(b *testing.B) {
	for _, engine := range storagetest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			w := newWorldPolling(b, storagetest.Open(b, engine), 0)
			phones := make([]string, b.N)
			usual := 1.0
			for i := range phones {
				phones[i] = fmt.Sprintf("+1312%07d", 5_600_000+i)
				n := bot.NewPatient{Name: "A B", Phone: phones[i], Baseline: &usual, Stage: "S5",
					Consent: bot.ConsentEvidence{Method: "written", At: tuesday.Add(-time.Hour)}}
				_, _, err := w.bot.Enrol(w.ctx, n, "bench")
				w.must(err)
			}
			w.settle()
			var took []time.Duration
			b.ResetTimer()
			for i, phone := range phones {
				start := time.Now()
				w.sandbox.Twilio().Text(phone, "chest pain")
				ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
				err := w.sandbox.Wait(ctx, func() bool { return len(w.channel()) > i })
				cancel()
				w.must(err)
				took = append(took, time.Since(start))
			}
			b.StopTimer()
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
