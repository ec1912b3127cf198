package token

import (
	"unicode"
	"unicode/utf8"
)

// plain appends the plain form of s to dst.
func plain(s string, dst []byte) []byte {
	for _, r := range s {
		if !apostrophe(r) {
			dst = plainRune(r, dst)
		}
	}
	return dst
}

// plainRune appends one letter or digit in lower case and without its accent.
func plainRune(r rune, dst []byte) []byte {
	switch {
	case r >= 'a' && r <= 'z':
		return append(dst, byte(r))
	case r >= 'A' && r <= 'Z':
		return append(dst, byte(r)+'a'-'A')
	case isDigit(r):
		return append(dst, byte('0'+digit(r)))
	case ignorable(r) || unicode.Is(unicode.Mn, r):
		return dst
	}
	r = unicode.ToLower(r)
	if b, ok := folded[r]; ok {
		return append(dst, b...)
	}
	if r >= 0xFF41 && r <= 0xFF5A { // fullwidth a-z
		return append(dst, byte('a'+r-0xFF41))
	}
	return utf8.AppendRune(dst, r)
}

// folded holds the accented letters of the languages our patients write in.
var folded = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe"}
	for base, accented := range map[string]string{
		"a": "áàâäãåā", "e": "éèêëē", "i": "íìîïī", "o": "óòôöõøō", "u": "úùûüū", "n": "ñ", "c": "ç", "y": "ýÿ",
	} {
		for _, r := range accented {
			m[r] = base
		}
	}
	return m
}()

func plainMark(r rune) rune {
	switch r {
	case '‘', '’', '`', '´':
		return '\''
	case '“', '”', '«', '»', '„':
		return '"'
	case '–', '—', '−', '‐', '‑':
		return '-'
	case '…':
		return '.'
	case '×':
		return 'x'
	case '＠':
		return '@'
	}
	return r
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' }

// ignorable are characters that show nothing: zero-width, joiners, variation
// selectors, directions, skin tones, control bytes.
func ignorable(r rune) bool {
	switch {
	case r == 0x200B, r == 0x200C, r == 0x200D, r == 0x2060, r == 0xFEFF, r == 0x00AD:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r == 0x20E3:
		return true
	case r >= 0x200E && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	case r >= 0x1F3FB && r <= 0x1F3FF:
		return true
	}
	return r < 0x20 && r != '\n' && r != '\r' && r != '\t'
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= 0xFF10 && r <= 0xFF19 }

func digit(r rune) rune {
	if r >= 0xFF10 {
		return r - 0xFF10
	}
	return r - '0'
}

func vulgar(r rune) float64 {
	switch r {
	case '½':
		return 0.5
	case '¼':
		return 0.25
	case '¾':
		return 0.75
	}
	return 0
}
