package sandbox

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// words turns texts into HTML as Slack shows them. Whatever is not markup of
// Slack's own comes out escaped.
type words struct {
	user    func(id string) string
	channel func(id string) string
	zone    *time.Location
}

// plain is a plain_text object: no formatting, only line breaks and emoji.
func (w words) plain(s string, emoji bool) string {
	out := strings.ReplaceAll(html.EscapeString(decodeSlack(s)), "\n", "<br>")
	if emoji {
		out = replaceEmoji(out)
	}
	return out
}

// mrkdwn is Slack's own markup.
func (w words) mrkdwn(s string) string {
	var out strings.Builder
	for i, part := range strings.Split(s, "```") {
		if i%2 == 1 {
			out.WriteString("<pre>" + html.EscapeString(decodeSlack(strings.Trim(part, "\n"))) + "</pre>")
			continue
		}
		out.WriteString(w.lines(part))
	}
	return out.String()
}

// lines sets block quotes apart and breaks the other lines.
func (w words) lines(s string) string {
	var out strings.Builder
	quoting := false
	for i, line := range strings.Split(s, "\n") {
		quoted, isQuote := strings.CutPrefix(line, "&gt;")
		if !isQuote {
			quoted, isQuote = strings.CutPrefix(line, ">")
		}
		switch {
		case isQuote && !quoting:
			out.WriteString("<blockquote>")
		case !isQuote && quoting:
			out.WriteString("</blockquote>")
		case i > 0:
			out.WriteString("<br>")
		}
		quoting = isQuote
		if isQuote {
			line = strings.TrimPrefix(quoted, " ")
		}
		out.WriteString(w.inline(line))
	}
	if quoting {
		out.WriteString("</blockquote>")
	}
	return out.String()
}

var styles = map[byte]string{'*': "b", '_': "i", '~': "s"}

// inline walks one line.
func (w words) inline(s string) string {
	var out, text strings.Builder
	flush := func() {
		out.WriteString(autolink(decodeSlack(text.String())))
		text.Reset()
	}
	for i := 0; i < len(s); {
		if s[i] == '<' {
			if end := strings.IndexByte(s[i:], '>'); end > 1 {
				flush()
				out.WriteString(w.reference(s[i+1 : i+end]))
				i += end + 1
				continue
			}
		}
		if s[i] == '`' {
			if end := strings.IndexByte(s[i+1:], '`'); end > 0 {
				flush()
				out.WriteString("<code>" + html.EscapeString(decodeSlack(s[i+1:i+1+end])) + "</code>")
				i += end + 2
				continue
			}
		}
		if name, ok := styles[s[i]]; ok {
			if end := closing(s, i); end > 0 {
				flush()
				out.WriteString("<" + name + ">" + w.inline(s[i+1:end]) + "</" + name + ">")
				i = end + 1
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		text.WriteString(s[i : i+size])
		i += size
	}
	flush()
	return out.String()
}

// closing finds the mark that ends the one at start: it stands behind a
// character that is no space and before one that is no letter.
func closing(s string, start int) int {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	if start > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before)) {
		return 0
	}
	if start+1 >= len(s) || s[start+1] == ' ' || s[start+1] == s[start] {
		return 0
	}
	for i := start + 2; i < len(s); i++ {
		if s[i] != s[start] || s[i-1] == ' ' {
			continue
		}
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		if i+1 == len(s) || (!unicode.IsLetter(after) && !unicode.IsDigit(after)) {
			return i
		}
	}
	return 0
}

// reference is what stands between angle brackets: a mention, a date, a link.
func (w words) reference(s string) string {
	target, label, hasLabel := strings.Cut(s, "|")
	mention := func(name string) string {
		return `<span class="mention">` + html.EscapeString(decodeSlack(name)) + "</span>"
	}
	switch {
	case strings.HasPrefix(target, "@"):
		return mention("@" + w.user(target[1:]))
	case strings.HasPrefix(target, "#"):
		return mention("#" + w.channel(target[1:]))
	case strings.HasPrefix(target, "!date^"):
		return html.EscapeString(decodeSlack(w.date(target, label)))
	case strings.HasPrefix(target, "!"):
		if hasLabel {
			return mention(label)
		}
		return mention("@" + target[1:])
	}
	if !hasLabel {
		label = strings.TrimPrefix(target, "mailto:")
	}
	return link(decodeSlack(target), decodeSlack(label))
}

// link shows an address only of a kind that is safe to follow.
func link(target, label string) string {
	u, err := url.Parse(target)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" && u.Scheme != "tel") {
		return html.EscapeString(label)
	}
	return `<a href="` + html.EscapeString(target) + `" target="_blank" rel="noopener noreferrer">` + html.EscapeString(label) + "</a>"
}

// dateFormats are the tokens of a date reference that matter here.
var dateFormats = []struct{ token, layout string }{
	{"{date_short_pretty}", "Jan 2, 2006"}, {"{date_long_pretty}", "Monday, January 2, 2006"}, {"{date_pretty}", "January 2, 2006"},
	{"{date_short}", "Jan 2, 2006"}, {"{date_long}", "Monday, January 2, 2006"}, {"{date_num}", "2006-01-02"},
	{"{date}", "January 2, 2006"}, {"{time_secs}", "3:04:05 PM"}, {"{time}", "3:04 PM"},
}

func (w words) date(target, fallback string) string {
	parts := strings.SplitN(strings.TrimPrefix(target, "!date^"), "^", 3)
	seconds, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || len(parts) < 2 {
		return fallback
	}
	at, out := time.Unix(seconds, 0).In(w.zone), parts[1]
	for _, f := range dateFormats {
		out = strings.ReplaceAll(out, f.token, at.Format(f.layout))
	}
	return out
}

var bareURL = regexp.MustCompile(`https?://[^\s<>"]+[^\s<>".,;:!?)]`)

// autolink escapes text and makes bare addresses links, as Slack does.
func autolink(s string) string {
	var out strings.Builder
	last := 0
	for _, at := range bareURL.FindAllStringIndex(s, -1) {
		out.WriteString(replaceEmoji(html.EscapeString(s[last:at[0]])))
		out.WriteString(link(s[at[0]:at[1]], s[at[0]:at[1]]))
		last = at[1]
	}
	out.WriteString(replaceEmoji(html.EscapeString(s[last:])))
	return out.String()
}

// decodeSlack undoes the three entities of Slack's texts.
func decodeSlack(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

var emojiName = regexp.MustCompile(`:[a-z0-9_+-]+:`)

var emoji = map[string]string{
	":white_check_mark:": "✅", ":heavy_check_mark:": "✔️", ":warning:": "⚠️", ":rotating_light:": "🚨", ":bell:": "🔔",
	":telephone_receiver:": "📞", ":phone:": "☎️", ":eyes:": "👀", ":tada:": "🎉", ":muscle:": "💪", ":red_circle:": "🔴",
	":large_orange_circle:": "🟠", ":large_yellow_circle:": "🟡", ":large_green_circle:": "🟢", ":large_blue_circle:": "🔵",
	":white_circle:": "⚪", ":no_entry:": "⛔", ":no_bell:": "🔕", ":zzz:": "💤", ":hourglass_flowing_sand:": "⏳",
	":alarm_clock:": "⏰", ":calendar:": "📅", ":chart_with_upwards_trend:": "📈", ":chart_with_downwards_trend:": "📉",
	":memo:": "📝", ":speech_balloon:": "💬", ":iphone:": "📱", ":wave:": "👋", ":point_right:": "👉", ":thumbsup:": "👍",
	":+1:": "👍", ":-1:": "👎", ":pray:": "🙏", ":question:": "❓", ":exclamation:": "❗", ":x:": "❌", ":arrow_up:": "⬆️",
	":arrow_down:": "⬇️", ":arrow_right:": "➡️", ":clipboard:": "📋", ":gear:": "⚙️", ":lock:": "🔒", ":sos:": "🆘",
	":ambulance:": "🚑", ":hospital:": "🏥", ":weight_lifter:": "🏋️", ":trophy:": "🏆", ":fire:": "🔥", ":airplane:": "✈️",
}

func replaceEmoji(s string) string {
	return emojiName.ReplaceAllStringFunc(s, func(name string) string {
		if e, ok := emoji[name]; ok {
			return e
		}
		return name
	})
}
