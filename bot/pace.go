package bot

import (
	"context"
	"hash/fnv"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// paces are how many texts may leave, and messages be shown, a second; 0 for no limit.
type paces struct{ perNumber, perAccount, perChannel float64 }

// paceBurst is how much a line may run ahead of its pace.
const paceBurst = time.Second

// inLine takes a text's place in the lines of its sender and of the account, and
// says how long to wait when there is none yet. Only what was not asked for
// waits: answers and red flags overtake it, and it waits the longer for them.
func (b *Bot) inLine(ctx context.Context, tx *storage.Tx, m storage.Message, now time.Time) (time.Duration, error) {
	urgent := !flows.Class(m.Class).Unsolicited()
	for _, line := range []struct {
		name string
		rate float64
	}{{"number:" + m.Number, b.paces.perNumber}, {"account", b.paces.perAccount}} {
		if line.rate <= 0 {
			continue
		}
		interval := time.Duration(float64(time.Second) / line.rate)
		wait, err := tx.Pace(ctx, line.name, interval, paceBurst, urgent, now)
		if err != nil || wait > 0 {
			return wait, err
		}
	}
	return 0, nil
}

// asks are the follow-ups that ask the patient something at a time of day that
// many share.
var asks = map[flows.FollowUpKind]bool{
	flows.DueEvening: true, flows.DueNextMorning: true, flows.DueRemind: true, flows.DueH48: true, flows.DueDaily: true,
}

// spreadOut is when a follow-up is looked at that is due at a time: questions are
// spread, each patient's by always the same while, so that the answers can be
// handled. Where that would run into the patient's quiet hours it is not done.
func (b *Bot) spreadOut(clinic *flows.Clinic, p storage.Patient, due flows.Due) time.Time {
	if b.spread <= 0 || !asks[due.Kind] {
		return due.At
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(p.ID)) // never fails
	later := due.At.Add(time.Duration(h.Sum64() % uint64(b.spread)).Truncate(time.Second))
	zone, err := time.LoadLocation(p.Snapshot.TimeZone)
	if err != nil {
		zone = clinic.TimeZone
	}
	if clinic.Quiet(later.Add(time.Minute), zone) {
		return due.At
	}
	return later
}
