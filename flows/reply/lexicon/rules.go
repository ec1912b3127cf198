package lexicon

import "strings"

// Window says how near to each other the terms of a rule must stand.
type Window uint8

// The windows, the narrowest first.
const (
	Order Window = iota // in this order, at most two other words between, in one clause
	Alone               // with nothing else in the sentence but small words
	Clause
	Near // in one sentence, a few words apart, with no rival between
	Sentence
	Text
)

// Want is one way to meet a term.
type Want struct {
	Concept Concept
	Lost    bool // "no X": denied or impossible
	Unable  bool // "cannot X": impossible, not merely denied
	Past    bool // "had X": also long ago
	Even    bool // "even X": also in what is mostly a manner of speaking
}

// Rule is one composition that makes a red flag.
type Rule struct {
	Category string
	Name     string
	Terms    [][]Want
	Unless   []Concept
	Window   Window
}

func (v *Vocabulary) parseRules(text string) ([]Rule, error) {
	lines, err := logicalLines("redflags.txt", text)
	if err != nil {
		return nil, err
	}
	var rules []Rule
	category := ""
	for _, line := range lines {
		if strings.HasPrefix(line.text, "[") {
			category = strings.Trim(line.text, "[]")
			continue
		}
		rule, err := v.parseRule(line)
		if err != nil {
			return nil, err
		}
		rule.Category = category
		rules = append(rules, rule)
	}
	return rules, nil
}

func (v *Vocabulary) parseRule(line line) (Rule, error) {
	name, body, ok := strings.Cut(line.text, ":")
	if !ok {
		return Rule{}, line.errorf("want \"name: concept + concept\"")
	}
	rule := Rule{Name: strings.TrimSpace(name), Window: Near}
	body, unless, _ := strings.Cut(body, " unless ")
	for _, w := range []struct {
		mark   string
		window Window
	}{{"@order", Order}, {"@alone", Alone}, {"@clause", Clause}, {"@sentence", Sentence}, {"@text", Text}} {
		if strings.Contains(body+unless, w.mark) {
			rule.Window = w.window
			body = strings.Replace(body, w.mark, "", 1)
			unless = strings.Replace(unless, w.mark, "", 1)
		}
	}
	for term := range strings.SplitSeq(body, "+") {
		var wants []Want
		for option := range strings.SplitSeq(term, "|") {
			option, even := strings.CutPrefix(strings.TrimSpace(option), "even ")
			option, past := strings.CutPrefix(option, "had ")
			option, unable := strings.CutPrefix(option, "cannot ")
			option, lost := strings.CutPrefix(option, "no ")
			c, ok := v.lookup(option)
			if !ok {
				return Rule{}, line.errorf("no concept %q", option)
			}
			wants = append(wants, Want{Concept: c, Lost: lost || unable, Unable: unable, Past: past, Even: even})
		}
		rule.Terms = append(rule.Terms, wants)
	}
	if unless == "" {
		return rule, nil
	}
	for option := range strings.SplitSeq(unless, "|") {
		c, ok := v.lookup(strings.TrimSpace(option))
		if !ok {
			return Rule{}, line.errorf("no concept %q", option)
		}
		rule.Unless = append(rule.Unless, c)
	}
	return rule, nil
}

// The concepts that no word gives but numbers: a reading of fever, a weight that
// fell, a rating of the chest.
const (
	TempHigh   = "temp_high"
	WeightFell = "weight_fell"
	ChestRated = "chest_rated"
)

func (v *Vocabulary) lookup(name string) (Concept, bool) {
	if name == TempHigh || name == WeightFell || name == ChestRated {
		if _, ok := v.concepts[name]; !ok {
			v.concepts[name] = Concept(len(v.names))
			v.names = append(v.names, name)
		}
	}
	c, ok := v.concepts[name]
	return c, ok
}
