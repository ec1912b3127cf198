package bot_test

import (
	"testing"
	"time"

	"backstop/storage"
)

// A follow-up that cannot happen is left to a job, which tries again and ends in a
// visible place; the others happen all the same.
func TestAPoisonedFollowUpBecomesAJob(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.stepped()
		phones := w.crowd(2)
		query := `UPDATE patients SET snapshot = phone WHERE id = $1` // what was moved does not open
		poisoned, err := w.store.PatientByPhone(w.ctx, w.clinic.ID, phones[0])
		w.must(err)
		_, err = w.store.DB().ExecContext(w.ctx, query, poisoned.ID)
		w.must(err)
		agenda, err := w.store.Agenda(w.ctx, w.clinic.ID, poisoned.ID)
		w.must(err)
		w.clock.set(w.clock.Now().Add(24 * time.Hour))
		w.must(w.bot.Sweep(w.ctx))
		left, err := w.store.FollowUpByID(w.ctx, w.clinic.ID, agenda[0].ID)
		w.must(err)
		if left.State != storage.FollowUpQueued || w.bot.NextStepAt().IsZero() {
			t.Errorf("the poisoned one is %s, the next job at %v", left.State, w.bot.NextStepAt())
		}
		if due, err := w.store.DueFollowUps(w.ctx, w.clock.Now(), 10); err != nil || len(due) != 0 {
			t.Errorf("still due: %+v, %v", due, err)
		}
	})
}

// Two versions serve side by side during a deploy: what only the newer one knows how
// to do is not taken off the agenda by the older one.
func TestAFollowUpOfANewerVersionIsLeftToIt(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.stepped()
		phones := w.crowd(1)
		p, err := w.store.PatientByPhone(w.ctx, w.clinic.ID, phones[0])
		w.must(err)
		agenda, err := w.store.Agenda(w.ctx, w.clinic.ID, p.ID)
		w.must(err)
		_, err = w.store.DB().ExecContext(w.ctx, `UPDATE follow_ups SET kind = 'ask_by_picture' WHERE id = $1`, agenda[0].ID)
		w.must(err)
		w.clock.set(w.clock.Now().Add(24 * time.Hour))
		w.must(w.bot.Sweep(w.ctx))
		left, err := w.store.FollowUpByID(w.ctx, w.clinic.ID, agenda[0].ID)
		w.must(err)
		if left.State != storage.FollowUpQueued || w.bot.NextStepAt().IsZero() {
			t.Errorf("it is %s, the next job at %v; want a job that another machine may work", left.State, w.bot.NextStepAt())
		}
	})
}
