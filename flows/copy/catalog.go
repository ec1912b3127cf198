package copy

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"backstop/flows/reply"
)

// Key names a text.
type Key string

// Text is what the catalogue holds under a key in one language.
type Text struct {
	Use     string   `yaml:"use"`     // when it leaves
	Vars    []string `yaml:"vars"`    // the variables it may use
	Parts   int      `yaml:"parts"`   // SMS segments it may take with the longest names
	Keeps   []string `yaml:"keeps"`   // what every variant must contain: the emergency number, the way to stop
	Private bool     `yaml:"private"` // somebody else may read it: no word about health
	Texts   []string `yaml:"texts"`   // the variants: the same meaning, taking turns

	parsed [][]piece // the variants, taken apart
}

// with is the text with other variants; all of them are right.
func (t Text) with(variants []string) Text {
	t.Texts, t.parsed = variants, nil
	for _, v := range variants {
		pieces, err := parse(v)
		if err != nil {
			panic(fmt.Sprintf("text %q: %v", v, err))
		}
		t.parsed = append(t.parsed, pieces)
	}
	return t
}

// Catalog holds the texts of every language. It is never changed: With makes another.
type Catalog struct {
	texts map[reply.Lang]map[Key]Text
	order []Key
}

// Languages are the languages of the catalogue.
var Languages = []reply.Lang{reply.English, reply.Spanish}

//go:embed en.yaml
var englishFile []byte

//go:embed es.yaml
var spanishFile []byte

// Default is the catalogue without a clinic's own wording.
func Default() *Catalog { return readDefault() }

var readDefault = sync.OnceValue(func() *Catalog {
	c := &Catalog{texts: map[reply.Lang]map[Key]Text{}}
	for lang, file := range map[reply.Lang][]byte{reply.English: englishFile, reply.Spanish: spanishFile} {
		var texts map[Key]Text
		if err := yaml.UnmarshalWithOptions(file, &texts, yaml.Strict()); err != nil {
			panic(fmt.Sprintf("the texts of %s: %v", lang, err))
		}
		for key, t := range texts {
			texts[key] = t.with(t.Texts)
		}
		c.texts[lang] = texts
	}
	var inOrder yaml.MapSlice
	if err := yaml.Unmarshal(englishFile, &inOrder); err != nil {
		panic(fmt.Sprintf("the texts of en: %v", err))
	}
	for _, item := range inOrder {
		c.order = append(c.order, Key(fmt.Sprint(item.Key)))
	}
	for key, spanish := range c.texts[reply.Spanish] {
		english := c.texts[reply.English][key]
		spanish.Use, spanish.Vars, spanish.Private = english.Use, english.Vars, english.Private
		c.texts[reply.Spanish][key] = spanish
	}
	c.addExercises()
	return c
})

// clone is a catalogue of its own to change.
func (c *Catalog) clone() *Catalog {
	out := &Catalog{texts: map[reply.Lang]map[Key]Text{}, order: slices.Clone(c.order)}
	for lang, texts := range c.texts {
		out.texts[lang] = maps.Clone(texts)
	}
	return out
}

// Keys are all texts in the order of the English file, exercises last.
func (c *Catalog) Keys() []Key { return slices.Clone(c.order) }

// Lookup is what the catalogue holds under a key.
func (c *Catalog) Lookup(lang reply.Lang, key Key) (Text, bool) {
	t, ok := c.texts[lang][key]
	return t, ok
}

// Text is a text ready to leave. The variants take turns with the number given,
// whatever it is. Its error says which variable has no value, or that there is
// no such text; an unknown language is English.
func (c *Catalog) Text(lang reply.Lang, key Key, variant int, vars Vars) (string, error) {
	if c.texts[lang] == nil {
		lang = reply.English
	}
	t, ok := c.texts[lang][key]
	if !ok {
		return "", fmt.Errorf("text %s in %s: there is none", key, lang)
	}
	body, missing := fillPieces(t.pick(variant), c.values(lang, vars))
	if len(missing) > 0 {
		return body, fmt.Errorf("text %s in %s: no value for %v", key, lang, missing)
	}
	return body, nil
}

// Say is Text for a caller that must say something: a variable without a value is left out.
func (c *Catalog) Say(lang reply.Lang, key Key, variant int, vars Vars) string {
	body, _ := c.Text(lang, key, variant, vars)
	return body
}

func (t Text) pick(variant int) []piece {
	n := len(t.parsed)
	return t.parsed[((variant%n)+n)%n]
}
