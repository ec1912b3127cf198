package bot_test

import (
	"context"
	"testing"
	"time"

	"backstop/bot"
	"backstop/flows"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// fast is a machine's clock that is ahead.
type fast struct{ by time.Duration }

func (f fast) Now() time.Time { return time.Now().Add(f.by) }

// slowTexter takes its time with the first text, and says when it began.
type slowTexter struct {
	bot.Texter

	began chan struct{}
	goOn  chan struct{}
}

func (s slowTexter) SendText(ctx context.Context, t bot.OutgoingText) (bot.Accepted, error) {
	s.began <- struct{}{}
	<-s.goOn
	return s.Texter.SendText(ctx, t)
}

// TestAMachineWhoseClockIsAheadLeavesOthersTextsAlone lets two machines share a
// database, one of them three minutes ahead: while one is calling Twilio, the
// other must not take its text for one that was left half way and send it too.
func TestAMachineWhoseClockIsAheadLeavesOthersTextsAlone(t *testing.T) {
	for name, clocks := range map[string][2]time.Duration{"the other is ahead": {0, 3 * time.Minute}, "the other is behind": {3 * time.Minute, 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := storagetest.URL(t, storage.Postgres)
			w := newWorld(t, storagetest.OpenURL(t, url))
			w.must(w.bot.Stop(w.ctx)) // the machines of this test work with the true time
			machine := func(by time.Duration, change func(*bot.Config)) *bot.Bot {
				c := w.config
				c.Store, c.Clock, c.DatabaseTime = storagetest.OpenURL(t, url), fast{by}, true
				c.SettleAfter, c.SweepEvery = 8*time.Second, 100*time.Millisecond
				change(&c)
				b, err := bot.New(c)
				w.must(err)
				w.must(b.Start(w.ctx))
				return b
			}
			slow := slowTexter{w.config.Texter, make(chan struct{}), make(chan struct{})}
			first := machine(clocks[0], func(c *bot.Config) { c.Texter, c.FetchEvery = slow, time.Hour }) // leaves all jobs to the other
			defer func() { w.must(first.Stop(context.WithoutCancel(w.ctx))) }()
			usual := 1.0
			p, _, err := first.Enrol(w.ctx, bot.NewPatient{ExternalID: "alex", Name: "Alex Rivera", Phone: alexPhone, Baseline: &usual, Stage: "S5",
				TimeZone: daytime(t), Consent: bot.ConsentEvidence{Method: "written", At: time.Now().Add(-time.Hour)}}, "test")
			w.must(err)
			<-slow.began
			second := machine(clocks[1], func(*bot.Config) {}) // looks for what was left half way at once
			defer func() { w.must(second.Stop(context.WithoutCancel(w.ctx))) }()
			time.Sleep(3 * time.Second) // and a call may begin until six have passed
			if got := w.phone(); len(got) != 0 {
				t.Errorf("the other machine sent %q while the first was calling", got)
			}
			slow.goOn <- struct{}{}
			sent := func() storage.MessageState {
				texts, err := w.store.Conversation(w.ctx, p.ClinicID, p.ID, 5)
				w.must(err)
				return texts[0].State
			}
			for deadline := time.Now().Add(10 * time.Second); sent() != storage.MessageDelivered && sent() != storage.MessageSent && time.Now().Before(deadline); {
				time.Sleep(20 * time.Millisecond)
			}
			if got := w.phone(); len(got) != 1 {
				t.Errorf("the phone shows %q, want the welcome once; it is %s", got, sent())
			}
			stored, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
			w.must(err)
			if off := time.Since(stored.Snapshot.Consent.At); stored.Snapshot.Consent.State != flows.ConsentGiven || off < -time.Minute || off > 2*time.Hour {
				t.Errorf("consent %+v", stored.Snapshot.Consent)
			}
		})
	}
}

// daytime is a zone where it is noon, so that what is asked may leave.
func daytime(t *testing.T) string {
	t.Helper()
	now := time.Now()
	for _, zone := range []string{"UTC", "America/Chicago", "Pacific/Honolulu", "Asia/Tokyo", "Asia/Dubai", "Pacific/Auckland", "America/Los_Angeles"} {
		location, err := time.LoadLocation(zone)
		if err == nil && now.In(location).Hour() >= 10 && now.In(location).Hour() < 18 {
			return zone
		}
	}
	t.Fatal("it is day nowhere")
	return ""
}
