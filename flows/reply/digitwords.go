package reply

import (
	"sync"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// A 2 that stands for "to" or "too", and a 4 that stands for "for".

// digitWords are the words that a digit is typed for.
var digitWords = sync.OnceValue(func() (w struct{ to, too, four lexicon.Words }) {
	l := lexicon.Default()
	w.to, w.too, w.four = l.Word([]byte("to")), l.Word([]byte("too")), l.Word([]byte("for"))
	return w
})

// spoken is what the digit at i is as a word: itself, unless it is typed for one.
func (r *reading) spoken(i int) lexicon.Words {
	switch {
	case r.is(i, "2") && r.saysTo(i):
		return digitWords().to
	case r.is(i, "2") && r.saysToo(i):
		return digitWords().too
	case r.is(i, "4") && (r.tooMuchFor(i) || r.forAWhile(i)):
		return digitWords().four
	case r.is(i, "4") && i > 0 && goodFor[r.key(i-1)] && forWhat[r.keyOr(i+1)], r.is(i, "4") && r.is(i-1, "ok") && r.is(i+1, "the"):
		return digitWords().four
	case r.is(i, "4") && (r.thanksFor(i) || r.readyFor(i) || r.forReal(i)):
		return digitWords().four
	}
	return r.words[i]
}

// thanksFor says whether the 4 at i leads to what one thanks for or is sorry for: "thanks 4
// everything", "thank u so much 4 asking", "sorry 4 texting late", but not "thx 4 now".
func (r *reading) thanksFor(i int) bool {
	at, next := i-1, r.keyOr(i+1)
	if r.is(at, "much") || r.is(at, "again") || r.is(at, "all") {
		at--
		if r.is(at, "so") || r.is(at, "very") || r.is(at, "yall") {
			at--
		}
	} else if r.is(at, "u") || r.is(at, "you") || r.is(at, "ya") {
		at--
	}
	if !giveThanks[r.keyOr(at)] || i+1 >= len(r.toks) || r.toks[i+1].Kind != token.Word {
		return false
	}
	return next == "all" || !notFor[next] && !posture[next]
}

// readyFor says whether the 4 at i stands between a state or a wait and what it is for, and no
// number is told there: "waiting 4 my ride", "off 4 dinner", "sat 4 too long".
func (r *reading) readyFor(i int) bool {
	if i == 0 || i+1 >= len(r.toks) {
		return false
	}
	before, next := r.key(i-1), r.key(i+1)
	switch {
	case waitsFor[before]:
		return r.toks[i+1].Kind == token.Word && !notFor[next]
	case headsFor[before]:
		return forMeal[next]
	}
	return next == "too" && doneFor[before] || next == "so" && r.is(i+2, "long") && doneFor[before]
}

// forReal says whether the 4 opens a phrase of its own: "4 real it hurts", "4 the record its 2".
func (r *reading) forReal(i int) bool {
	if i > 0 && achesFor[r.key(i-1)] && (i+2 >= len(r.toks) || r.mark(i+2)) {
		return r.is(i+1, "real") || r.is(i+1, "realz") || r.is(i+1, "sure") // "my back aches 4 real"
	}
	if i > 0 && !r.mark(i-1) && !(i > 1 && r.is(i-1, "back")) {
		return false
	}
	switch r.keyOr(i + 1) {
	case "real", "realz", "reals":
		return i+2 < len(r.toks)
	case "the":
		return r.is(i+2, "record") || r.is(i+2, "most") || r.is(i+2, "love") || r.is(i+2, "first")
	case "some":
		return r.is(i+2, "reason")
	case "today", "2day", "tonight", "2nite", "now":
		return r.tellsAfter(i + 2)
	}
	return false
}

// tellsAfter says whether a number is told from token i on: "4 2day its 2".
func (r *reading) tellsAfter(i int) bool {
	if !r.is(i, "its") && !r.is(i, "is") && !r.is(i, "im") && !r.is(i, "was") {
		return false
	}
	return i+1 < len(r.toks) && (r.toks[i+1].Kind == token.Number || i+2 < len(r.toks) && r.toks[i+2].Kind == token.Number)
}

// drawnNo says whether the word at i is a "no" drawn out before "more": "nooo more texts".
// Alone it may only exclaim: "nooo fever again".
func (r *reading) drawnNo(i int) bool {
	t := r.toks[i]
	key := r.keys[t.KeyStart:t.KeyEnd]
	if len(key) < 3 || key[0] != 'n' || key[1] != 'o' || i+1 >= len(r.toks) {
		return false
	}
	for _, c := range key[2:] {
		if c != 'o' {
			return false
		}
	}
	return r.is(i+1, "more") || r.is(i+1, "mor") || r.is(i+1, "mas")
}

// saysPor says whether the x at i is typed for "por": "un 3 x ahi", "2 x la mañana".
func (r *reading) saysPor(i int) bool {
	if !r.is(i, "x") || r.toks[i].Glued {
		return false
	}
	switch r.keyOr(i + 1) {
	case "ahi", "aqui", "la", "las", "el", "los", "lo", "ahora", "culpa", "que", "todo", "eso", "esta", "mi", "favor", "fin", "poco":
		return true
	}
	return false
}

// saysSiento says whether the "ciento" at i is typed for "siento": "no ciento el pie", but not
// "por ciento" or "ciento veinte libras".
func (r *reading) saysSiento(i int) bool {
	switch r.keyOr(i - 1) {
	case "no", "ni", "nada", "me", "lo", "la", "los", "las", "ya":
		return true
	case "por":
		return false
	}
	switch r.keyOr(i + 1) {
	case "el", "la", "los", "las", "mi", "mis", "un", "una", "que", "q", "como", "nada", "bien", "mal", "muy", "raro", "rara":
		return i == 0 || r.toks[i-1].Kind != token.Number
	}
	return false
}

// typedWord says whether the number at i is typed for a word.
func (r *reading) typedWord(i int) bool {
	w, typed := r.words[i], digitWords()
	return w == typed.to || w == typed.too || w == typed.four
}

// saysTo says whether the 2 at i stands for "to": "dont want 2 live", "drove 2 the
// yard", but not "need 2 more".
func (r *reading) saysTo(i int) bool {
	if i == 0 || r.toks[i-1].Kind != token.Word || i+1 >= len(r.toks) {
		return false
	}
	before, after := r.key(i-1), r.key(i+1)
	switch {
	case takesTo[after], leadsTo[before] && mayTakeTo[after], nearTo[before] && nearWhat[after]:
		return true
	case before == "down":
		return after == "a" || r.toks[i+1].Kind == token.Number && !r.toks[i+1].Glued // "down 2 a 3"
	case before == "back":
		return backTo[after] || after == "the" && backToThe[r.keyOr(i+2)]
	}
	return goesTo[before] && placeAfter[after]
}

// saysToo says whether the 2 at i stands for "too": "hurts 2 much", "2 stiff to tie
// my shoes", "me 2", but not "2 stiff but ok".
func (r *reading) saysToo(i int) bool {
	after := r.keyOr(i + 1)
	switch {
	case i == 1 && (r.is(0, "me") || r.is(0, "u") || r.is(0, "you")) && (after == "" || r.mark(2) || after == "lol" || after == "haha"), alwaysToo[after]:
		return true
	case mayBeToo[after]:
		return r.is(i+2, "4") && r.tooMuchFor(i+2) || r.is(i-1, "way") || r.is(i-1, "far") || r.is(i+2, "to") || r.is(i+2, "2")
	}
	return false
}

// tooMuchFor says whether the 4 at i stands for "for" after "too": "2 sore 4 yoga", "too
// tight 4 a walk", but not "2 stiff 4 now".
func (r *reading) tooMuchFor(i int) bool {
	if i < 2 || i+1 >= len(r.toks) || r.toks[i+1].Kind != token.Word || notFor[r.key(i+1)] {
		return false
	}
	return (r.is(i-2, "2") || r.is(i-2, "too")) && (mayBeToo[r.key(i-1)] || alwaysToo[r.key(i-1)])
}

// forAWhile says whether the 4 at i leads to how long something was done: "iced it 4 a while",
// "laid down 4 20 min".
func (r *reading) forAWhile(i int) bool {
	if i < 1 || i+2 >= len(r.toks) {
		return false
	}
	if achesFor[r.key(i-1)] && (r.is(i+1, "a") && shortWhile[r.key(i+2)] || r.toks[i+1].Kind == token.Number && longWhile[r.key(i+2)]) {
		return true // "stiff 4 a bit"
	}
	if !doneFor[r.key(i-1)] && !(doneHow[r.key(i-1)] && i > 1 && doneFor[r.key(i-2)]) {
		return false
	}
	return r.toks[i+1].Kind == token.Number && r.toks[i+2].Kind == token.Word || (r.is(i+1, "a") || r.is(i+1, "an") || r.is(i+1, "the")) && r.toks[i+2].Kind == token.Word
}

// takesTo are verbs that a 2 before them leads to, mayTakeTo those that it does only
// after a word of leadsTo ("hurts 2 walk", but not "back 2 walk fine"); backTo and
// backToThe are what one is back to; goesTo and placeAfter are what it stands
// between on the way, nearTo and nearWhat where no way is gone ("used 2 it").
var (
	takesTo = setOfKeys("be", "b", "die", "live", "liv", "end", "kill", "quit", "sleep", "hurt", "cut", "do", "leave", "stop", "exist", "wake",
		"disappear", "go", "see", "put", "lay", "lie", "sit", "stand", "get", "take", "pull", "use", "ask", "call", "make", "bend", "lift", "help",
		"skip", "carry", "pee", "poop", "wipe", "say", "tell", "let", "give", "come", "move", "roll", "tie", "dress", "hold", "crawl", "pay",
		"breathe", "swallow", "miss", "describe", "explain", "admit", "understand", "know", "think", "believe", "ease", "loosen", "heal", "subside", "improve")
	mayTakeTo = setOfKeys("walk", "work", "drive", "run", "cough", "sneeze", "laugh", "eat", "talk", "turn", "twist", "reach", "touch", "try", "keep",
		"start", "find", "look", "feel", "read", "wait", "function", "rest", "finish", "play", "text", "answer", "climb", "chew", "squat", "deadlift",
		"train", "exercise", "stretch", "ice", "rate", "write", "drop", "switch", "change", "show", "buy", "pick", "push", "reschedule", "cancel",
		"strain", "force", "check", "catch", "grab")
	leadsTo = setOfKeys("hurts", "hurt", "hard", "harder", "have", "had", "has", "need", "needed", "needs", "want", "wanted", "wants", "able", "try",
		"trying", "tryin", "going", "goin", "used", "ready", "time", "how", "where", "painful", "tough", "easy", "easier", "impossible", "scared",
		"afraid", "supposed", "unable", "like", "started", "began", "managed", "sucks", "hate", "tries", "tried", "not", "able", "refuse", "best", "safe", "ok", "enough")
	backTo = setOfKeys("back", "normal", "baseline", "usual", "my", "work", "regular", "square", "lifting", "where", "bed", "sleep", "myself", "being",
		"feeling", "full", "zero", "how")
	backToThe = setOfKeys("way", "old", "usual", "normal", "gym", "job", "grind", "shop", "drawing", "doc", "doctor", "start", "beginning", "same", "er", "office")
	goesTo    = setOfKeys("drive", "drove", "driving", "drivin", "go", "goes", "going", "goin", "gone", "went", "get", "getting", "gettin", "got",
		"come", "came", "walk", "walked", "ran", "run", "move", "moved", "movin", "moving", "switch", "switched", "change", "changed", "rode", "flew",
		"fly", "flying", "headed", "heading", "headin", "head", "been", "listen", "talk", "talked", "talking", "thanks", "it", "me", "in", "haulin",
		"hauling", "made", "makin", "making", "crawl", "crawled", "limp", "limped", "back", "over", "way", "trip", "close", "next", "due")
	placeAfter = setOfKeys("the", "my", "your", "ur", "work", "pt", "therapy", "physical", "bed", "school", "church", "town", "mon", "tue", "tues",
		"wed", "weds", "thu", "thur", "thurs", "fri", "friday", "monday", "tuesday", "wednesday", "thursday", "saturday", "sunday", "sat", "sun", "u",
		"you", "him", "her")
	nearTo   = setOfKeys("same", "used", "close", "closer", "next", "due", "thanks", "similar", "up", "compared")
	nearWhat = setOfKeys("it", "this", "that", "normal", "baseline", "nothing", "nothin", "usual", "no", "them", "these", "him", "her", "you", "u", "yesterday")

	alwaysToo = setOfKeys("much", "early", "soon", "late", "tired", "busy", "far", "many", "long", "sleepy", "lazy", "old")
	mayBeToo  = setOfKeys("sore", "stiff", "tight", "bad", "hard", "painful", "weak", "dizzy", "heavy", "scared", "achy", "hurt", "locked", "beat", "swollen", "sick", "wiped")

	notFor  = setOfKeys("now", "today", "tonight", "2day", "2nite", "rn", "all", "still", "after", "when", "but", "and", "since", "lol", "haha", "on", "at", "max", "tops", "ish", "maybe")
	doneFor = setOfKeys("ice", "iced", "heat", "heated", "laid", "lay", "lied", "laying", "lying", "sat", "sit", "sitting", "rested", "rest", "resting", "walked",
		"stood", "standing", "soaked", "stretched", "slept", "used", "wore", "tried")
	doneHow = setOfKeys("it", "down", "up", "still", "flat", "there", "around", "outside")

	goodFor    = setOfKeys("good", "great", "fine", "thx", "thanks", "ty", "nothing", "ready", "time", "sorry", "same", "thank", "tnx", "waiting", "not")
	giveThanks = setOfKeys("thanks", "thx", "thank", "thnx", "thanx", "tnx", "tx", "ty", "tysm", "thankyou", "grateful", "appreciated", "sorry", "sry", "srry",
		"apologies", "excuse")
	posture    = setOfKeys("sitting", "standing", "walking", "bending", "lying", "laying", "lifting", "driving", "moving", "resting", "twisting")
	achesFor   = setOfKeys("ache", "aches", "aching", "achin", "hurt", "hurts", "hurting", "hurtin", "throbs", "throbbing", "sore", "stiff", "tight", "tender", "bad", "worse", "killing", "better")
	shortWhile = setOfKeys("bit", "while", "minute", "min", "sec", "few", "couple", "lil", "little", "day", "week")
	longWhile  = setOfKeys("days", "weeks", "wks", "hrs", "hours", "months", "years", "yrs", "min", "mins", "minutes", "nights")
	waitsFor   = setOfKeys("w8n", "w8ing", "w8in", "w8", "w8ed", "waiting", "waitin", "wait", "waited", "looking", "lookin", "asking", "hoping", "hopin", "cooking", "cookin", "shopping", "paying")
	headsFor   = setOfKeys("off", "out", "dinner", "lunch", "up", "dressed", "leaving", "late")
	forMeal    = setOfKeys("dinner", "lunch", "breakfast", "supper", "bed", "work", "church", "school", "drinks", "two", "2", "kids", "everyone", "us")
	forWhat    = setOfKeys("now", "the", "me", "you", "u", "askin", "asking", "that", "this", "sure", "real", "all", "once", "nothing", "nothin", "checking", "checkin", "ur", "your")
)

func setOfKeys(keys ...string) map[string]bool {
	set := make(map[string]bool, len(keys))
	for _, k := range keys {
		set[k] = true
	}
	return set
}
