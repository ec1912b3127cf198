package score

import (
	"fmt"
	"io"

	"backstop/flows/reply"
)

// Tally counts right answers.
type Tally struct{ Right, Of int }

// Share is the part that is right, 1 when there was nothing to count.
func (t Tally) Share() float64 {
	if t.Of == 0 {
		return 1
	}
	return float64(t.Right) / float64(t.Of)
}

func (t *Tally) add(right bool) {
	t.Of++
	if right {
		t.Right++
	}
}

// Report is the measure of one labelled set.
type Report struct {
	Pain, Interference, Flare, Intent Tally
	RedFlags                          Tally                   // rows with a red flag whose category was found
	AnyRedFlag                        Tally                   // the same, whatever the category found
	Categories                        map[reply.RedFlag]Tally // recall by category
	FalseRedFlags                     Tally                   // rows without one; Right = none raised
	Dangerous                         int                     // pain at least 2 too low, or invented beside a symptom
	Stops                             Tally
	FalseStops                        int
	Misses                            []Miss
}

// Miss is one field of one row that was read wrongly.
type Miss struct {
	Row       Row
	Field     string
	Want, Got string
	Dangerous bool
}

// tooLow is how far below the truth a pain number is dangerous.
const tooLow = 2

// Score reads every row and compares. With a red flag expected, the intents
// answer, pain_report and other are taken as the same.
func Score(rows []Row) Report {
	rep := Report{Categories: map[reply.RedFlag]Tally{}}
	for _, row := range rows {
		rep.compare(row, reply.Understand(row.Kind, row.Text, row.Lang))
	}
	return rep
}

func (rep *Report) compare(row Row, got reply.Reply) {
	want := row.Expected
	danger := isDangerous(want, got.Pain)
	if danger {
		rep.Dangerous++
	}
	rep.field(&rep.Pain, row, "pain", show(want.Pain), show(got.Pain), danger)
	rep.field(&rep.Interference, row, "interference", string(want.Interference), string(got.Interference), false)
	rep.field(&rep.Flare, row, "flare", showBool(want.Flare), showBool(got.Flare), false)
	rep.redFlag(row, got.RedFlag)
	rep.stop(want.Intent, got.Intent)
	wantIntent := want.Intent
	if want.RedFlag != reply.NoRedFlag && lenient(want.Intent) && lenient(got.Intent) {
		wantIntent = got.Intent
	}
	rep.field(&rep.Intent, row, "intent", string(wantIntent), string(got.Intent), false)
}

func (rep *Report) field(t *Tally, row Row, name, want, got string, danger bool) {
	t.add(want == got)
	if want != got {
		rep.Misses = append(rep.Misses, Miss{Row: row, Field: name, Want: want, Got: got, Dangerous: danger})
	}
}

func (rep *Report) redFlag(row Row, got reply.RedFlag) {
	want := row.Expected.RedFlag
	if want != got {
		rep.Misses = append(rep.Misses, Miss{Row: row, Field: "red_flag", Want: string(want), Got: string(got)})
	}
	if want == reply.NoRedFlag {
		rep.FalseRedFlags.add(got == reply.NoRedFlag)
		return
	}
	rep.RedFlags.add(want == got)
	rep.AnyRedFlag.add(got != reply.NoRedFlag)
	t := rep.Categories[want]
	t.add(want == got)
	rep.Categories[want] = t
}

func (rep *Report) stop(want, got reply.Intent) {
	if want == reply.IntentStop {
		rep.Stops.add(got == reply.IntentStop)
	} else if got == reply.IntentStop {
		rep.FalseStops++
	}
}

func isDangerous(want Expected, got *float64) bool {
	if got == nil {
		return false
	}
	if want.Pain != nil {
		return *got <= *want.Pain-tooLow
	}
	symptom := want.Intent == reply.IntentAnswer || want.Intent == reply.IntentPainReport
	return symptom || want.RedFlag != reply.NoRedFlag
}

func lenient(i reply.Intent) bool {
	return i == reply.IntentAnswer || i == reply.IntentPainReport || i == reply.IntentOther
}

func show(v *float64) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprintf("%g", *v)
}

func showBool(v *bool) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprint(*v)
}

// Write prints the report: the figures, then each miss.
func (rep Report) Write(out io.Writer) error {
	w := writer{out: out}
	w.line("pain exact", rep.Pain)
	w.line("interference exact", rep.Interference)
	w.line("flare exact", rep.Flare)
	w.line("intent exact", rep.Intent)
	w.line("red-flag recall", rep.RedFlags)
	w.line("  in any category", rep.AnyRedFlag)
	for _, c := range reply.RedFlagOrder {
		if t, ok := rep.Categories[c]; ok {
			w.line("  "+string(c), t)
		}
	}
	w.printf("%-24s %d of %d\n", "false red flags", rep.FalseRedFlags.Of-rep.FalseRedFlags.Right, rep.FalseRedFlags.Of)
	w.printf("%-24s %d\n", "dangerous errors", rep.Dangerous)
	w.line("stop recall", rep.Stops)
	w.printf("%-24s %d\n", "false stops", rep.FalseStops)
	for _, m := range rep.Misses {
		mark := ""
		if m.Dangerous {
			mark = " DANGEROUS"
		}
		w.printf("line %d %s: want %s, got %s%s: [%s] %q\n", m.Row.Line, m.Field, orNull(m.Want), orNull(m.Got), mark, m.Row.Kind, m.Row.Text)
	}
	return w.err
}

func orNull(s string) string {
	if s == "" {
		return "null"
	}
	return s
}

type writer struct {
	out io.Writer
	err error
}

func (w *writer) printf(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.out, format, args...)
	}
}

func (w *writer) line(name string, t Tally) {
	w.printf("%-24s %5.1f %%  (%d of %d)\n", name, 100*t.Share(), t.Right, t.Of)
}
