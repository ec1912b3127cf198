package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// The program that is left, and with it the texts.

var (
	cLeaves      = lexicon.Must("leaves")       // "quit", "drop out of", "cancel my spot in"
	cProgram     = lexicon.Must("program_word") // what is ours without more: "program", "seguimiento"
	cAnyThing    = lexicon.Must("any_thing")    // what is ours only by its kind: "thing", "service"
	cTextKind    = lexicon.Must("text_kind")    // the kind that is ours: "texting", "follow up"
	cProgramKind = lexicon.Must("program_kind") // what may be said of it besides: "whole", "back pain"
	cProgramPart = lexicon.Must("program_part") // "week", "workout"
	cReasonGiven = lexicon.Must("reason_given") // "because", "porque"
)

// leaveReach is how many words may stand between the leaving and what is left.
const leaveReach = 6

// leavesProgram finds somebody who leaves the program: "cancel my spot in the program", "i am
// dropping out of this follow up thing", "quisiera dar por terminado el seguimiento"; but neither
// "i quit the gym's program" nor "i left the program early".
func (r *reading) leavesProgram() bool {
	h, ok := r.find(cLeaves, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.notMeant(h) || r.endsElse(h) || r.flags[i]&(negated|impossible) != 0 && !r.negatesItself(h) || r.narrated(i) || r.theirs(i) || r.begins(i-1, cWhyAsk) > 0 || r.begins(i-1, cPreposition) > 0 && !r.is(i-1, "to") {
			return false
		}
		end, texts := r.programAfter(int(h.To))
		if end == 0 || !texts && (r.asked == AskedHomework || r.isQuestion() && !r.speaksOf(cKinObject, i, int(h.To))) {
			return false
		}
		return r.closesWish(end)
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "the program left")
	}
	return ok
}

// programAfter returns the end of the program that is named from token i on, 0 if none is, and
// whether its name says that it is the texts.
func (r *reading) programAfter(i int) (end int, texts bool) {
	from, ours, linked := i, false, true
	for j := i; j < len(r.toks) && j < from+leaveReach && r.clause[j] == r.clause[from]; {
		if r.exerciseAt(j) != "" && r.begins(j, cTextKind) == 0 || end == 0 && (r.is(j, "me") || r.indefinite(j)) {
			break // "leave me a message"
		}
		kind := r.begins(j, cTextKind)
		texts = texts || kind > 0
		head := max(r.begins(j, cProgram), r.begins(j, cAnyThing), kind)
		ours = ours || r.begins(j, cProgram) > 0
		next := max(head, kind, r.begins(j, cProgramKind), r.begins(j, cBack), r.begins(j, cPain))
		if head > 0 || end > 0 && next > 0 {
			end, linked = next, false // "el programa", "el programa de la espalda"
		}
		linked = linked || r.begins(j, cPreposition) > 0
		if end == 0 && next == 0 && r.demonstrative(j) {
			next = j + 1
		}
		if next == 0 && linked && (lexicon.Default().Filler(r.words[j]) || end > 0) {
			next = j + 1
		}
		if next == 0 {
			break
		}
		j = next
	}
	if !ours && !texts {
		return 0, false // "i quit the whole thing"
	}
	return end, texts
}

// indefinite says whether token i is an article or the like that makes what follows none of ours.
func (r *reading) indefinite(i int) bool {
	switch r.keyOr(i) {
	case "a", "an", "some", "another", "un", "una", "unos", "unas", "otro", "otra", "algun", "puro":
		return true
	}
	return false
}

// demonstrative says whether token i points at what follows and is no small word of the lexicon's.
func (r *reading) demonstrative(i int) bool {
	switch r.keyOr(i) {
	case "este", "esta", "ese", "esa", "estos", "esos", "esto", "eso", "todo", "toda":
		return true
	}
	return false
}

// partOfProgram says whether only a part of what is named at token j is done with: "done with
// week 3 of the program".
func (r *reading) partOfProgram(from, j int) bool {
	if r.begins(j, cProgram) == 0 {
		return false
	}
	for k := from; k < j; k++ {
		if r.begins(k, cProgramPart) > 0 {
			return true
		}
	}
	return false
}

// reasonFrom says whether a reason for what was said begins at token i: nothing that follows
// bounds it.
func (r *reading) reasonFrom(i int) bool { return r.begins(i, cReasonGiven) > 0 }

// endsElse says whether h is part of what ends something else, such as "stop the exercise": but
// "stop the exercise texts" ends the texts.
func (r *reading) endsElse(h lexicon.Hit) bool {
	for back := range 4 {
		if end := r.begins(int(h.From)-back, cNotStop); end > int(h.From) && end >= int(h.To) && (r.begins(end-1, cNotTexts) == 0 || !r.textsAbout(end-1)) {
			return true
		}
	}
	return false
}

// bodyApart says whether pain or the back is spoken of other than in the name of the texts.
func (r *reading) bodyApart() bool {
	for _, h := range r.hits {
		if (h.Concept == cPain || h.Concept == cBack) && !r.textsAbout(int(h.From)) {
			return true
		}
	}
	return false
}

// phoneDigits is from how many digits on a run of numbers is a telephone's.
const phoneDigits = 7

// swapsNumber says whether another telephone number is given in place of what is struck: "drop my
// old number and put 555-0128", "remove Dave from my contacts, put Hector, it's 919 555 0125".
func (r *reading) swapsNumber() bool {
	if !r.any(cPutsNew) || !r.any(cStrikes, cTakesOut) {
		return false
	}
	_, ok := r.find(cPutsNew, func(h lexicon.Hit) bool {
		i := int(h.From)
		if !r.speaksOf(cStrikes, 0, i) && !r.speaksOf(cTakesOut, 0, i) {
			return false
		}
		reach := swapReach
		if r.is(i, "text") {
			reach = 1
		}
		for j := int(h.To); j < min(int(h.To)+reach, len(r.toks)); j++ {
			if r.phoneAt(j) {
				return true
			}
		}
		return false
	})
	return ok
}

// swapReach is how many words may stand before a new number, such as whose it is.
const swapReach = 6

// phoneAt says whether a telephone number begins at token i.
func (r *reading) phoneAt(i int) bool {
	digits := 0
	for j := i; j < len(r.toks) && j < i+8; j++ {
		switch {
		case r.toks[j].Kind == token.Number:
			digits += len(r.key(j))
		case !r.mark(j):
			return digits >= phoneDigits
		}
	}
	return digits >= phoneDigits
}

var cPutsNew = lexicon.Must("puts_new")
