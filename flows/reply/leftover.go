package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// leftOver returns the runs of words that nothing was made of, for a human to
// read. A word that only could have been a part of a red flag counts as
// understood when it became one, or when it was taken back ("no numbness").
func (r *reading) leftOver(alarmed bool) []string {
	var out []string
	start, covered := -1, 0
	flush := func(end int) {
		if start >= 0 {
			out = append(out, r.text[r.toks[start].Start:r.toks[end-1].End])
		}
		start = -1
	}
	for i, t := range r.toks {
		for _, h := range r.at(i) {
			if r.means(h, alarmed) {
				covered = max(covered, int(h.To))
			}
		}
		if k, ok := r.figureStarting(i); ok {
			covered = max(covered, r.figures[k].to)
		}
		understood := i < covered || t.Kind != token.Word || start < 0 && r.onlyGrammar(i)
		switch {
		case understood:
			flush(i)
		case start < 0:
			start = i
		}
	}
	flush(len(r.toks))
	return out
}

// means says whether a hit carries meaning of its own in this text.
func (r *reading) means(h lexicon.Hit, alarmed bool) bool {
	if grammar.has(h.Concept) || besideNumbers.has(h.Concept) {
		return false
	}
	return !partsOnly.has(h.Concept) || alarmed ||
		r.flags[h.From]&(negated|hypothetical|someoneElse|past|over|idiomatic) != 0
}

// onlyGrammar says whether token i has hits, and none that carries meaning of its own.
func (r *reading) onlyGrammar(i int) bool {
	some := false
	for _, h := range r.at(i) {
		if besideNumbers.has(h.Concept) {
			continue
		}
		if !grammar.has(h.Concept) {
			return false
		}
		some = true
	}
	return some
}

// besideNumbers are the concepts that only tell what a number beside them is not: nobody has
// understood an insole because it can be given a mark.
var besideNumbers = setOf("hedge", "wished_number", "unreal_number", "could_be", "bound_number", "which_was", "candid", "opines_number",
	"reviewed_thing", "reviewed_work", "reviewed_place", "gets_mark", "machine_set", "earlier_hurt", "this_session", "scale_end",
	"next_visit", "sees_you", "still_on", "parts_done", "at_desk", "text_back", "weather_adj", "lodging", "watches_verb", "posture", "sufferer")

// grammar are the concepts that carry no meaning of their own.
var grammar = setOf("filler", "rating_lead", "rating_follow", "rating_link", "preposition", "joiner", "subject", "first_person",
	"stopper", "possessive", "anaphor", "handled_by", "turn_verb", "subordinate", "auxiliary", "asks_of", "body_verb",
	"mine", "but", "why_ask", "not_texts", "unit_count", "number_noun", "thinking", "interjection",
	"approx", "range_word", "at_time_verb", "zero_spoiler", "feel_other", "clot_sign", "causes", "upcoming")

// partsOnly are the concepts that mean something only together with others in
// a red flag, pain and the words for how it is aside.
var partsOnly = func() conceptSet {
	var s conceptSet
	for i := range flagRules {
		for _, need := range flagRules[i].needs {
			s.join(&need)
		}
		s.join(&flagRules[i].unless)
	}
	keep := setOf("pain", "real_pain", "back", "leg", "legs", "feel", "worse", "flare", "night", "pee_word", "travel", "laughing",
		"planned_diet", "exercise_cause", "idiom")
	for i := range s {
		s[i] &^= keep[i]
	}
	return s
}()
