package flows

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// tripWords are the words of a text that may speak of days, in lower case; a dash
// stands for "to".
type tripWords []string

func dayWords(text string) tripWords {
	return strings.FieldsFunc(dashesAsTo.Replace(strings.ToLower(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '/' })
}

var dashesAsTo = strings.NewReplacer("-", " to ", "–", " to ", "'", "", "’", "")

// at is a word, empty beyond the ends.
func (w tripWords) at(i int) string {
	if i < 0 || i >= len(w) {
		return ""
	}
	return w[i]
}

// says reports whether one of some phrases begins at a word.
func (w tripWords) says(i int, phrases ...string) bool {
	return slices.ContainsFunc(phrases, func(phrase string) bool {
		if !strings.HasPrefix(phrase, w.at(i)) { // most do not, and need not be taken apart
			return false
		}
		n := i
		for word := range strings.FieldsSeq(phrase) {
			if w.at(n) != word {
				return false
			}
			n++
		}
		return true
	})
}

func (w tripWords) have(phrase string) bool {
	for i := range w {
		if w.says(i, phrase) {
			return true
		}
	}
	return false
}

// aboutADay reports whether a text in which a day was found may be meant as that day: it
// has few words, names the day or speaks of going, and is no "see you then".
func aboutADay(text string, r reply.Reply) bool {
	const few = 4
	words := dayWords(text)
	return r.Intent != reply.IntentThanks && (len(words) <= few || slices.ContainsFunc(words, func(w string) bool {
		_, weekday := weekdays[w]
		return weekday || monthNamed(w) > 0 || goes[w]
	}))
}

// goes are words of leaving and of coming back.
var goes = setOf("leave", "leaving", "go", "going", "drive", "driving", "fly", "flying", "trip", "flight", "home", "back", "return", "returning",
	"until", "till", "tomorrow", "tmrw", "night", "salgo", "salimos", "voy", "vamos", "viajo", "viaje", "vuelo", "manejo", "regreso", "regresamos", "vuelvo",
	"volvemos", "casa", "hasta", "mañana")

func setOf(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[w] = true
	}
	return set
}

// returns reports whether a word speaks of the way home or of an end, and not of
// the body part.
func (w tripWords) returns(i int) bool {
	switch w[i] {
	case "back":
		return !slices.Contains([]string{"my", "lower", "low", "the", "bad", "sore", "his", "her"}, w.at(i-1)) || w.at(i+1) == "home"
	case "home", "until", "till", "til", "through", "thru", "return", "returning", "returns",
		"hasta", "regreso", "regresando", "regresamos", "vuelvo", "volvemos", "vuelta", "volviendo":
		return true
	}
	return false
}

// spans reports whether a word leads from the day of leaving to another one.
func (w tripWords) spans(i int, from protocol.Date) bool {
	if !slices.Contains([]string{"to", "al", "a"}, w[i]) || i == 0 {
		return false
	}
	for _, back := range []int{2, 1} { // "dec 12 to", "friday to", "the 12th to"
		if day, n := w.dayAt(i-back, from.AddDays(-1), from); n == back && day == from {
			return true
		}
	}
	return false
}

// days counts the days a text names.
func (w tripWords) days(said protocol.Date) int {
	count := 0
	for i := 0; i < len(w); i++ {
		if _, n := w.dayAt(i, said, said); n > 0 {
			count, i = count+1, i+n-1
		}
	}
	return count
}

// dayAfter is the first day named in the few words from one on.
func (w tripWords) dayAfter(i int, from, said protocol.Date) (protocol.Date, bool) {
	const near = 5
	for j := i; j < min(i+near, len(w)); j++ {
		if day, n := w.dayAt(j, from, said); n > 0 {
			return day, true
		}
	}
	return protocol.Date{}, false
}

// dayAt is the day that begins at a word, the first such day after another, and
// how many words name it; no words where none does.
func (w tripWords) dayAt(i int, from, said protocol.Date) (protocol.Date, int) {
	word := w.at(i)
	if day, ok := weekdays[word]; ok {
		home := nextWeekday(from, day)
		if word := w.at(i - 1); word == "next" || word == "próximo" || word == "proximo" {
			if next := nextWeekday(nextWeekday(said, time.Sunday), day); before(from, next) {
				home = next
			}
		}
		return home, 1
	}
	switch {
	case word == "tomorrow" || word == "tmrw" || word == "mañana":
		return said.AddDays(1), 1
	case w.says(i, "next day"), w.says(i, "día siguiente"):
		return from.AddDays(1), 2
	case word == "in" || word == "en":
		if days, ok := w.span(i + 1); ok {
			return from.AddDays(days), 3
		}
	}
	if month, day, ok := strings.Cut(word, "/"); ok {
		return laterDate(atoi(month), atoi(day), from, 1)
	}
	if month := monthNamed(word); month > 0 && dayNumber(w.at(i+1)) > 0 {
		return laterDate(month, dayNumber(w.at(i+1)), from, 2)
	}
	number := dayNumber(word)
	if number == 0 {
		return protocol.Date{}, 0
	}
	if next := i + 1; monthNamed(w.at(next)) > 0 {
		return laterDate(monthNamed(w.at(next)), number, from, 2)
	} else if w.at(next) == "de" && monthNamed(w.at(next+1)) > 0 {
		return laterDate(monthNamed(w.at(next+1)), number, from, 3)
	}
	if _, unit := w.span(i); unit || slices.Contains([]string{"h", "hr", "hrs", "am", "pm", "hour", "hours", "hora", "horas", "min", "minutes", "of", "out"}, w.at(i+1)) {
		return protocol.Date{}, 0
	}
	return laterDate(0, number, from, 1)
}

// laterDate is the first such date after a day, of any month where it is zero,
// with the words that name it.
func laterDate(month, day int, from protocol.Date, words int) (protocol.Date, int) {
	const months = 12
	for ahead := range months + 1 {
		first := time.Date(from.Year, from.Month+time.Month(ahead), 1, 0, 0, 0, 0, time.UTC)
		d := protocol.Date{Year: first.Year(), Month: first.Month(), Day: day}
		if d.AddDays(0) == d && before(from, d) && (month == 0 || int(d.Month) == month) {
			return d, words
		}
	}
	return protocol.Date{}, 0
}

// lasts is how many days a text speaks of: "for 10 days", "two weeks", "a 3 day
// trip". What lies "in two weeks" says when something begins.
func (w tripWords) lasts() (int, bool) {
	for i := range w {
		before := w.at(i - 1)
		if days, ok := w.span(i); ok && before != "in" && before != "en" && before != "within" && before != "dentro" {
			return days, true
		}
	}
	return 0, false
}

// begins is in how many days something begins: "in two weeks", "en 3 días".
func (w tripWords) begins() (int, bool) {
	for i := range w {
		if w[i] == "in" || w[i] == "en" {
			if days, ok := w.span(i + 1); ok {
				return days, true
			}
		}
	}
	return 0, false
}

// span reads "4 days", "a week", "a couple of days", "dos semanas" at a word.
func (w tripWords) span(i int) (int, bool) {
	const longest = 60
	n, unit, ends := atoi(w.at(i)), w.at(i+1), i+1
	article := slices.Contains([]string{"a", "the", "whole", "un", "una"}, w.at(i))
	if n == 0 {
		n = smallNumbers[w.at(i)]
	}
	switch {
	case w.says(i, "a couple"), w.says(i, "a few"), w.says(i, "un par"):
		n, article, ends = smallNumbers[unit], false, i+2
		if of := w.at(ends); of == "of" || of == "de" {
			ends++
		}
	case unit == "to" && atoi(w.at(i+2)) > 0: // "3-4 days"
		n, ends = atoi(w.at(i+2)), i+3
	case unit == "to": // "a 3-day trip"
		ends = i + 2
	}
	after := w.at(ends + 1)
	if n < 1 || n > longest || after == "ago" || after == "from" || after == "before" {
		return 0, false
	}
	switch strings.TrimSuffix(w.at(ends), "s") {
	case "day", "día", "dia":
		return n, !article // "8 hours a day" lasts no day
	case "night", "noche":
		return n, true
	case "week", "semana", "wk":
		return 7 * n, true
	}
	return 0, false
}

// smallNumbers are numbers as people write them out.
var smallNumbers = map[string]int{"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
	"couple": 2, "few": 3, "par": 2, "the": 1, "whole": 1,
	"una": 1, "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "diez": 10}

// dayNumber is the number of a day of the month: "20", "20th"; 0 for anything else.
func dayNumber(word string) int {
	const days = 31
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, ending)
	}
	if n := atoi(word); n <= days {
		return n
	}
	return 0
}

// weekdays are the days of the week as people write them: in full, or in short from
// three letters on.
var weekdays = namesOfWeekdays()

func namesOfWeekdays() map[string]time.Weekday {
	const short = 3
	plain := strings.NewReplacer("é", "e", "á", "a")
	names := map[string]time.Weekday{}
	for day := range time.Saturday + 1 {
		name, spanish := strings.ToLower(day.String()), spanishDays[day]
		for _, word := range []string{name[:short] + "s", spanish, plain.Replace(spanish)} {
			names[word] = day
		}
		for end := short; end <= len(name); end++ {
			names[name[:end]] = day
		}
	}
	return names
}
