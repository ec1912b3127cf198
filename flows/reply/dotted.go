package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// leastDotted is how many words in a row make a text that dots every word.
const leastDotted = 3

// undotted takes out the dots of words that are said one by one: "remove. me.
// from. the. list." is one sentence.
func undotted(toks []token.Token, keys []byte, text string) []token.Token {
	at := 0
	for from := 0; from < len(toks); {
		words := dottedWords(toks[from:], keys)
		if words > 1 && from > 0 && toks[from-1].Kind == token.Word && small(text, toks[from]) && !small(text, toks[from+2]) {
			words = 1 // "how often do i say it. STOP. TEXTING. ME."
		}
		if words < leastDotted && !(from == 0 && dottedWhole(toks, words)) {
			next := min(from+max(1, 2*words), len(toks))
			at += copy(toks[at:], toks[from:next])
			from = next
			continue
		}
		last := from + 2*words - 1 // the dot of the last word stays
		if last+1 < len(toks) && toks[last+1].Kind == token.Word && toks[last+1].Glued {
			last++ // "remove.me.from.your.texts"
		}
		for ; from < last; from += 2 {
			toks[at] = toks[from]
			at++
		}
		from = last
	}
	return toks[:at]
}

// small says whether a word begins with a small letter.
func small(text string, t token.Token) bool { return text[t.Start] >= 'a' && text[t.Start] <= 'z' }

// dottedWhole says whether the whole text is words with dots and no space between
// them: "leave.me.alone".
func dottedWhole(toks []token.Token, words int) bool {
	last := 2 * words
	return words > 0 && len(toks) == last+1 && toks[last].Kind == token.Word && toks[last].Glued
}

// leastSpelled and mostSpelled are how many letters a word that is spelt has.
const leastSpelled, mostSpelled = 3, 12

// spelled joins a carrier's word that is spelt letter by letter ("s t o p",
// "E.N.D."), and drops what binds words ("take_me_off").
func spelled(toks []token.Token, keys []byte) ([]token.Token, []byte) {
	at := 0
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if t.Kind == token.Mark && keys[t.KeyStart] == '_' {
			continue
		}
		if end := slashed(toks[i:], keys); end > 0 {
			start := int32(len(keys))
			keys = append(keys, "bc"...)
			t.End, t.KeyStart, t.KeyEnd = toks[i+end-1].End, start, int32(len(keys))
			toks[at] = t
			at++
			i += end - 1
			continue
		}
		if letter(t) && (i == 0 || !letter(toks[i-1])) {
			if end, size := spelledRun(toks[i:], keys); size >= leastSpelled {
				start := int32(len(keys))
				for _, l := range toks[i : i+end] {
					if letter(l) {
						keys = append(keys, keys[l.KeyStart])
					}
				}
				if carrierKey(keys[start:]) {
					t.End, t.KeyStart, t.KeyEnd = toks[i+end-1].End, start, int32(len(keys))
					i += end - 1
				}
			}
		}
		toks[at] = t
		at++
	}
	return toks[:at], keys
}

// unmasked writes out the curses of a text: "f*** off with the texts".
func unmasked(toks []token.Token, keys []byte) ([]token.Token, []byte) {
	at := 0
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if end, whole := masked(toks[i:], keys); end > 0 {
			start := int32(len(keys))
			keys = append(keys, whole...)
			t.End, t.KeyStart, t.KeyEnd = toks[i+end-1].End, start, int32(len(keys))
			i += end - 1
		}
		toks[at] = t
		at++
	}
	return toks[:at], keys
}

// masked is how many tokens at the start are a curse of which only the first letter and
// perhaps the last ones are written, and the whole word: "f***", "f**king", "s#!t".
func masked(toks []token.Token, keys []byte) (int, string) {
	if len(toks) < 3 || !letter(toks[0]) {
		return 0, ""
	}
	end := 1
	for end < len(toks) && toks[end].Glued && toks[end].Kind == token.Mark && masks(keys[toks[end].KeyStart]) {
		end++
	}
	if end == 1 {
		return 0, ""
	}
	tail := ""
	if end < len(toks) && toks[end].Glued && toks[end].Kind == token.Word {
		tail = string(keys[toks[end].KeyStart:toks[end].KeyEnd])
		end++
	}
	if end < 3 {
		return 0, ""
	}
	switch whole := keys[toks[0].KeyStart]; {
	case whole == 'f' && (strings.HasSuffix(tail, "ing") || strings.HasSuffix(tail, "in")):
		return end, "fucking"
	case whole == 'f' && len(tail) <= 2:
		return end, "fuck"
	case whole == 's' && len(tail) <= 1:
		return end, "shit"
	case whole == 'm' && tail == "" && end > 3:
		return end, "mierda"
	}
	return 0, ""
}

// masks says whether a mark hides a letter.
func masks(mark byte) bool {
	return mark == '*' || mark == '#' || mark == '@' || mark == '$' || mark == '%' || mark == '&' || mark == '!'
}

// slashed is how many tokens at the start are a "because" that is written "b/c", 0 if they are none.
func slashed(toks []token.Token, keys []byte) int {
	if len(toks) < 3 || !letter(toks[0]) || !letter(toks[2]) || !toks[1].Glued || !toks[2].Glued {
		return 0
	}
	if keys[toks[0].KeyStart] != 'b' || keys[toks[1].KeyStart] != '/' || keys[toks[2].KeyStart] != 'c' {
		return 0
	}
	return 3
}

// letter says whether a token is one letter.
func letter(t token.Token) bool { return t.Kind == token.Word && t.KeyEnd-t.KeyStart == 1 }

// spelledRun returns how many tokens at the start are letters with at most a mark
// between each two, and how many letters these are; none when they are too many.
func spelledRun(toks []token.Token, keys []byte) (end, size int) {
	for i := 0; i < len(toks) && letter(toks[i]); i++ {
		end, size = i+1, size+1
		if size > mostSpelled {
			return 0, 0
		}
		if i+1 < len(toks) && toks[i+1].Kind == token.Mark && (keys[toks[i+1].KeyStart] == '.' || keys[toks[i+1].KeyStart] == '-') {
			i++
		}
	}
	return end, size
}

// carrierKey says whether a word is one by which a carrier ends the texts.
func carrierKey(key []byte) bool {
	words := [1]lexicon.Words{lexicon.Default().Word(key)}
	for _, h := range lexicon.Default().Find(words[:], 0, nil) {
		if h.Concept == cCarrierStop {
			return true
		}
	}
	return false
}

// dottedWords counts the words at the start that each have a dot after them.
func dottedWords(toks []token.Token, keys []byte) int {
	n := 0
	for i := 0; i+1 < len(toks); i += 2 {
		dot := toks[i+1]
		if toks[i].Kind != token.Word || dot.Kind != token.Mark || keys[dot.KeyStart] != '.' || i > 0 && toks[i].Glued != toks[min(2, len(toks)-1)].Glued {
			break
		}
		n++
	}
	return n
}
