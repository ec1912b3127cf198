package copy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// LongVars are the longest values that the variables of a clinic's texts take:
// what a clinic file allows for its own names, and what the bot fills in.
func LongVars() Vars {
	return Vars{
		Clinic: "Northside Sports & Spine Rehab", PT: "Dr. Michaela Vandenbrook", Phone: "(312) 555-0142",
		Emergency: "911", Crisis: "988", Limit: "5", Weekly: "7", Link: "https://book.example.com/northside/call-15",
		Name: "Maximiliana", Plan: "deadlift 3x5 at 102.5 kg", Cue: "Bar close, push the floor away", Lift: "Deadlift 3x5 at 102.5 kg",
		Load: "102.5 kg", Unit: "kg", Best: "127.5 kg", Pain: "2.5", From: "6.5", To: "1.5", When: "Tuesday 08:00", Count: "12", Weeks: "12",
		Choices: "A, B or C", Activity: "sitting for 1 hour", Item: "3", Of: "5", Question: "3/5: " + strings.Repeat("x", 100),
		Level: "P1b", By: "Michael Torres",
	}
}

// LongVarsOf are LongVars with a clinic's own names and numbers.
func LongVarsOf(c protocol.Clinic) Vars {
	long, own := LongVars(), VarsOf(c)
	long.Clinic, long.PT, long.Phone = own.Clinic, own.PT, own.Phone
	long.Emergency, long.Crisis, long.Limit, long.Weekly = own.Emergency, own.Crisis, own.Limit, own.Weekly
	if own.Link != "" {
		long.Link = own.Link
	}
	return long
}

// forbidden are claims that no study supports, and words that frighten: the
// evidence is weighed in docs/protocol.md. A text says neither that it is, nor
// that it is not, a medical device: intended use decides that, not a sentence.
var forbidden = map[reply.Lang]*regexp.Regexp{
	reply.English: regexp.MustCompile(`(?i)\b(prevent\w*|cures?|cured|curing|bulletproof\w*|proven|proof|guarantee\w*|slipped|out of (place|alignment)|damag\w+|unstable|instability|worn|medical device|diagnos\w+|risk[- ]free)\b`),
	reply.Spanish: regexp.MustCompile(`(?i)\b(preveni\w*|previene\w*|cura[rn]?|a prueba de|comprobad[oa]s?|garanti\w*|fuera de lugar|zafad[oa]|desgast\w*|inestab\w*|dispositivo m.dico|diagn.stic\w*|sin riesgo)\b|dañ`),
}

// healthWords are what a text must not say to somebody who may not be the patient.
var healthWords = regexp.MustCompile(`(?i)\b(pain|back pain|your back|PT|therap\w*|patient's|exercise\w*|lift\w*|flare\w*|dolor|espalda|terap\w*|ejercicio\w*|pesas|crisis)\b`)

// claimsAlert are ways to say that a human has been told. They belong into the
// texts that leave after an alert was delivered.
var claimsAlert = regexp.MustCompile(`(?i)\b(alerting|alerted|notif\w+|has been told|have told|avisamos|avisado|le dijimos)\b`)

// Judge says what is wrong with one variant of a text in a language: its
// variables, its claims, and what it costs with these values.
func (c *Catalog) Judge(lang reply.Lang, key Key, template string, values Vars) []string {
	t, ok := c.Lookup(lang, key)
	if !ok {
		return []string{"there is no such text"}
	}
	pieces, err := parse(template)
	if err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	add := func(reason string, args ...any) { wrong = append(wrong, fmt.Sprintf(reason, args...)) }
	for _, name := range variables(pieces) {
		switch {
		case !known(name):
			add("there is no variable {%s}", name)
		case !slices.Contains(t.Vars, name):
			add("{%s} is not known when this text leaves; it may use %s", name, listed(t.Vars))
		}
	}
	for _, must := range t.Keeps {
		if !strings.Contains(template, must) {
			add("must contain %s", must)
		}
	}
	if claim := forbidden[lang].FindString(template); claim != "" {
		add("says %q, which nothing supports", claim)
	}
	if word := healthWords.FindString(template); t.Private && word != "" {
		add("says %q, and somebody else may read this text", word)
	}
	if claim := claimsAlert.FindString(template); claim != "" && strings.HasPrefix(string(key), "rf.") && !strings.HasSuffix(string(key), ".alerted") {
		add("says %q, and leaves before anybody has been told", claim)
	}
	return append(wrong, c.cost(lang, t, template, values)...)
}

// cost says what is wrong with a text as SMS.
func (c *Catalog) cost(lang reply.Lang, t Text, template string, values Vars) []string {
	var wrong []string
	body, _ := fill(template, c.values(lang, values))
	enc, units, parts := Segments(body)
	words, _ := fill(template, func(string) string { return "x" })
	if odd := outside(words, lang); odd != "" {
		wrong = append(wrong, fmt.Sprintf("%s is outside the SMS alphabet and makes the text cost more", odd))
	}
	if parts > t.Parts {
		wrong = append(wrong, fmt.Sprintf("takes %d segments (%d %s units) with long names, at most %d allowed", parts, units, enc, t.Parts))
	}
	return wrong
}

// outside names the characters of a template that leave GSM-7 by accident. Spanish
// needs its accents; everything else has a plain stand-in.
func outside(words string, lang reply.Lang) string {
	var odd []string
	for _, r := range words {
		accent := lang == reply.Spanish && strings.ContainsRune("áíóúÁÍÓÚ", r)
		if alphabet.septets[r] > 0 || accent {
			continue
		}
		name := fmt.Sprintf("%q", r)
		if !unicode.IsPrint(r) {
			name = fmt.Sprintf("%U", r)
		}
		if like, ok := alphabet.smart[r]; ok && like != "" {
			name += fmt.Sprintf(" (use %q)", like)
		}
		if !slices.Contains(odd, name) {
			odd = append(odd, name)
		}
	}
	return strings.Join(odd, ", ")
}

func listed(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return "{" + strings.Join(names, "}, {") + "}"
}

// With is the catalogue with a clinic's own wording in it. Wording with a
// mistake is left out and reported; Keeps, budgets and variables stay those of
// the text it stands for. The names of a clinic's own exercises may be new.
func (c *Catalog) With(overrides []protocol.Wording) (*Catalog, protocol.Errors) {
	out := c.clone()
	var mistakes protocol.Errors
	for _, w := range overrides {
		lang, key := reply.Lang(w.Lang), Key(w.Key)
		t, ok := out.texts[lang][key]
		if !ok && (strings.HasPrefix(w.Key, exercisePrefix) || strings.HasPrefix(w.Key, cuePrefix)) {
			out.addExercise(lang, w.Key, "exercise")
			t, ok = out.texts[lang][key]
		}
		if !ok {
			mistakes = append(mistakes, w.Mistake("there is no such text"))
			continue
		}
		right := true
		for _, template := range w.Texts {
			for _, reason := range out.Judge(lang, key, template, LongVars()) {
				mistakes = append(mistakes, w.Mistake(reason))
				right = false
			}
		}
		if right {
			out.texts[lang][key] = t.with(slices.Clone(w.Texts))
		}
	}
	return out, mistakes
}
