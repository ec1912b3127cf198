package flows

import (
	"slices"
	"time"
)

// Undo is what an answer may change on the ladder and about a flare-up, as it
// stood before the answer: a slip of the thumb moves nobody on, and ends nothing.
type Undo struct {
	Stage   Stage   `json:"stage"`
	Episode Episode `json:"episode,omitzero"`
	Done    Done    `json:"done,omitzero"` // the session under way

	Letter    string    `json:"letter,omitempty"`
	Since     time.Time `json:"since,omitzero"`
	Lifts     []Lifted  `json:"lifts,omitempty"`
	Return    Return    `json:"return,omitzero"`
	Easier    Easier    `json:"easier,omitzero"`
	Tries     Tries     `json:"tries,omitzero"`
	Asked     Approval  `json:"approval,omitzero"`
	Ticked    Stage     `json:"ticked,omitempty"`
	Restarted time.Time `json:"restarted,omitzero"`
	Waits     string    `json:"today_waits,omitempty"`
}

// asBefore is what an answer that comes now may change.
func (t *turn) asBefore() Undo {
	tr := t.p.Training
	return Undo{Stage: t.p.Stage, Episode: t.p.Episode, Done: t.doneNow(), Letter: tr.Letter, Since: tr.Since, Lifts: slices.Clone(tr.Lifts),
		Return: tr.Return, Easier: tr.Easier, Tries: tr.Tries, Asked: tr.Asked, Ticked: tr.Ticked, Restarted: tr.Restarted, Waits: tr.TodayWaits}
}

// keepUndo remembers how it was before the answer just given, where the answer led
// to more than the next load: that follows from the plan anew each time.
func (t *turn) keepUndo(before Undo) {
	tr := t.p.Training
	same := before.Stage == t.p.Stage && before.Letter == tr.Letter && before.Episode == t.p.Episode && before.Tries == tr.Tries &&
		before.Asked == tr.Asked && before.Return.Kind == tr.Return.Kind && before.Return.Step == tr.Return.Step && before.Return.Factor == tr.Return.Factor
	if same {
		t.p.Answered.Before = nil
		return
	}
	kept := before // so that only what is kept costs memory
	t.p.Answered.Before = &kept
}

// undo takes back what the last answer led to, because it was wrong.
func (t *turn) undo() {
	was := t.p.Answered.Before
	if was == nil {
		return
	}
	t.p.Answered.Before = nil
	t.undoEpisode(was.Episode)
	tr := &t.p.Training
	if tr.Asked != was.Asked && tr.Asked.Stage != "" {
		t.withdraw(approvalKey(tr.Asked.Stage), "The answer it rested on was corrected.")
	}
	moved := t.p.Stage != was.Stage || tr.Letter != was.Letter
	t.p.Stage, tr.Letter, tr.Since, tr.Lifts = was.Stage, was.Letter, was.Since, slices.Clone(was.Lifts)
	tr.Return, tr.Easier, tr.Tries, tr.Asked, tr.Ticked = was.Return, was.Easier, was.Tries, was.Asked, was.Ticked
	tr.Restarted, tr.TodayWaits = was.Restarted, was.Waits
	if d := t.doneOf(was.Done.Session); d != nil {
		*d = was.Done
	}
	if moved {
		t.do(RecordStage{At: t.now, Stage: t.p.Stage, Letter: tr.Letter, Why: correctedWhy})
		t.planHomework()
	}
}

const correctedWhy = "the answer before was corrected"

// undoEpisode ends an episode that the wrong answer opened, and goes on with one
// that it ended.
func (t *turn) undoEpisode(was Episode) {
	switch now := t.p.Episode; {
	case now == was:
		return
	case was.Kind == EpisodeNone:
		t.cancel("the answer was corrected", DueDaily)
		t.p.Waiting = slices.DeleteFunc(t.p.Waiting, func(w Waiting) bool { return w.Alert == now.ID })
		t.endEpisode("corrected")
		return
	}
	t.p.Episode = was
	t.p.Course.Past = slices.DeleteFunc(t.p.Course.Past, func(o Past) bool { return o.ID == was.ID })
	t.do(RecordEpisode{Episode: was})
}
