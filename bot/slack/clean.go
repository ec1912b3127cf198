package slack

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// clean takes out of a text what could mislead its reader: control characters,
// and everything invisible that turns or splits what is seen (bidirectional
// marks, zero-width characters, tags). More than one empty line becomes one.
func clean(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	newlines := 0
	for _, r := range strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n") {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			if newlines++; newlines <= 2 {
				out.WriteByte('\n')
			}
			continue
		case r == '\t':
			r = ' '
		case unicode.In(r, unicode.Cc, unicode.Cf):
			continue
		}
		newlines = 0
		out.WriteRune(r)
	}
	return strings.TrimSpace(out.String())
}

// brackets makes < and > harmless where Slack's documentation does not say
// whether it looks for mentions and links.
var brackets = strings.NewReplacer("<", "‹", ">", "›")

// entities are the three characters Slack gives a meaning in mrkdwn.
var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// literal is a text for plain_text: cleaned, without < and >, at most limit characters.
func literal(s string, limit int) string {
	return cut(brackets.Replace(clean(s)), limit, func(r rune) string { return string(r) })
}

// escaped is a text for mrkdwn: cleaned, escaped, at most limit characters
// after escaping and never cut inside an entity.
func escaped(s string, limit int) string {
	return cut(clean(s), limit, func(r rune) string { return entities.Replace(string(r)) })
}

// cut writes rune by rune and ends with … when it does not fit. Lengths are
// counted in UTF-16 units, which is never less than in characters.
func cut(s string, limit int, write func(rune) string) string {
	var out strings.Builder
	length, fits := 0, 0 // fits: bytes written while … would still fit behind them
	for _, r := range s {
		piece := write(r)
		length += units(piece)
		out.WriteString(piece)
		if length < limit {
			fits = out.Len()
		}
		if length > limit {
			return strings.TrimSpace(out.String()[:fits]) + "…"
		}
	}
	return out.String()
}

// units is the length of a text in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
