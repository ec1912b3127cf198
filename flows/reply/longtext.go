package reply

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A text message ends at 1,600 characters (Twilio). Whatever is longer is read in parts,
// so that the work grows with the length and no faster. As the answer its first part
// counts; what must not be missed is heard in every part, and the rest is left to a human.
const (
	partBytes    = 2500
	partOverlap  = 200 // bytes that the next part reads again: a sentence may be cut in two
	bytesToSpace = 100 // how far back a space is looked for to cut at
)

// understand reads a text, in parts if it is long.
func understand(asked Asked, text string, lang Lang, explain bool) Reply {
	out := understandPart(asked, text[:partEnd(text)], lang, explain)
	for from := 0; from+partEnd(text[from:]) < len(text); {
		heard := from + partEnd(text[from:])
		from = afterSpace(text, heard-partOverlap)
		part := text[from : from+partEnd(text[from:])]
		out.hear(understandPart(asked, part, lang, explain), from, heard)
		out.LeftOver = append(out.LeftOver, strings.TrimSpace(text[heard:from+len(part)]))
	}
	return out
}

func understandPart(asked Asked, text string, lang Lang, explain bool) Reply {
	r := read(asked, text, lang)
	r.explain = explain
	out := r.reply()
	out.Because = r.because
	r.release()
	return out
}

// hear takes over what must not be missed from a part that begins at from, up to heard
// read before.
func (out *Reply) hear(part Reply, from, heard int) {
	for _, f := range part.RedFlags {
		if !slices.Contains(out.RedFlags, f) {
			out.RedFlags = append(out.RedFlags, f)
		}
	}
	slices.SortFunc(out.RedFlags, func(a, b RedFlag) int { return slices.Index(RedFlagOrder, a) - slices.Index(RedFlagOrder, b) })
	if len(out.RedFlags) > 0 {
		out.RedFlag = out.RedFlags[0]
	}
	if part.Intent == IntentStop {
		out.Intent = IntentStop
	}
	out.Distress = (out.Distress || part.Distress) && out.RedFlag != MentalHealthCrisis
	out.Worry = out.Worry || part.Worry
	out.Deceased = out.Deceased || part.Deceased
	for _, b := range part.Because {
		b.Start, b.End = b.Start+from, b.End+from
		if b.End > heard && (strings.HasPrefix(b.Finding, "red_flag") || b.Finding == "intent: stop") {
			out.Because = append(out.Because, b)
		}
	}
}

// partEnd is where the first part of a text ends: after a space, if one is near.
func partEnd(text string) int {
	if len(text) <= partBytes {
		return len(text)
	}
	return afterSpace(text, partBytes)
}

// afterSpace is the place after the last space shortly before at, else the last one
// that cuts no character in two.
func afterSpace(text string, at int) int {
	if space := strings.LastIndexAny(text[at-bytesToSpace:at], " \n"); space >= 0 {
		return at - bytesToSpace + space + 1
	}
	for back := 1; back < utf8.UTFMax && !utf8.RuneStart(text[at]); back++ {
		at--
	}
	return at
}
