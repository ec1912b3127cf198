package flows

import (
	"slices"
	"time"
)

// plan puts a follow-up on the agenda; a patient has at most one of a kind.
func (t *turn) plan(kind FollowUpKind, at time.Time) {
	due := Due{Key: string(kind), Kind: kind, At: at.UTC().Truncate(time.Microsecond)} // as the database keeps it
	t.p.Agenda = slices.DeleteFunc(t.p.Agenda, func(d Due) bool { return d.Key == due.Key })
	t.p.Agenda = append(t.p.Agenda, due)
	slices.SortStableFunc(t.p.Agenda, func(a, b Due) int { return a.At.Compare(b.At) })
	t.do(PutFollowUp{due})
}

// cancel takes follow-ups off the agenda and says why.
func (t *turn) cancel(reason string, kinds ...FollowUpKind) {
	t.p.Agenda = slices.DeleteFunc(t.p.Agenda, func(d Due) bool {
		if !slices.Contains(kinds, d.Kind) {
			return false
		}
		t.do(CancelFollowUp{Key: d.Key, Reason: reason})
		return true
	})
}

// cancelEverything empties the agenda and calls back what waits to leave, but for
// the advice of a red flag.
func (t *turn) cancelEverything(reason string) {
	for _, d := range t.p.Agenda {
		t.do(CancelFollowUp{Key: d.Key, Reason: reason})
	}
	t.p.Agenda = nil
	t.p.Questions = nil
	t.do(CancelTexts{Reason: reason})
	t.p.Waiting = slices.DeleteFunc(t.p.Waiting, func(w Waiting) bool { return w.Class != ClassSafety })
	t.planWaiting() // advice is still owed
}

// took reports whether the follow-up was on the agenda, and takes it off: a
// follow-up that was cancelled or replaced meanwhile does nothing.
func (t *turn) took(e FollowUpDue) bool {
	i := slices.IndexFunc(t.p.Agenda, func(d Due) bool { return d.Key == e.Key && !d.At.After(t.now) })
	if i < 0 {
		return false
	}
	t.p.Agenda = slices.Delete(t.p.Agenda, i, i+1)
	return true
}
