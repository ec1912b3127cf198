package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backstop/bot"
)

// maxBody is far above what a session with a hundred lifts and a long note needs.
const maxBody = 64 << 10

// object reads the fields of a JSON object one by one and notes every one that
// is wrong, so that a caller learns of all at once. encoding/json would stop at
// the first, and take "Phone" for "phone".
type object struct {
	path   string // of the object in the body, with its dot: "consent."
	fields map[string]json.RawMessage
	asked  []string // the fields that were read, whether given or not
	wrong  *bot.FieldErrors
}

// body reads a request's body, which must be one JSON object.
func body(r *http.Request) (*object, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := params["charset"]
	if err != nil || kind != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, plain(http.StatusUnsupportedMediaType, "Send the body as JSON, with 'Content-Type: application/json'.")
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return nil, plain(http.StatusUnsupportedMediaType, "Send the body uncompressed.")
	}
	data, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, plain(http.StatusRequestEntityTooLarge, fmt.Sprintf("The body may have %d bytes.", tooLarge.Limit))
	case err != nil:
		return nil, plain(http.StatusBadRequest, "The body ended before it was whole.")
	case !utf8.Valid(data):
		return nil, plain(http.StatusBadRequest, "The body is not UTF-8.")
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(data, new(json.RawMessage)); errors.As(err, &syntax) {
		return nil, plain(http.StatusBadRequest, fmt.Sprintf("The body is not JSON: it goes wrong at byte %d.", syntax.Offset))
	}
	o := &object{wrong: &bot.FieldErrors{}}
	if !o.take(data) {
		return nil, plain(http.StatusBadRequest, "The body is JSON, but not an object.")
	}
	return o, nil
}

// take reads the fields of an object; it is false for any other value. The JSON
// is known to be valid.
func (o *object) take(raw json.RawMessage) bool {
	o.fields = map[string]json.RawMessage{}
	tokens := json.NewDecoder(bytes.NewReader(raw))
	if begin, err := tokens.Token(); err != nil || begin != json.Delim('{') {
		return false
	}
	for tokens.More() {
		name, err := tokens.Token()
		if err != nil {
			return false
		}
		field, _ := name.(string)
		var value json.RawMessage
		if err := tokens.Decode(&value); err != nil {
			return false
		}
		if _, twice := o.fields[field]; twice {
			o.refuse(short(field), "is given twice")
			continue
		}
		o.fields[field] = value
	}
	return true
}

// refuse notes a field as wrong, for the first reason there is.
func (o *object) refuse(field, reason string, args ...any) {
	name := o.path + field
	if !slices.ContainsFunc(*o.wrong, func(f bot.FieldError) bool { return f.Field == name }) {
		*o.wrong = append(*o.wrong, bot.FieldError{Field: name, Reason: fmt.Sprintf(reason, args...)})
	}
}

// get takes a field; null is the same as not given.
func (o *object) get(field string) (raw json.RawMessage, given bool) {
	o.asked = append(o.asked, field)
	raw, given = o.fields[field]
	return raw, given && string(raw) != "null"
}

// into reads a field into a value of its type, and is false when it was not
// given or is of another type.
func (o *object) into(field string, value any, wants string) bool {
	raw, given := o.get(field)
	if !given {
		return false
	}
	if err := json.Unmarshal(raw, value); err != nil {
		o.refuse(field, "wants %s", wants)
		return false
	}
	return true
}

// text reads one line of text, without the space around it.
func (o *object) text(field string, most int) string {
	var s string
	if !o.into(field, &s, "a text") {
		return ""
	}
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unicode.IsControl) {
		o.refuse(field, "holds a line break or another control character")
	}
	if utf8.RuneCountInString(s) > most {
		o.refuse(field, "has more than %d characters", most)
	}
	return s
}

// lines reads a text of any number of lines.
func (o *object) lines(field string, most int) string {
	var s string
	if !o.into(field, &s, "a text") {
		return ""
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }) {
		o.refuse(field, "holds a control character")
	}
	if utf8.RuneCountInString(s) > most {
		o.refuse(field, "has more than %d characters", most)
	}
	return s
}

// words reads a list of single lines of text.
func (o *object) words(field string, most int) []string {
	var words []string
	if !o.into(field, &words, "a list of texts") {
		return nil
	}
	if len(words) > most {
		o.refuse(field, "has more than %d entries", most)
		return nil
	}
	for _, w := range words {
		if utf8.RuneCountInString(w) > mostWord || strings.ContainsFunc(w, unicode.IsControl) {
			o.refuse(field, "has an entry of more than %d characters, or with a control character", mostWord)
		}
	}
	return words
}

// number reads a number; nil when it was not given.
func (o *object) number(field string) *float64 {
	var n float64
	if !o.into(field, &n, "a number") {
		return nil
	}
	return &n
}

// between reads a number within bounds; zero when it was not given or is not.
func (o *object) between(field string, least, most float64) float64 {
	n := o.number(field)
	if n == nil {
		return 0
	}
	if *n < least || *n > most {
		o.refuse(field, "wants a number from %v to %v", least, most)
		return 0
	}
	return *n
}

// whole reads a whole number within bounds; zero when it was not given.
func (o *object) whole(field string, least, most int) int {
	wants := fmt.Sprintf("a whole number from %d to %d", least, most)
	var n int
	if !o.into(field, &n, wants) {
		return 0
	}
	if n < least || n > most {
		o.refuse(field, "wants %s", wants)
	}
	return n
}

func (o *object) yes(field string) bool {
	var b bool
	o.into(field, &b, "true or false")
	return b
}

// moment reads a time with its zone; zero when it was not given.
func (o *object) moment(field string) time.Time {
	const wants = "a time with its zone, like 2026-03-02T17:30:00-06:00"
	var s string
	if !o.into(field, &s, wants) {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || at.Year() < 1900 || at.Year() > 9999 {
		o.refuse(field, "wants %s", wants)
		return time.Time{}
	}
	return at
}

// object reads an object inside this one. One that was not given has no fields.
func (o *object) object(field string) *object {
	inner := &object{path: o.path + field + ".", wrong: o.wrong}
	if raw, given := o.get(field); given && !inner.take(raw) {
		o.refuse(field, "wants an object")
	}
	return inner
}

// objects reads a list of objects; an entry that is none is nil.
func (o *object) objects(field string, most int) []*object {
	var raws []json.RawMessage
	if !o.into(field, &raws, "a list") {
		return nil
	}
	if len(raws) > most {
		o.refuse(field, "has more than %d entries", most)
		return nil
	}
	list := make([]*object, len(raws))
	for i, raw := range raws {
		name := fmt.Sprintf("%s[%d]", field, i)
		entry := &object{path: o.path + name + ".", wrong: o.wrong}
		if !entry.take(raw) {
			o.refuse(name, "wants an object")
			continue
		}
		list[i] = entry
	}
	return list
}

// done notes the fields that nobody asked for.
func (o *object) done() {
	for _, field := range slices.Sorted(maps.Keys(o.fields)) {
		if !slices.Contains(o.asked, field) {
			o.refuse(short(field), "is no field here; there are %s", strings.Join(o.asked, ", "))
		}
	}
}

// short keeps a name that is a whole text out of an error.
func short(field string) string {
	const most = 40
	if utf8.RuneCountInString(field) <= most {
		return field
	}
	return string([]rune(field)[:most]) + "..."
}
