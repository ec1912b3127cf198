package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// exercises are the names a lift is recorded under, the more special first.
var exercises = []struct {
	concept lexicon.Concept
	name    string
}{
	{lexicon.Must("lift_single_leg_rdl"), "single_leg_rdl"},
	{lexicon.Must("lift_suitcase"), "suitcase_deadlift"},
	{lexicon.Must("lift_trap_bar"), "trap_bar"},
	{lexicon.Must("lift_rdl"), "rdl"},
	{lexicon.Must("lift_rack_pull"), "rack_pull"},
	{lexicon.Must("lift_swing"), "swing"},
	{lexicon.Must("lift_hip_thrust"), "hip_thrust"},
	{lexicon.Must("lift_good_morning"), "good_morning"},
	{lexicon.Must("lift_bird_dog"), "bird_dog"},
	{lexicon.Must("lift_kettlebell"), "kettlebell"},
	{lexicon.Must("lift_dumbbell"), "dumbbell"},
	{lexicon.Must("lift_deadlift"), "deadlift"},
	{lexicon.Must("lift_squat"), "squat"},
	{lexicon.Must("lift_bench"), "bench"},
	{lexicon.Must("lift_row"), "row"},
	{lexicon.Must("lift_carry"), "carry"},
	{lexicon.Must("lift_plank"), "plank"},
	{lexicon.Must("lift_bridge"), "bridge"},
	{lexicon.Must("lift_lunge"), "lunge"},
}

var (
	cSetOnly    = lexicon.Must("set_only")
	cRepWord    = lexicon.Must("rep_word")
	cUnitPound  = lexicon.Must("unit_pound")
	cUnitKilo   = lexicon.Must("unit_kilo")
	cBodyweight = lexicon.Must("bodyweight")
	cEachHand   = lexicon.Must("each_hand")
	cPR         = lexicon.Must("pr_word")
	cLostWord   = lexicon.Must("lost_word")
	cDone       = lexicon.Must("done")
)

const (
	smallestLoad = 20   // a bare number from here on is a load, not reps
	mostReps     = 100  // more is a slip
	mostPounds   = 1000 // more is a slip
	mostKilos    = 450
)

// findLifts reads the log lines of lifting and claims their numbers.
func (r *reading) findLifts() {
	if !r.liftingSpoken() {
		return
	}
	var now Lift
	hand := false
	for i := 0; i < len(r.toks); i++ {
		if name := r.exerciseAt(i); name != "" {
			if hasWork(now) && now.Exercise != "" && now.Exercise != name && !implement(name) {
				r.keepLift(now)
				now = Lift{}
			}
			if now.Exercise == "" || implement(now.Exercise) {
				now.Exercise = name
			}
		}
		if r.begins(i, cBodyweight) > 0 && r.flags[i]&negated == 0 {
			now.Bodyweight = true
		}
		hand = hand || r.begins(i, cEachHand) > 0
		if reps := r.heavyReps(i); reps > 0 && now.Load > 0 && len(now.Reps) == 0 {
			now.Reps = append(now.Reps, reps)
		}
		k, ok := r.figureStarting(i)
		if !ok {
			continue
		}
		if r.figures[k].claim != unclaimed {
			continue
		}
		used := r.readLift(k, &now)
		if used == 0 {
			continue
		}
		for end := r.figures[k+used-1].to - 1; i < end; i++ {
			if name := r.exerciseAt(i); name != "" && (now.Exercise == "" || implement(now.Exercise)) {
				now.Exercise = name // "24kg kb x 10"
			}
		}
	}
	if hand && now.Load > 0 && now.Doubt == "" {
		now.Doubt = "load for each hand or in all"
	}
	r.keepLift(now)
}

// heavyReps reads the last word of "for a single" as repetitions.
func (r *reading) heavyReps(i int) int {
	if !r.is(i-2, "for") || !r.is(i-1, "a") {
		return 0
	}
	switch r.keyOr(i) {
	case "single":
		return 1
	case "double":
		return 2
	case "triple":
		return 3
	}
	return 0
}

// liftingSpoken says whether the text logs lifting at all.
func (r *reading) liftingSpoken() bool {
	if r.any(cLostWord) && !r.any(cSetOnly, cRepWord) {
		return false
	}
	if r.any(cSetOnly, cRepWord, cPlates, cBodyweight, cPR) {
		return true
	}
	for _, e := range exercises {
		if r.all.has(e.concept) {
			return true
		}
	}
	for i := range r.toks {
		if r.times(i) || r.loadTimes(i) {
			return true
		}
	}
	for k := range r.figures {
		if f := &r.figures[k]; r.repsAt(f) && r.begins(r.figures[k+1].to, cUnitLoad) > 0 && !r.painSubject(f) {
			return true
		}
	}
	return r.asked == AskedHomework && (r.any(cUnitLoad, cDone, cYes) || r.hasAt() || r.hasRow())
}

// hasRow says whether three numbers stand side by side.
func (r *reading) hasRow() bool {
	for k := 2; k < len(r.figures); k++ {
		if r.figures[k].from == r.figures[k-1].to && r.figures[k-1].from == r.figures[k-2].to {
			return true
		}
	}
	return false
}

func (r *reading) hasAt() bool {
	for i := range r.toks {
		if r.is(i, "@") {
			return true
		}
	}
	return false
}

// times says whether token i is the "x" between two numbers.
func (r *reading) times(i int) bool {
	if i == 0 || i+1 >= len(r.toks) || r.toks[i-1].Kind != token.Number || r.toks[i+1].Kind != token.Number {
		return false
	}
	return r.timesSign(i)
}

// loadTimes says whether token i is the "x" between a load and its repetitions: "60kg x 5".
func (r *reading) loadTimes(i int) bool {
	if i < 2 || i+1 >= len(r.toks) || r.toks[i-2].Kind != token.Number || r.toks[i+1].Kind != token.Number || r.begins(i-1, cUnitLoad) == 0 {
		return false
	}
	return r.timesSign(i)
}

func (r *reading) timesSign(i int) bool { return r.is(i, "x") || r.is(i, "*") || r.is(i, "por") }

// timesNext says whether an "x" leads from a number to the next; a unit of load and what
// was lifted may stand between: "24kg kb x 10".
func (r *reading) timesNext(k int) bool {
	if k+1 >= len(r.figures) {
		return false
	}
	at := r.figures[k].to
	if end := r.begins(at, cUnitLoad); end > 0 {
		at = end
		for _, e := range exercises {
			if end := r.begins(at, e.concept); end > 0 {
				at = end
				break
			}
		}
	}
	return r.timesSign(at) && r.figures[k+1].from == at+1
}

// repsAt says whether a number is the repetitions before an "@" and a load: "5 @ 185".
func (r *reading) repsAt(f *figure) bool {
	if f.value < 1 || f.value >= smallestLoad || f.value != float64(int(f.value)) || f.outOfTen || !r.is(f.to, "@") {
		return false
	}
	k, ok := r.figureStarting(f.to + 1)
	return ok && (r.figures[k].value >= smallestLoad || r.begins(r.figures[k].to, cUnitLoad) > 0)
}

func (r *reading) exerciseAt(i int) string {
	for _, e := range exercises {
		if r.begins(i, e.concept) > 0 && r.flags[i]&hypothetical == 0 {
			return e.name
		}
	}
	return ""
}

// implement are names of a thing to lift rather than of a movement.
func implement(name string) bool { return name == "kettlebell" || name == "dumbbell" }

func hasWork(l Lift) bool {
	return l.Sets > 0 || len(l.Reps) > 0 || l.Load > 0 || l.Plates > 0
}

func (r *reading) keepLift(l Lift) {
	if !hasWork(l) && !(l.Bodyweight && r.asked == AskedHomework) {
		return
	}
	limit := float64(mostPounds)
	if l.Unit == Kilogram {
		limit = mostKilos
	}
	for _, reps := range l.Reps {
		if reps == 0 {
			return // "zero sets today"
		}
		if reps > mostReps {
			l.Doubt = "more reps than likely"
		}
	}
	switch {
	case l.Doubt != "":
	case l.Load > limit:
		l.Doubt = "load higher than likely"
	case l.Load > 0 && l.Load < 5 && l.Unit == UnitUnknown:
		l.Doubt = "load or reps"
	}
	r.lifts = append(r.lifts, l)
}

// readLift reads the figures from k on into l and returns how many it took.
func (r *reading) readLift(k int, l *Lift) int {
	f := &r.figures[k]
	if n := r.readTimes(k, l); n > 0 {
		return n
	}
	if n := r.readRepList(k, l); n > 0 {
		return n
	}
	whole := f.value == float64(int(f.value))
	switch {
	case r.leadIn(f.from-1, cEffortLead):
		if f.value >= 1 && f.value <= 10 {
			v := f.value
			l.RPE = &v
		}
		return r.claimLift(k, claimEffort)
	case r.labels(f.to):
		return 0 // "pain:6 reps:10"
	case r.begins(f.to, cSetOnly) > 0 && whole:
		r.startIf(l.Sets > 0, l)
		l.Sets = int(f.value)
		return r.claimLift(k, claimLift)
	case r.begins(f.to, cRepWord) > 0 && whole:
		l.Reps = append(l.Reps, int(f.value))
		if x := r.begins(f.to, cRepWord); l.Sets == 0 && r.is(x, "x") { // "10 reps x 3"
			if next, ok := r.figureStarting(x + 1); ok && next == k+1 && r.figures[next].claim == unclaimed {
				l.Sets = int(r.figures[next].value)
				return r.claimLift(k, claimLift) + r.claimLift(next, claimLift)
			}
		}
		return r.claimLift(k, claimLift)
	case r.repsAt(f) && !r.painSubject(f):
		r.startIf(len(l.Reps) > 0, l)
		l.Reps = append(l.Reps, int(f.value))
		return r.claimLift(k, claimLift)
	case r.begins(f.to, cPlates) > 0:
		l.Plates = f.value
		return r.claimLift(k, claimLift)
	case r.readUnit(f, l), r.bareLoad(f):
		r.startIf(l.Load > 0 && l.Load != f.value && l.Unit == r.unitAt(f), l)
		if l.Load > 0 && l.Load != f.value {
			l.Doubt = "two loads"
		}
		l.Load = f.value
		r.readUnit(f, l)
		if r.is(f.to, "s") && r.toks[f.to].Glued {
			l.Doubt = "load for each hand or in all"
		}
		if r.is(f.to, "-") && r.is(f.to+1, "") {
			l.Doubt = "a range of loads"
		}
		return r.claimLift(k, claimLift)
	case whole && l.Sets > 0 && len(l.Reps) == 0 && (r.is(f.from-1, "of") || r.is(f.from-1, "de")) && r.begins(f.from-2, cPain)+r.begins(f.from-2, cRatingWord) == 0:
		l.Reps = append(l.Reps, int(f.value))
		return r.claimLift(k, claimLift)
	case whole && (l.Load > 0 || l.Plates > 0) && len(l.Reps) == 0 && r.is(f.from-1, "for") && r.unitAfter(f) == unclaimed:
		l.Reps = append(l.Reps, int(f.value))
		return r.claimLift(k, claimLift)
	case whole && l.Load > 0 && len(l.Reps) == 0 && r.is(f.from-1, "x"):
		l.Reps = append(l.Reps, int(f.value))
		return r.claimLift(k, claimLift)
	}
	return 0
}

func (r *reading) startIf(full bool, l *Lift) {
	if full && l.Load > 0 {
		name := l.Exercise
		r.keepLift(*l)
		*l = Lift{Exercise: name}
	}
}

func (r *reading) claimLift(k int, c claim) int {
	r.figures[k].claim = c
	r.note("lift", r.figures[k].from, r.figures[k].to, "")
	return 1
}

// readTimes reads 3x5, 185x5, 185x5x3 and 3x5x185.
func (r *reading) readTimes(k int, l *Lift) int {
	var v [3]float64
	n := 1
	v[0] = r.figures[k].value
	for n < 3 && r.timesNext(k+n-1) {
		v[n] = r.figures[k+n].value
		n++
	}
	if n < 2 {
		return 0
	}
	first, last := &r.figures[k], &r.figures[k+n-1]
	loadFirst := v[0] >= smallestLoad || r.begins(first.to, cUnitLoad) > 0
	r.startIf(l.Sets > 0 || len(l.Reps) > 0, l)
	switch {
	case n == 3 && loadFirst:
		l.Load, l.Reps, l.Sets = v[0], []int{int(v[1])}, int(v[2])
		r.readUnit(first, l)
	case n == 3:
		l.Sets, l.Reps, l.Load = int(v[0]), []int{int(v[1])}, v[2]
		r.readUnit(last, l)
	case loadFirst:
		l.Load, l.Reps = v[0], r.repsFrom(k+1)
		r.readUnit(first, l)
		l.Sets, n = listed(l.Reps), 1+len(l.Reps)
	case v[1] > 2*smallestLoad || v[1] > smallestLoad && r.readUnit(last, l):
		l.Reps, l.Load = []int{int(v[0])}, v[1]
		l.Doubt = "reps or sets"
		r.readUnit(last, l)
	default:
		l.Sets, l.Reps = int(v[0]), []int{int(v[1])}
	}
	for i := range n {
		r.claimLift(k+i, claimLift)
	}
	return n
}

// repsFrom is the repetitions of the number k, and of those that commas join to it where
// they are two at least: "70kg x 5, 5, 4". One alone may be the pain.
func (r *reading) repsFrom(k int) []int {
	reps := []int{int(r.figures[k].value)}
	for n := k + 1; n < len(r.figures); n++ {
		f := &r.figures[n]
		if f.from != r.figures[n-1].to+1 || !r.is(f.from-1, ",") || f.claim != unclaimed || f.outOfTen || f.value >= smallestLoad || f.value != float64(int(f.value)) || r.unitAfter(f) != unclaimed {
			break
		}
		reps = append(reps, int(f.value))
	}
	if len(reps) < 3 {
		return reps[:1]
	}
	return reps
}

// listed is how many sets a list of repetitions tells of; one number tells of none.
func listed(reps []int) int {
	if len(reps) == 1 {
		return 0
	}
	return len(reps)
}

// readRepList reads "5,5,5 at 80kg" and "5/5/4": three or more small numbers.
// Nothing need stand between them where the load follows ("5 5 5 at 80 kg") or
// homework was asked about.
func (r *reading) readRepList(k int, l *Lift) int {
	if k+2 >= len(r.figures) {
		return 0
	}
	gap := r.figures[k+1].from - r.figures[k].to
	n := 1
	for k+n < len(r.figures) {
		sep := r.figures[k+n-1].to
		if r.figures[k+n].from != sep+gap || gap == 0 && r.figures[k+n].value >= smallestLoad || gap > 0 && !r.is(sep, ",") && !r.is(sep, "/") && !r.is(sep, "-") {
			break
		}
		n++
	}
	if n < 3 || gap > 1 || gap == 0 && r.asked != AskedHomework && !r.loadAfter(k+n-1) {
		return 0
	}
	var reps []int
	for i := range n {
		v := r.figures[k+i].value
		if v > 30 || v != float64(int(v)) || v < 1 {
			return 0
		}
		reps = append(reps, int(v))
	}
	l.Sets, l.Reps = n, reps
	for i := range n {
		r.claimLift(k+i, claimLift)
	}
	return n
}

// loadAfter says whether a load follows the figure k at once: "5 at 80 kg".
func (r *reading) loadAfter(k int) bool {
	if k+1 >= len(r.figures) {
		return false
	}
	f := &r.figures[k+1]
	return f.from <= r.figures[k].to+1 && (r.unitAt(f) != UnitUnknown || r.bareLoad(f))
}

func (r *reading) unitAt(f *figure) Unit {
	switch {
	case r.begins(f.to, cUnitPound) > 0:
		return Pound
	case r.begins(f.to, cUnitKilo) > 0:
		return Kilogram
	}
	return UnitUnknown
}

func (r *reading) readUnit(f *figure, l *Lift) bool {
	u := r.unitAt(f)
	if u != UnitUnknown {
		l.Unit = u
	}
	return u != UnitUnknown
}

// bareLoad says whether a number without a unit is a load: "@ 185", "with the
// 35", "hit 225", "225 for 3".
func (r *reading) bareLoad(f *figure) bool {
	if k, ok := r.endsFigure(f.from); ok && r.figures[k].claim == claimLift && f.value >= smallestLoad && r.unitAfter(f) == unclaimed {
		return true
	}
	if r.is(f.to, "s") && r.toks[f.to].Glued && f.value >= 5 && (r.is(f.from-1, "with") || r.is(f.from-1, "w") || r.is(f.from-1, "@")) {
		return true // "with 25s": a pair of dumbbells
	}
	if r.unitAfter(f) != unclaimed || r.clock(f) || r.temperature(f) {
		return false
	}
	lead := f.from - 1
	if r.is(lead, "the") || r.is(lead, "a") {
		lead--
	}
	switch {
	case r.is(lead, "@"):
		return true
	case f.value < smallestLoad:
		return (r.is(lead, "with") || r.is(lead, "w") || r.is(lead, "con")) && f.value >= 8
	}
	return r.is(lead, "at") || r.is(lead, "with") || r.is(lead, "w") || r.is(lead, "con") || r.is(lead, "to") || r.is(lead, "using") ||
		r.is(lead, "on") || r.is(lead, "/") || r.is(lead, "pr") || r.begins(lead, cDone) > 0 || r.is(f.to, "for") || r.is(f.to, "x") || r.is(f.to, "s") ||
		r.exerciseAt(lead) != "" || r.exerciseAt(f.to) != "" || r.begins(f.to, cPR) > 0 || lead < 0 || r.mark(lead) && !r.is(lead, "/")
}
