package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// cutClauses numbers the clauses and sentences. A sentence ends at . ! ? and at
// a line break; a clause also at , ; : ( ) - and emoji, at "but", and at "and"
// before a new subject ("... and my foot").
func (r *reading) cutClauses() {
	clause, sent := int32(0), int32(0)
	length, content := 0, false
	for i, t := range r.toks {
		if length >= maxSentence {
			clause, sent, length, content = clause+1, sent+1, 0, false
		}
		if content && r.opensClause(i) {
			clause++
		}
		r.clause[i], r.sent[i] = clause, sent
		length++
		switch {
		case t.Kind == token.Newline || t.Kind == token.Mark && endsSentence(r.keys[t.KeyStart]):
			clause, sent, length, content = clause+1, sent+1, 0, false
		case t.Kind == token.Mark && endsClause(r.keys[t.KeyStart]) && !r.binds(i), t.Kind == token.Emoji:
			clause++
			content = false
		default:
			content = true
		}
	}
}

func endsSentence(mark byte) bool { return mark == '.' || mark == '!' || mark == '?' }

func endsClause(mark byte) bool {
	switch mark {
	case ',', ';', ':', '(', ')', '-', '"':
		return true
	}
	return false
}

// binds says whether the mark at i holds two numbers or two words together
// ("2-3", "7:30", "pain-free").
func (r *reading) binds(i int) bool {
	t := r.toks[i]
	return t.Glued && i+1 < len(r.toks) && r.toks[i+1].Glued && r.keys[t.KeyStart] != ','
}

// opensClause says whether token i begins a new clause by its word.
func (r *reading) opensClause(i int) bool {
	if r.begins(i, cBut) > 0 {
		return !r.is(i, "tho") && !r.is(i, "though") || r.begins(i+1, cApprox) == 0 && !r.is(i+1, "a") && !r.is(i+1, "an") && !r.is(i+1, "is") // "quads fried tho like an 8"
	}
	if r.is(i, "so") && r.numberSoon(i+1) {
		return true // "mowed before i came so a 5"
	}
	if r.begins(i, cTackedOn) > 0 && r.is(i+1, "no") && r.is(i+2, "me") {
		return true
	}
	if r.begins(i, cTurn) > 0 {
		return r.turnsAway(i)
	}
	if r.begins(i, cJoiner) == 0 || i+1 >= len(r.toks) {
		return false
	}
	if r.is(i+1, "now") || r.is(i+1, "ahora") || r.is(i+1, "hoy") {
		return true // "tumor in 2019 and now my spine hurts"
	}
	return r.begins(i+1, cSubject) > 0 || r.is(i+1, "no") && r.is(i+2, "me") || r.begins(i+1, cLeft) > 0 && r.begins(i+1, cBody) > 0
}

// turnsAway says whether a laugh, "anyway" or "because" at i leads to another thought: "any
// good lol the mic went dead", but neither "numb lol, fine now" nor "asleep cuz i sat on it".
func (r *reading) turnsAway(i int) bool {
	end := r.begins(i, cTurn)
	if end+1 >= len(r.toks) || r.toks[end].Kind != token.Word && r.toks[end].Kind != token.Number {
		return false
	}
	why := r.begins(i, cSubordinate) > 0 || r.is(i, "porque") || r.is(i, "coz")
	return !why || r.begins(end, cSubject)+r.begins(end, cUnable)+r.begins(end, cNegate) == 0
}

var cTurn = lexicon.Must("turn")

// numberSoon says whether nothing but "a", "like" or "its" stands between token i and a
// number in digits.
func (r *reading) numberSoon(i int) bool {
	for j := i; j < len(r.toks) && j < i+3; j++ {
		if r.toks[j].Kind == token.Number {
			return true
		}
		if r.begins(j, cApprox) == 0 && !r.is(j, "a") && !r.is(j, "its") && !r.is(j, "im") {
			return false
		}
	}
	return false
}
