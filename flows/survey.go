package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// ScoreKind is a questionnaire.
type ScoreKind string

// The questionnaires.
const (
	PEG  ScoreKind = "PEG"  // pain, enjoyment, general activity, 0-10, high is bad (Krebs 2009)
	PSFS ScoreKind = "PSFS" // three to five activities of one's own, 0-10, high is good (Abbott & Schmitt 2014)
)

// Survey is a questionnaire under way. It can be left half way and taken up again.
type Survey struct {
	Kind    ScoreKind `json:"kind,omitempty"`
	Began   time.Time `json:"began,omitzero"`
	Picking bool      `json:"picking,omitempty"` // PSFS: the patient is naming activities
	Answers []float64 `json:"answers,omitempty"`
	Resumed bool      `json:"resumed,omitempty"` // asked for once more
	Reasked bool      `json:"reasked,omitempty"` // this item
}

// Score is a finished questionnaire.
type Score struct {
	Kind    ScoreKind `json:"kind"`
	At      time.Time `json:"at"`
	Answers []float64 `json:"answers"` // each 0-10
}

// Mean is the score: the mean of its items.
func (s Score) Mean() float64 {
	sum := 0.0
	for _, a := range s.Answers {
		sum += a
	}
	return sum / float64(max(1, len(s.Answers)))
}

const (
	mostActivities = 5
	activityLength = 40
	pegItems       = 3
)

// planScores puts the next questionnaire on the agenda: the patient's own
// activities on Saturdays, PEG on Wednesdays, so that no day has more than one.
func (t *turn) planScores() {
	t.planOnce(DueScore, t.nextScore())
}

// scoresDue are all questionnaires of the course, in order.
func (t *turn) scoresDue() []dueScore {
	const week = 7
	s := t.clinic.Protocol.Schedule
	began := t.p.Course.Began
	var due []dueScore
	for _, w := range s.PSFSWeeks {
		due = append(due, dueScore{PSFS, t.on(began, w*week+int(time.Saturday-began.In(t.zone).Weekday()), s.WeeklyAt)})
	}
	for w := s.PEGEveryWeeks; w <= scoreWeeks; w += s.PEGEveryWeeks {
		due = append(due, dueScore{PEG, t.on(began, w*week+int(time.Wednesday-began.In(t.zone).Weekday()), s.WeeklyAt)})
	}
	slices.SortFunc(due, func(a, b dueScore) int { return a.at.Compare(b.at) })
	return due
}

// scoreWeeks is how long after the beginning questionnaires go on.
const scoreWeeks = 2 * 52

// dueScore is when a questionnaire is due.
type dueScore struct {
	kind ScoreKind
	at   time.Time
}

// nextScore is when the next questionnaire is due.
func (t *turn) nextScore() time.Time {
	for _, d := range t.scoresDue() {
		if d.at.After(t.now) {
			return d.at
		}
	}
	return t.on(t.now, 7*t.clinic.Protocol.Schedule.PEGEveryWeeks, t.clinic.Protocol.Schedule.WeeklyAt)
}

// scoreNow is the questionnaire that is due now: the last whose day has come.
func (t *turn) scoreNow() ScoreKind {
	kind := PEG
	for _, d := range t.scoresDue() {
		if d.at.After(t.now) {
			break
		}
		kind = d.kind
	}
	return kind
}

// score begins a questionnaire, while nothing hurts more than usual. What may not
// leave today is tried again tomorrow, until the next one is due.
func (t *turn) score() {
	next := t.nextScore()
	t.plan(DueScore, next)
	if t.p.Course.Survey.Kind != "" {
		return
	}
	if t.p.Episode.Kind != EpisodeNone || !t.roomToSpare() {
		if tomorrow := t.atFiveIn(1); tomorrow.Before(next) {
			t.plan(DueScore, tomorrow)
		}
		return
	}
	survey := Survey{Kind: t.scoreNow(), Began: t.now}
	key := copy.PEGPain
	if survey.Kind == PSFS {
		key = copy.PSFSItem
		if len(t.p.Course.Activities) == 0 {
			survey.Picking, key = true, copy.PSFSPick
		}
	}
	t.p.Course.Survey = survey
	t.prompt(key, t.quietFrom(t.now))
	t.openScore()
	t.plan(DueScoreResume, t.on(t.now, 1, t.clinic.Protocol.Schedule.WeeklyAt))
}

func (t *turn) openScore() { t.ask(reply.AskedScore, t.now.Add(t.fresh())) }

// scoreResume takes a questionnaire up once that was left half way, and gives it
// up when its time is over.
func (t *turn) scoreResume() {
	s := &t.p.Course.Survey
	if s.Kind == "" {
		return
	}
	if s.Resumed || t.now.Sub(s.Began) >= t.clinic.Protocol.Schedule.ScoreOpen {
		t.note(string(s.Kind) + " was left half way.")
		t.giveUpScore()
		return
	}
	if t.askedJustNow() {
		t.plan(DueScoreResume, t.atFiveIn(1)) // one question at a time
		return
	}
	s.Resumed = true
	t.plan(DueScoreResume, s.Began.Add(t.clinic.Protocol.Schedule.ScoreOpen))
	if t.p.Episode.Kind == EpisodeNone && t.roomToSpare() {
		t.question = strings.TrimPrefix(t.item(), t.clinic.Name+": ") // the text begins with it
		t.prompt(copy.ScoreResume, t.quietFrom(t.now))
		t.question = ""
		t.openScore()
	}
}

// askedJustNow reports whether another question was put only just.
func (t *turn) askedJustNow() bool {
	const just = 3 * time.Hour
	return slices.ContainsFunc(t.p.Questions, func(q Question) bool {
		return q.Asked != reply.AskedScore && t.now.Sub(q.At) < just
	})
}

func (t *turn) giveUpScore() {
	t.p.Course.Survey = Survey{}
	t.cancel("the questionnaire is over", DueScoreResume)
	t.p.Questions = slices.DeleteFunc(t.p.Questions, func(q Question) bool { return q.Asked == reply.AskedScore })
}

// answersScore deals with a text while a questionnaire is open, and reports
// whether it was an answer to it. A pain report is none: it goes first.
func (t *turn) answersScore(e TextReceived, asked Question, r reply.Reply) bool {
	s := &t.p.Course.Survey
	if asked.Asked != reply.AskedScore || s.Kind == "" {
		return false
	}
	words := strings.TrimSpace(e.Text)
	switch {
	case later(words):
		t.say(copy.Thanks, ClassAnswer)
		return true
	case s.Picking:
		return t.picks(e, words, r)
	case r.Count != nil && *r.Count >= 0 && *r.Count <= 10 && !t.ratesBack(e):
		s.Answers = append(s.Answers, float64(*r.Count))
		s.Reasked = false
		t.nextItem()
		return true
	case r.Intent == reply.IntentPainReport || t.somethingElse(r, words) || s.Reasked:
		return false
	}
	s.Reasked = true
	t.do(Note{Line: "Not clear; asked once more.", Words: e.Text})
	t.say(copy.ScoreReask, ClassAnswer)
	return true
}

// ratesBack reports whether a number in a text is how the back is, and no answer to the
// item that is open: "my back is at 9 right now".
func (t *turn) ratesBack(e TextReceived) bool {
	r := reply.Understand(reply.AskedNone, e.Text, t.p.Language)
	asksPain := t.p.Course.Survey.Kind == PEG && len(t.p.Course.Survey.Answers) == 0
	return r.Pain != nil && r.Intent == reply.IntentPainReport &&
		(!asksPain || slices.ContainsFunc(r.Ratings, func(said reply.Rating) bool { return said.Used && said.When == "now" }))
}

// picks takes the activities that a text names, or that there are no more. A number is
// no activity: it answers the question about the back that is open too. Nor is what the
// patient says of the back, a trip or an appointment.
func (t *turn) picks(e TextReceived, words string, r reply.Reply) bool {
	c := &t.p.Course
	switch {
	case t.answersBack(e):
		return true
	case strings.Trim(words, "0123456789.,/-! ") == "" && words != "", r.Count != nil && len(r.LeftOver) == 0 && !t.somethingElse(r, words):
		t.say(copy.PSFSPick, ClassAnswer)
		return true
	case noMore(words), r.Intent == reply.IntentThanks && len(c.Activities) > 0:
		return t.picked(words)
	case words == "", t.somethingElse(r, words):
		return false
	}
	t.do(Note{Line: "Named as hard for the back:", Words: e.Text})
	for _, activity := range activities(words) {
		if len(c.Activities) < mostActivities {
			c.Activities = append(c.Activities, shorten(activity))
		}
	}
	if len(c.Activities) < mostActivities {
		t.count = strconv.Itoa(len(c.Activities))
		t.say(copy.PSFSNext, ClassAnswer)
		t.count = ""
		return true
	}
	return t.picked(words)
}

// picked ends the naming of activities: with what there is, or for good when the
// patient has none.
func (t *turn) picked(words string) bool {
	switch {
	case len(t.p.Course.Activities) > 0:
		t.p.Course.Survey.Picking = false
		t.sayItem()
	case strings.EqualFold(bare(words), "ok"), strings.EqualFold(bare(words), "listo"):
		t.say(copy.PSFSPick, ClassAnswer)
	default:
		t.giveUpScore()
		t.say(copy.Thanks, ClassAnswer)
	}
	return true
}

// somethingElse reports whether a text is no activity but about the back as it is now,
// or about something of its own. "Hurts when I sit" names an activity all the same.
func (t *turn) somethingElse(r reply.Reply, words string) bool {
	switch r.Intent {
	case reply.IntentPainReport:
		return says(r) || !whileDoing(words)
	case reply.IntentTravelTrigger:
		return r.Trip != nil && r.Trip.When != ""
	case reply.IntentQuestion, reply.IntentReschedule, reply.IntentHomeworkDone, reply.IntentHomeworkSkipped, reply.IntentThanks:
		return true
	}
	return r.Pain != nil || r.Distress || r.Hypothetical || r.MayOptOut || r.Flare != nil && *r.Flare
}

// whileDoing reports whether words tell of what is done: "hurts when I sit".
func whileDoing(words string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool {
		switch strings.Trim(w, ".,!?") {
		case "when", "while", "to", "cuando", "al":
			return true
		}
		return false
	})
}

// activities are what a text names: several between commas or in lines, also numbered.
func activities(words string) []string {
	var named []string
	for part := range strings.FieldsFuncSeq(words, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		number := strings.TrimLeft(strings.TrimSpace(part), "0123456789")
		if rest, numbered := strings.CutPrefix(number, ")"); numbered {
			part = rest
		} else if rest, numbered := strings.CutPrefix(number, ". "); numbered {
			part = rest
		}
		if part = strings.TrimSpace(part); part != "" {
			named = append(named, part)
		}
	}
	return named
}

// noMore reports whether words say that there is no activity, or no further one.
func noMore(words string) bool {
	switch strings.ToLower(strings.ReplaceAll(bare(words), "’", "'")) {
	case "ok", "done", "no", "nope", "none", "nothing", "no more", "nothing else", "skip", "that's all", "thats all", "that's it", "thats it",
		"listo", "ya", "nada", "nada más", "nada mas", "no más", "no mas", "ninguna", "eso es todo":
		return true
	}
	return false
}

// namedAll reports whether a text ends the naming of activities in words that would
// ask for no more texts had the bot not just asked for another activity.
func (t *turn) namedAll(asked Question, words string) bool {
	return asked.Asked == reply.AskedScore && t.p.Course.Survey.Picking && len(t.p.Course.Activities) > 0 && noMore(words)
}

// bare is words without the marks around them.
func bare(words string) string { return strings.Trim(words, ".! ") }

// answersBack takes a number for the question about the back that is open beside
// a questionnaire, and reports whether there was one.
func (t *turn) answersBack(e TextReceived) bool {
	for i := len(t.p.Questions) - 1; i >= 0; i-- {
		q := t.p.Questions[i]
		if q.At.After(e.SentAt) || e.SentAt.Sub(q.At) >= t.fresh() {
			continue
		}
		switch q.Asked {
		case reply.AskedEvening, reply.AskedNextMorning, reply.AskedH48, reply.AskedWeekly:
			r := reply.Understand(q.Asked, e.Text, t.p.Language)
			if r.Pain == nil || len(r.LeftOver) > 0 {
				return false
			}
			t.answered(e, q, r)
			return true
		}
	}
	return false
}

// shorten makes an activity fit for a text.
func shorten(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if r := []rune(words); len(r) > activityLength {
		words = string(r[:activityLength])
	}
	return words
}

// nextItem asks the next item, or ends the questionnaire.
func (t *turn) nextItem() {
	s := t.p.Course.Survey
	if len(s.Answers) < t.scoreItems() {
		t.sayItem()
		return
	}
	done := Score{Kind: s.Kind, At: t.now, Answers: s.Answers}
	line := string(s.Kind) + " " + num(round(done.Mean()))
	if last, ok := t.lastScore(s.Kind); ok {
		line += ", was " + num(round(last.Mean())) + " on " + last.At.In(t.zone).Format("2 Jan")
	}
	const kept = 24
	t.p.Course.Scores = append(t.p.Course.Scores, done)
	if n := len(t.p.Course.Scores); n > kept {
		t.p.Course.Scores = t.p.Course.Scores[n-kept:]
	}
	t.do(RecordScore{done})
	t.note(line + ".")
	t.giveUpScore()
	t.say(copy.ScoreDone, ClassAnswer)
}

func (t *turn) sayItem() {
	t.openScore()
	t.say(t.itemKey(), ClassAnswer)
}

// scoreItems is how many there are.
func (t *turn) scoreItems() int {
	if t.p.Course.Survey.Kind == PEG {
		return pegItems
	}
	return len(t.p.Course.Activities)
}

func (t *turn) itemKey() copy.Key {
	s := t.p.Course.Survey
	switch {
	case s.Picking:
		return copy.PSFSPick
	case s.Kind == PSFS:
		return copy.PSFSItem
	}
	return [pegItems]copy.Key{copy.PEGPain, copy.PEGEnjoyment, copy.PEGActivity}[min(len(s.Answers), pegItems-1)]
}

// item is the question that is open, as a text.
func (t *turn) item() string { return t.text(t.itemKey()) }

func (t *turn) lastScore(kind ScoreKind) (Score, bool) {
	for i := len(t.p.Course.Scores) - 1; i >= 0; i-- {
		if s := t.p.Course.Scores[i]; s.Kind == kind {
			return s, true
		}
	}
	return Score{}, false
}

// round shows a mean with one digit.
func round(mean float64) float64 { return float64(int(mean*10+0.5)) / 10 }

func later(words string) bool {
	words = strings.ToUpper(bare(words))
	return words == "LATER" || words == "DESPUES" || words == "DESPUÉS" || words == "LUEGO"
}
