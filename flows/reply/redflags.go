package reply

import (
	"math/bits"
	"slices"

	"backstop/flows/reply/lexicon"
)

// nearTokens is how far apart two findings of one sentence may stand when
// they are not in one clause.
const nearTokens = 9

// sentenceTokens is how far apart the findings of a rule for one sentence may stand:
// a long text without a full stop is not one thought.
const sentenceTokens = 14

// orderGap is how many words may stand between the terms of an ordered rule.
const orderGap = 2

// compiled is a rule with its concepts as sets, to skip it quickly.
type compiled struct {
	lexicon.Rule
	needs  []conceptSet
	unless conceptSet
	quick  [][]bitsOf // needs, without the words that are empty, and what an idiom may hold
	spoils []bitsOf   // unless, likewise
}

// bitsOf are the concepts of a set that lie in one of its words.
type bitsOf struct {
	word int
	bits uint64
}

// sparse leaves out the empty words of a set.
func sparse(s *conceptSet) []bitsOf {
	var out []bitsOf
	for i, w := range s {
		if w != 0 {
			out = append(out, bitsOf{i, w})
		}
	}
	return out
}

// meetsAny says whether s has one of the concepts.
func (s *conceptSet) meetsAny(some []bitsOf) bool {
	for _, b := range some {
		if s[b.word]&b.bits != 0 {
			return true
		}
	}
	return false
}

var flagRules = compileRules(lexicon.Default.Rules)

func compileRules(rules []lexicon.Rule) []compiled {
	out := make([]compiled, 0, len(rules))
	for _, rule := range rules {
		c := compiled{Rule: rule}
		for _, term := range rule.Terms {
			var s conceptSet
			for _, w := range term {
				s.add(w.Concept)
			}
			c.needs = append(c.needs, s)
			if !slices.ContainsFunc(term, func(w lexicon.Want) bool { return w.Even }) {
				c.quick = append(c.quick, sparse(&s))
			}
		}
		for _, u := range rule.Unless {
			c.unless.add(u)
		}
		c.spoils = sparse(&c.unless)
		out = append(out, c)
	}
	return out
}

// What numbers tell, and the concept that the rules know it by.
var (
	cTempHigh   = lexicon.Must(lexicon.TempHigh)
	cWeightFell = lexicon.Must(lexicon.WeightFell)
	cChestRated = lexicon.Must(lexicon.ChestRated)

	measured = setOf(lexicon.TempHigh, lexicon.WeightFell, lexicon.ChestRated)
)

// redFlags returns every category found, the most serious first
// (IFOMPT framework, Finucane 2020).
func (r *reading) redFlags() []RedFlag {
	if r.tempHigh && !r.hotWeather() || r.hasFever() {
		r.have.add(cTempHigh)
	}
	if r.weightFell() {
		r.have.add(cWeightFell)
	}
	if r.chestRated() {
		r.have.add(cChestRated)
	}
	if r.smallChild() {
		r.holds.add(cSmallChild)
	}
	if r.have.count() == 0 {
		return nil
	}
	var found []RedFlag
	for word, rules := range r.candidates() {
		for ; rules != 0; rules &= rules - 1 {
			rule := &flagRules[word*64+bits.TrailingZeros64(rules)]
			category := RedFlag(rule.Category)
			if slices.Contains(found, category) && !r.explain || !r.possible(rule) {
				continue
			}
			if r.matches(rule) && !slices.Contains(found, category) {
				found = append(found, category)
			}
		}
	}
	slices.SortFunc(found, func(a, b RedFlag) int {
		return slices.Index(RedFlagOrder, a) - slices.Index(RedFlagOrder, b)
	})
	return found
}

func (r *reading) possible(rule *compiled) bool {
	for _, term := range rule.quick {
		if !r.have.meetsAny(term) {
			return false
		}
	}
	return len(r.toks) > spoilReach || !r.holds.meetsAny(rule.spoils)
}

// matches looks for hits that meet every term of the rule near enough to each
// other. The work for each sentence is bounded by maxSentence.
func (r *reading) matches(rule *compiled) bool {
	if measured.has(rule.Terms[0][0].Concept) {
		return true
	}
	for i := range r.hits {
		h := r.hits[i]
		if !r.meets(rule, 0, h) || rule.Window == lexicon.Alone && !r.alone(h) {
			continue
		}
		chosen := [8]lexicon.Hit{h}
		if r.rest(rule, 1, chosen[:1]) {
			return true
		}
		if rule.Window == lexicon.Text && len(rule.Terms) > 1 {
			return false // every other term was looked for in the whole text
		}
	}
	return false
}

func (r *reading) rest(rule *compiled, term int, chosen []lexicon.Hit) bool {
	if term == len(rule.Terms) {
		if r.takenBack(rule, chosen) {
			return false
		}
		r.noteFlag(rule, chosen)
		return true
	}
	from, to := r.windowOf(rule.Window, int(chosen[0].From))
	for i := r.first[from]; i < r.first[to]; i++ {
		h := r.hits[i]
		if !r.meets(rule, term, h) || !r.nearAll(rule.Window, h, chosen) {
			continue
		}
		if r.rest(rule, term+1, append(chosen, h)) {
			return true
		}
		if rule.Window == lexicon.Text {
			return false
		}
	}
	return false
}

// spoilReach is how many words from what was found, in another sentence, a meaning takes
// a rule back: "can't breathe. that video lol", but not a "lol" at the end of a long text.
const spoilReach = 10

// takenBack says whether a meaning that takes the rule back stands near what was found, or
// anywhere if the rule itself looks at the whole text.
func (r *reading) takenBack(rule *compiled, chosen []lexicon.Hit) bool {
	if len(r.toks) <= spoilReach || !r.holds.meetsAny(rule.spoils) {
		return false // possible has looked
	}
	if rule.Window == lexicon.Text {
		return true
	}
	for _, s := range r.hits {
		if !rule.unless.has(s.Concept) || r.flags[s.From]&negated != 0 {
			continue
		}
		for _, h := range chosen {
			if r.sent[s.From] == r.sent[h.From] || max(s.From-h.To, h.From-s.To) <= spoilReach {
				return true
			}
		}
	}
	return rule.unless.has(cSmallChild) && r.holds.has(cSmallChild)
}

func (r *reading) windowOf(w lexicon.Window, i int) (from, to int) {
	switch w {
	case lexicon.Clause, lexicon.Order:
		return r.startOfClause(i), r.endOfClause(i)
	case lexicon.Text:
		return 0, len(r.toks)
	}
	from = i
	for from > 0 && r.sent[from-1] == r.sent[i] {
		from--
	}
	return from, r.endOfSentence(i)
}

// meets says whether a hit is one of the wants of a term, with its scope.
func (r *reading) meets(rule *compiled, term int, h lexicon.Hit) bool {
	if !rule.needs[term].has(h.Concept) {
		return false
	}
	flags := r.flags[h.From]
	if r.noTrouble(h) || h.Concept == cOldAge && r.noAge(h) {
		return false
	}
	if wordsOfDeath.has(h.Concept) && r.killedMe(h) {
		return false // "hoy me mató la sesión"
	}
	if falls.has(h.Concept) && r.begins(int(h.From), cAsleep) > int(h.To) {
		return false // a foot that fell asleep did not fall
	}
	if flags&someoneElse != 0 && !agents.has(h.Concept) && !r.strikesMe(h) {
		return false
	}
	if mishaps.has(h.Concept) && (r.ofThing(h) || r.begins(int(h.From), cDropped) >= int(h.To)) || strikes.has(h.Concept) && r.ofPain(h) || flags&negated != 0 && r.deniedByName(h) {
		return false
	}
	if flags&negated != 0 && flags&impossible == 0 && deadly.has(h.Concept) && !r.deniedNear(int(h.From)) {
		flags &^= negated
	}
	for _, w := range rule.Terms[term] {
		if w.Concept != h.Concept || flags&idiomatic != 0 && !w.Even {
			continue
		}
		if flags&hypothetical != 0 && rule.Category != string(MentalHealthCrisis) || flags&past != 0 && !w.Past {
			continue
		}
		// Nobody is safe because the gun was put away: a crisis does not pass by itself.
		if flags&over != 0 && !w.Past && rule.Category != string(MentalHealthCrisis) && !lasting.has(h.Concept) && !places.has(h.Concept) {
			continue
		}
		if !w.Lost && (flags&negated == 0 || places.has(h.Concept)) {
			return true
		}
		if w.Lost && (flags&impossible != 0 || flags&negated != 0 && !w.Unable) && flags&spared == 0 && !r.feelsOther(h) {
			return true
		}
	}
	return false
}

// noAge says whether a number is a load, a weight or the weather: "92 degrees".
func (r *reading) noAge(h lexicon.Hit) bool {
	switch r.keyOr(int(h.From) - 1) {
	case "pese", "peso", "weigh", "weighed", "meta":
		return true
	}
	return r.begins(int(h.To), cUnitLoad) > 0 || r.is(int(h.To), "degrees") || r.is(int(h.To), "grados") || r.is(int(h.To), "percent")
}

// deniedNear says whether what denies token i stands near it: "I am not suicidal", but
// not "not sure what the point is if I kill myself".
func (r *reading) deniedNear(i int) bool {
	for j := i - 1; j >= 0 && i-j <= denialReach; j-- {
		if r.begins(j, cNegate) > 0 && !r.covered(j, cPseudoNegation) {
			return true
		}
	}
	return false
}

// denialReach is how many words before a wish to be dead a denial of it stands.
const denialReach = 5

// deadly are the findings that a denial must stand near to take back.
var deadly = setOf("death_wish", "self_harm", "kill_verb", "self_obj", "self_verb_end")

// deniedByName says whether a place is denied itself: "on my toe, not my back".
func (r *reading) deniedByName(h lexicon.Hit) bool {
	if h.Concept != cBlowPlace && !bodyConcepts.has(h.Concept) {
		return false
	}
	i := int(h.From) - 1
	for i >= 0 && lexicon.Default.Filler(r.words[i]) {
		i--
	}
	return r.is(i, "not") && (i == 0 || r.begins(i-1, cUnable) == 0)
}

// noTrouble says whether a hit is denied as a trouble: "no pee problems".
func (r *reading) noTrouble(h lexicon.Hit) bool {
	if r.begins(int(h.To), cTroubleNoun) == 0 {
		return false
	}
	return r.is(int(h.From), "no") || r.is(int(h.From)-1, "no")
}

// strikesMe says whether a crash that somebody else brought about befell the
// patient: "a guy rear ended me".
func (r *reading) strikesMe(h lexicon.Hit) bool {
	if h.Concept != cHitBy && h.Concept != cCrash {
		return false
	}
	for j := int(h.To) - 1; j < int(h.To)+2; j++ {
		if r.is(j, "me") || r.is(j, "us") || r.is(j, "my") || r.is(j, "our") {
			return true
		}
	}
	return false
}

// feelsOther says whether a hit of "feel" goes on to name what is not felt:
// "I don't feel any tingling" is no loss of feeling.
func (r *reading) feelsOther(h lexicon.Hit) bool {
	if h.Concept != cFeel || r.flags[h.From]&impossible != 0 && r.begins(int(h.To), cFeelNothing) > 0 {
		return false // "I can't feel anything" is a loss of feeling
	}
	for j := int(h.To); j < len(r.toks) && j < int(h.To)+2 && r.clause[j] == r.clause[h.From]; j++ {
		if r.begins(j, cFeelOther) > 0 && !r.bodyAt(j+1) {
			return true // but "can't feel my right calf" is
		}
	}
	return false
}

// bodyAt says whether token i names a region of the body.
func (r *reading) bodyAt(i int) bool {
	for _, h := range r.at(i) {
		if bodyConcepts.has(h.Concept) {
			return true
		}
	}
	return false
}

var (
	cTroubleNoun = lexicon.Must("trouble_noun")
	cOldAge      = lexicon.Must("old_age") // a number, unless it is a load
	cHitBy       = lexicon.Must("hit_by")
	cCrash       = lexicon.Must("crash")
	cBlowPlace   = lexicon.Must("blow_place")
	cDropped     = lexicon.Must("dropped") // a thing: "se me cayó el café"
	cFeelNothing = lexicon.Must("feel_nothing")
)

func (r *reading) nearAll(w lexicon.Window, h lexicon.Hit, chosen []lexicon.Hit) bool {
	if w == lexicon.Order {
		gap := h.From - chosen[len(chosen)-1].To
		return gap >= 0 && gap <= orderGap
	}
	if w == lexicon.Text || w == lexicon.Clause {
		return true
	}
	for _, c := range chosen {
		if max(h.From-c.To, c.From-h.To) > sentenceTokens {
			return false
		}
		if w == lexicon.Sentence {
			continue
		}
		if r.clause[c.From] == r.clause[h.From] {
			continue
		}
		gap := max(h.From-c.To, c.From-h.To)
		if gap > nearTokens || r.rival(h, c) || r.rival(c, h) || r.deniedThere(h, c) || r.deniedThere(c, h) {
			return false
		}
	}
	return true
}

// deniedThere says whether the clause of a place denies the very symptom that another
// clause has: "dolor 3, nada de dolor de pecho".
func (r *reading) deniedThere(place, symptom lexicon.Hit) bool {
	if !places.has(place.Concept) || r.flags[place.From]&negated == 0 || symptom.Concept == place.Concept {
		return false
	}
	for i := r.startOfClause(int(place.From)); i < r.endOfClause(int(place.From)); i++ {
		if r.flags[i]&negated == 0 {
			continue
		}
		for _, h := range r.at(i) {
			if h.Concept == symptom.Concept {
				return true
			}
		}
	}
	return false
}

// rival says whether b's clause names another region than a's: in "butt is
// sore, foot is numb" the numbness belongs to the foot.
func (r *reading) rival(a, b lexicon.Hit) bool {
	if !bodyConcepts.has(a.Concept) {
		return false
	}
	for i := r.startOfClause(int(b.From)); i < r.endOfClause(int(b.From)); i++ {
		for _, h := range r.at(i) {
			if bodyConcepts.has(h.Concept) && h.Concept != a.Concept && h != b {
				return true
			}
		}
	}
	return false
}

func (r *reading) noteFlag(rule *compiled, chosen []lexicon.Hit) {
	if !r.explain {
		return
	}
	for _, h := range chosen {
		r.note("red_flag: "+rule.Category, int(h.From), int(h.To), rule.Name)
	}
}

// supposed says whether the text speaks of a red-flag symptom without having
// it: as a condition or as a thing to watch for.
func (r *reading) supposed() bool {
	for i := range r.flags {
		if r.flags[i]&hypothetical == 0 {
			continue
		}
		for _, h := range r.at(i) {
			if alarming.has(h.Concept) {
				return true
			}
		}
	}
	return false
}

// alarming are the concepts that make a question worth a clinician's look.
var alarming = setOf("excreta", "numb", "weak", "bladder", "peed", "gives_way", "fever", "short_breath", "chest",
	"death_wish", "self_harm", "cancer", "clot", "fainted", "tingling", "drag", "saddle", "stroke_word", "heart_attack", "seizure")

// lasting are events that "I'm fine now" does not undo.
var lasting = setOf("peed", "fainted", "passed_out", "face_bad", "face", "speech", "speech_bad", "seizure", "cough_blood", "blood_out", "fell", "fell_word", "crash", "blow",
	"death_wish", "self_harm", "stroke_word", "heart_attack", "bowel_loss", "pee_word", "minor_fall", "lost_weight", "lost_word", "unexplained",
	"lethal_move", "reason_lost", "will_word", "weary", "want_not", "want_es", "last_one", "farewell", "given_up", "death_hope", "death_event", "cut_self", "erection_gone",
	"half_body", "limp", "slurred", "no_speech_told", "vision_loss", "mouth_leak", "fall_told", "threw_me", "vehicle_mishap", "ran_into", "support_fails", "blood_sign", "shrunk_sign", "hit_by", "struck_verb")

// places are findings that a denial does not take back: in "no feeling in my
// foot" the foot is not denied.
var places = setOf("cond_dead", "not_alive", "saddle", "genital", "leg", "legs", "arm", "chest", "jaw", "belly", "face", "back", "bladder", "pee_word", "wipe",
	"asked_feel", "sex", "urge", "travel", "front_to_back", "surgery_site", "spine_procedure", "both", "other_leg", "left",
	"right_side", "night", "half_body", "body_side", "calf_leg", "throat", "vehicle", "mine", "bowel_loss", "retention",
	"life_word", "life_core", "body_kill", "alone_word", "hurt_self", "lethal_place", "lethal_thing", "death_event", "every_night", "unexplained", "constant", "persists", "blow_place", "fell_from",
	"neither_leg", "alive_es", "found_me_es", "holds_up", "cannot_tell", "seat_contact",
	"life_from", "life_away", "life_bare", "not_back", "finds_me", "fault_none", "last_time", "last_sure",
	"given_end", "no_morning", "not_intend", "stay_word", "stay_why", "hope_harm", "woke_sorry", "reads_gone",
	"bye_note", "own_grave", "mine_soon", "burden_word", "burden_end", "insurance_end", "attempt_now", "own_harm",
	"own_body", "join_them", "will_not_see", "let_fate", "head_shot", "means_why", "tried_to_die", "brink",
	"no_wake", "fine_with", "if_not_for", "not_else", "hear_again", "love_sorry", "wish_said", "live_without",
	"lethal_dose", "gone_dead", "kept_safe", "kept_why", "no_stopping", "cant_stay", "reason_stay", "reason_need",
	"jump_intent", "pain_ends", "calm_end", "finder",
	"below_place",
	"living_word", "me_mato", "welcome")

// falls are the words for a fall that "fell asleep" also begins with.
var falls = setOf("fell", "fell_word")

// agents are findings that someone else may bring about: "my kid jumped on my back".
var agents = setOf("blow", "strong_blow", "struck_verb", "my_vehicle", "blow_agent", "blow_place", "threw_me",
	"kept_from", "firearm", "threat_verb", "drown_self", "touch_thing", "pin_word", "poke", "inner_thing", "partner_touch",
	"other_suicide", "lighter", "self_absent", "heirs_es", "dead_word",
	"other_crisis", "finder", "finds_me", "after_me", "fault_none", "lost_one", "taker", "insurance_word",
	"insurance_end", "given_end", "last_sure", "attempt_now", "my_threat", "pills", "lethal_thing", "kept_safe",
	"kept_why", "love_sorry", "gone_dead", "if_not_for", "once_gone", "tell_mine", "ask_number", "stay_why",
	"stay_word", "missed_by_none", "burden_word", "burden_end", "me_too_es", "line_called", "no_wake",
	"stairs", "adult_pads",
	"cond_es", "mourned_es", "attempt_sign", "came_back_es", "giving_away", "go_with_es")
