package copy

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

//go:embed exercises.yaml
var exercisesFile []byte

const (
	exercisePrefix = "exercise."
	cuePrefix      = "cue."
)

// addExercises gives each exercise its name and cue as texts of their own.
func (c *Catalog) addExercises() {
	var all yaml.MapSlice
	if err := yaml.Unmarshal(exercisesFile, &all); err != nil {
		panic(fmt.Sprintf("the exercises: %v", err))
	}
	var words map[string]map[reply.Lang][2]string
	if err := yaml.UnmarshalWithOptions(exercisesFile, &words, yaml.Strict()); err != nil {
		panic(fmt.Sprintf("the exercises: %v", err))
	}
	for _, item := range all {
		id := fmt.Sprint(item.Key)
		for _, lang := range Languages {
			c.addExercise(lang, exercisePrefix+id, words[id][lang][0])
			c.addExercise(lang, cuePrefix+id, words[id][lang][1])
		}
	}
}

func (c *Catalog) addExercise(lang reply.Lang, key, text string) {
	use := "How texts call an exercise."
	if strings.HasPrefix(key, cuePrefix) {
		use = "One thing to mind in an exercise."
	}
	c.texts[lang][Key(key)] = Text{Use: use, Parts: 1}.with([]string{text})
	if !slices.Contains(c.order, Key(key)) {
		c.order = append(c.order, Key(key))
	}
}

// Exercise is how texts call an exercise; its id where there are no words for it.
func (c *Catalog) Exercise(lang reply.Lang, id string) string {
	return c.wordFor(lang, exercisePrefix, id)
}

// Cue is one thing to mind in an exercise; empty where there is none.
func (c *Catalog) Cue(lang reply.Lang, id string) string {
	if _, ok := c.Lookup(lang, Key(cuePrefix+id)); !ok {
		return ""
	}
	return c.wordFor(lang, cuePrefix, id)
}

func (c *Catalog) wordFor(lang reply.Lang, prefix, id string) string {
	word, err := c.Text(lang, Key(prefix+id), 0, Vars{})
	if err != nil {
		return strings.ReplaceAll(id, "_", " ")
	}
	return word
}

// Item is one line of a plan: an exercise as it is to be done this time. Sets,
// reps and load come from the plan; where they are zero, from the exercise.
type Item struct {
	Exercise protocol.Exercise
	Sets     int
	Reps     int
	Load     string // "60 kg"; empty for none
}

// Plan is the value of {plan}: "deadlift 3x5 at 60 kg, side plank 3x20 s each side".
func (c *Catalog) Plan(lang reply.Lang, items []Item) string {
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = c.planItem(lang, item)
	}
	return strings.Join(lines, ", ")
}

func (c *Catalog) planItem(lang reply.Lang, item Item) string {
	x := item.Exercise
	sets, reps := item.Sets, item.Reps
	if sets == 0 {
		sets = x.Sets
	}
	if reps == 0 {
		reps = x.Reps
	}
	each := c.each(lang, x, reps)
	if sets > 1 || (x.Reps > 0 && sets > 0) {
		each = strconv.Itoa(sets) + "x" + each
	}
	words := c.Exercise(lang, x.ID) + " " + each
	if x.PerSide {
		words += " " + c.Say(lang, PhraseSide, 0, Vars{})
	}
	if item.Load != "" {
		words = c.Say(lang, PhraseAt, 0, Vars{Lift: words, Load: item.Load})
	}
	return words
}

// each is what one set is: reps, or a time, a distance, breaths.
func (c *Catalog) each(lang reply.Lang, x protocol.Exercise, reps int) string {
	count := func(key Key, n int) string { return c.Say(lang, key, 0, Vars{Count: strconv.Itoa(n)}) }
	switch {
	case x.Time >= time.Minute:
		return count(PhraseMinutes, int(x.Time/time.Minute))
	case x.Time > 0:
		return count(PhraseSeconds, int(x.Time/time.Second))
	case x.Metres > 0:
		return count(PhraseMetres, x.Metres)
	case x.Breaths > 0:
		return count(PhraseBreaths, x.Breaths)
	}
	return strconv.Itoa(reps)
}
