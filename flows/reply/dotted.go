package reply

import "backstop/flows/reply/token"

// leastDotted is how many words in a row make a text that dots every word.
const leastDotted = 3

// undotted takes out the dots of words that are said one by one: "remove. me.
// from. the. list." is one sentence.
func undotted(toks []token.Token, keys []byte) []token.Token {
	for from := 0; from < len(toks); {
		words := dottedWords(toks[from:], keys)
		if words < leastDotted {
			from += max(1, 2*words)
			continue
		}
		last := from + 2*words - 1 // the dot of the last word stays
		if last+1 < len(toks) && toks[last+1].Kind == token.Word && toks[last+1].Glued {
			last++ // "remove.me.from.your.texts"
		}
		at := from
		for i := from; i < len(toks); i++ {
			if i >= last || (i-from)%2 == 0 {
				toks[at] = toks[i]
				at++
			}
		}
		toks, from = toks[:at], from+words
	}
	return toks
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
