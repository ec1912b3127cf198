package flows

import (
	"slices"
	"strings"
	"time"

	"backstop/flows/protocol"
)

// homecoming reads the day on which somebody is home again who leaves on a day:
// "back tuesday", "home the 20th", "for a week", "dec 12 to dec 20", "until next
// sunday", "hasta el miércoles". A day of the week is the first one after leaving;
// said is the day on which it was written, from which "next tuesday" counts.
func homecoming(text string, from, said protocol.Date) (protocol.Date, bool) {
	words := dayWords(text)
	base := from
	if words.days(said) == 1 { // "driving home saturday": the day of leaving is the one of coming home
		base = from.AddDays(-1)
	}
	for i := range words {
		after := i + 1
		switch {
		case words.says(i, "there and back", "same day", "day trip", "that night", "mismo día", "mismo dia", "esa noche"):
			return from, true
		case words.says(i, "overnight"):
			return from.AddDays(1), true
		case words.returns(i):
		case words.spans(i, from): // "friday to tuesday", "dec 12 - dec 20"
		default:
			continue
		}
		if home, ok := words.dayAfter(after, base, said); ok && !before(home, from) {
			return home, true
		}
	}
	if days, ok := words.lasts(); ok {
		return from.AddDays(days), true
	}
	if words.have("weekend") || words.have("fin de semana") {
		return nextWeekday(from.AddDays(-1), time.Sunday), true
	}
	return protocol.Date{}, false
}

// homeOn reads the answer to when somebody is home again who left on a day:
// "sunday", "the 20th", "in 3 days", "a week".
func homeOn(text string, from, said protocol.Date) (protocol.Date, bool) {
	words := dayWords(text)
	if home, ok := words.dayAfter(0, from, said); ok {
		return home, true
	}
	if days, ok := words.lasts(); ok {
		return from.AddDays(days), true
	}
	return homecoming(text, from, said)
}

// homeAgain reports whether a text says that its writer is home again.
func homeAgain(text string) bool {
	words := dayWords(text)
	const few = 6
	if len(words) > few || slices.ContainsFunc(words, func(w string) bool { return w == "not" || w == "no" || w == "when" || strings.HasSuffix(w, "ll") }) {
		return false
	}
	_, later := words.dayAfter(0, protocol.Date{Year: 2000, Month: 1, Day: 1}, protocol.Date{Year: 2000, Month: 1, Day: 1})
	return !later && (words.have("im home") || words.have("i m home") || words.have("i am home") || words.have("back home") || words.have("home now") ||
		words.have("home again") || words.have("we are home") || words.have("were home") || words.have("made it home") || words.have("got home") ||
		words.have("estoy en casa") || words.have("ya en casa") || words.have("ya regresé") || words.have("ya regrese") || words.have("ya volví") || words.have("ya volvi"))
}

// dontKnow reports whether a text says that its writer does not know.
func dontKnow(text string) bool {
	words := dayWords(text)
	return slices.ContainsFunc([]string{"not sure", "dont know", "do not know", "no idea", "unsure", "depends", "tbd", "idk", "no sé", "no se", "no estoy seguro",
		"no estoy segura", "depende"}, words.have)
}
