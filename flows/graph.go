package flows

import (
	"slices"
	"strconv"
	"time"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/reply"
)

// graph answers "how am I doing?": the patient owns the chart. One line, and a
// picture where the clinic sends any.
func (t *turn) graph() {
	from, to, weeks, ok := t.course()
	if !ok {
		t.say(copy.GraphEmpty, ClassAnswer)
		return
	}
	words := t.vars()
	words.From, words.To, words.Weeks = from, to, strconv.Itoa(weeks)
	words.Best = t.bestLift()
	if flares := t.flaresSince(t.now.AddDate(0, 0, -7*weeks)); flares > 0 {
		words.Count = strconv.Itoa(flares)
	}
	body := t.clinic.Copy.Say(t.p.Language, copy.Graph, t.p.Texts, words)
	t.p.Texts++
	t.do(SendText{Key: copy.Graph, Body: t.prefix(body), Class: ClassAnswer, Expires: t.now.Add(answerUseful).UTC(), Picture: t.clinic.Media})
}

// course is the usual pain of the first and of the last week of the readings
// kept, and over how many weeks; false with too few.
func (t *turn) course() (from, to string, weeks int, ok bool) {
	rs := slices.DeleteFunc(slices.Clone(t.p.Readings), func(r Reading) bool { return r.Kind == reply.AskedEvening })
	const least = 3
	if len(rs) < least {
		return "", "", 0, false
	}
	const week = 7 * 24 * time.Hour
	first, last := rs[0].At, rs[len(rs)-1].At
	weeks = max(1, int(last.Sub(first)/week)+1)
	of := func(in func(Reading) bool) string {
		var pains []float64
		for _, r := range rs {
			if in(r) {
				pains = append(pains, r.Pain)
			}
		}
		slices.Sort(pains)
		return num(pains[len(pains)/2])
	}
	return of(func(r Reading) bool { return r.At.Sub(first) < week }), of(func(r Reading) bool { return last.Sub(r.At) < week }), weeks, true
}

// flaresSince counts the flare-ups that began since a time.
func (t *turn) flaresSince(since time.Time) int {
	n := 0
	for _, past := range t.p.Course.Past {
		if past.Kind == EpisodeFlare && past.Onset.After(since) {
			n++
		}
	}
	if t.p.Episode.Kind == EpisodeFlare {
		n++
	}
	return n
}

// bestLift is the heaviest set among the personal bests, in words; empty without any.
func (t *turn) bestLift() string {
	best := lift.Load{}
	for _, b := range t.p.Training.Bests {
		for _, load := range b.Reps {
			if load > best.Value {
				best = lift.Load{Value: load, Unit: b.Unit}
			}
		}
	}
	if !best.Known() {
		return ""
	}
	return best.String()
}
