package reply

import "backstop/flows/reply/token"

// joinPauses takes out what only breaks a thought while it is typed: a line break or dots
// after a word that cannot end a sentence ("can't... feel my heel"), stars around a word
// ("numb *down there*"), and the space for an apostrophe in "can t".
func joinPauses(toks []token.Token, keys []byte, text string) ([]token.Token, []byte) {
	at := 0
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if t.Kind == token.Mark && keys[t.KeyStart] == '*' && starred(toks, i) {
			continue
		}
		if at > 0 && (t.Kind == token.Newline || t.Kind == token.Mark && keys[t.KeyStart] == '.') && pausesAfter(toks[at-1], keys) {
			if end := pauseEnd(toks, keys, i); end < len(toks) && toks[end].Kind == token.Word && text[toks[end].Start] >= 'a' {
				i = end - 1
				continue
			}
		}
		if at > 0 && t.Kind == token.Word && !t.Glued && t.KeyEnd-t.KeyStart <= 2 && drawnTogether(toks, keys, at-1, i) {
			before := toks[at-1]
			start := int32(len(keys))
			keys = append(keys, keys[before.KeyStart:before.KeyEnd]...)
			keys = append(keys, keys[t.KeyStart:t.KeyEnd]...)
			toks[at-1].End, toks[at-1].KeyStart, toks[at-1].KeyEnd = t.End, start, int32(len(keys))
			continue
		}
		toks[at] = t
		at++
	}
	return toks[:at], keys
}

// starred says whether the star at i stands at the edge of a word that it marks: neither
// alone nor between two numbers ("5*5"), nor before a correction ("*numb").
func starred(toks []token.Token, i int) bool {
	before := i > 0 && toks[i].Glued && toks[i-1].Kind == token.Word
	after := i > 0 && i+1 < len(toks) && toks[i+1].Glued && toks[i+1].Kind == token.Word
	return before != after
}

// pauseEnd is the token after the dots or line breaks that begin at i: one dot alone is
// the end of a sentence.
func pauseEnd(toks []token.Token, keys []byte, i int) int {
	j := i
	for j < len(toks) && (toks[j].Kind == token.Newline || toks[j].Kind == token.Mark && keys[toks[j].KeyStart] == '.') {
		j++
	}
	if toks[i].Kind == token.Mark && j == i+1 {
		return len(toks)
	}
	return j
}

// pausesAfter says whether the word is one that no sentence ends with.
func pausesAfter(t token.Token, keys []byte) bool {
	if t.Kind != token.Word {
		return false
	}
	switch string(keys[t.KeyStart:t.KeyEnd]) {
	case "cant", "dont", "wont", "couldnt", "havent", "im", "ive", "i", "my", "the", "to", "a", "an", "of", "not", "and", "with", "at", "from",
		"se", "mi", "el", "la", "los", "las", "de", "del", "que", "un", "una", "sin", "con", "por", "en", "mis", "al":
		return true
	}
	return false
}

// drawnTogether says whether the tokens at before and i were one word with an apostrophe.
func drawnTogether(toks []token.Token, keys []byte, before, i int) bool {
	if toks[before].Kind != token.Word || toks[before].End+1 != toks[i].Start {
		return false
	}
	first, key := keys[toks[before].KeyStart:toks[before].KeyEnd], string(keys[toks[i].KeyStart:toks[i].KeyEnd])
	if key == "t" {
		next := ""
		if i+1 < len(toks) {
			next = string(keys[toks[i+1].KeyStart:toks[i+1].KeyEnd])
		}
		return next != "bar" && next != "spine" && tornBeforeT(string(first))
	}
	return string(first) == "i" && (key == "m" || key == "ve" || key == "ll")
}

// tornBeforeT says whether a word is the first half of one that ends in "'t".
func tornBeforeT(word string) bool {
	switch word {
	case "can", "don", "won", "didn", "isn", "doesn", "couldn", "wasn", "aren", "ain", "haven", "hasn", "wouldn", "shouldn", "weren", "hadn":
		return true
	}
	return false
}
