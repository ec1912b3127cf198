package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/rehearse"
	"backstop/flows/reply"
)

// clinicCmd works on clinic files.
type clinicCmd struct {
	Check clinicCheckCmd `cmd:"" help:"Say what is wrong with a clinic file; without mistakes, show what it makes: the clinics, the numbers they changed, the plan a patient would get week by week, and every text with its SMS segments."`
}

type clinicCheckCmd struct {
	File string `arg:"" help:"The clinic file."`
	JSON bool   `help:"As JSON."`
}

// Help shows an example.
func (clinicCheckCmd) Help() string {
	return `Example:
  backstop clinic check clinic.yaml
Each mistake is one line: file:line: key: reason. Texts are counted with the
clinic's own names and with long values for everything else.`
}

// clinicReport is what a clinic file makes of one clinic.
type clinicReport struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Clinic   []string          `json:"clinic"` // in words, a line each
	Warnings []string          `json:"warnings,omitempty"`
	Changed  []protocol.Number `json:"changed,omitempty"` // numbers that are not the default
	Texts    []textReport      `json:"texts"`
	Stages   []string          `json:"stages"`  // what a patient does in each
	Weeks    []rehearse.Week   `json:"weeks"`   // what it makes of a patient who answers well
	Numbers  []protocol.Number `json:"numbers"` // all of them, with the clinic's values
}

// textReport is one variant of a text and what it costs.
type textReport struct {
	Language reply.Lang    `json:"language"`
	Key      copy.Key      `json:"key"`
	Encoding copy.Encoding `json:"encoding"`
	Units    int           `json:"units"`
	Segments int           `json:"segments"`
	Budget   int           `json:"budget"`
	Text     string        `json:"text"`
}

// Run checks one file.
func (c *clinicCheckCmd) Run(std *stdio) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("the clinic file: %w", err)
	}
	clinics, catalogs, err := copy.Load(c.File, data)
	var mistakes protocol.Errors
	if err != nil && !errors.As(err, &mistakes) {
		return err
	}
	reports := make([]clinicReport, len(clinics))
	for i, clinic := range clinics {
		reports[i] = reportOf(clinic, catalogs[i])
	}
	if err := c.print(std, reports, mistakes); err != nil {
		return err
	}
	if len(mistakes) > 0 {
		return fmt.Errorf("%s: %d mistake(s)", c.File, len(mistakes))
	}
	return nil
}

func (c *clinicCheckCmd) print(std *stdio, reports []clinicReport, mistakes protocol.Errors) error {
	if c.JSON {
		out := json.NewEncoder(std.Out)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		return out.Encode(struct {
			Mistakes protocol.Errors `json:"mistakes,omitempty"`
			Clinics  []clinicReport  `json:"clinics,omitempty"`
		}{mistakes, reports})
	}
	for _, m := range mistakes {
		fmt.Fprintln(std.Out, m)
	}
	for _, r := range reports {
		if err := r.print(std); err != nil {
			return err
		}
	}
	return nil
}

func (r clinicReport) print(std *stdio) error {
	fmt.Fprintf(std.Out, "%s: %s\n", r.ID, r.Name)
	for _, line := range r.Clinic {
		fmt.Fprintf(std.Out, "  %s\n", line)
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(std.Out, "  note: %s\n", warning)
	}
	for _, n := range r.Changed {
		fmt.Fprintf(std.Out, "  changed: %s is %s (%s): %s\n", n.Key, n.Default, n.Unit, n.Meaning)
	}
	fmt.Fprintln(std.Out)
	for _, line := range r.Stages {
		fmt.Fprintf(std.Out, "  %s\n", line)
	}
	fmt.Fprintln(std.Out)
	if err := r.printWeeks(std); err != nil {
		return err
	}
	w := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "TEXT\tLANG\tENCODING\tUNITS\tSEGMENTS\tWORDS")
	for _, t := range r.Texts {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d of %d\t%s\n", t.Key, t.Language, t.Encoding, t.Units, t.Segments, t.Budget, t.Text)
	}
	fmt.Fprintln(w, "\nNUMBER\tVALUE\tUNIT\tFROM\tTO\tWHAT IT DOES")
	for _, n := range r.Numbers {
		if unset(n) {
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", n.Key, n.Default, n.Unit, n.Min, n.Max, n.Meaning)
	}
	return w.Flush()
}

// weeksShown is how many weeks of care are rehearsed: a year.
const weeksShown = 52

// printWeeks is the plan that a model patient gets, week by week.
func (r clinicReport) printWeeks(std *stdio) error {
	fmt.Fprintln(std.Out, "  A patient who answers well, week by week:")
	w := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "  WEEK\tSTAGE\tTEXTS\tHOMEWORK AND STEPS")
	for _, week := range r.Weeks {
		lines := strings.Join(slices.Concat(week.Plans, week.News), "\n  \t\t\t")
		fmt.Fprintf(w, "  %d\t%s%s\t%d\t%s\n", week.Number, week.Stage, week.Letter, week.Texts, lines)
	}
	fmt.Fprintln(w)
	return w.Flush()
}

func reportOf(c protocol.Clinic, catalog *copy.Catalog) clinicReport {
	r := clinicReport{ID: c.ID, Name: c.Name, Clinic: inWords(c), Changed: changed(c.Protocol), Texts: textsOf(c, catalog),
		Stages: stagesOf(c, catalog), Numbers: protocol.DescribeOf(c.Protocol)}
	model := &flows.Clinic{Clinic: c, Copy: catalog}
	begins := time.Date(2026, 3, 2, 10, 0, 0, 0, c.TimeZone) // a Monday; any would do
	r.Weeks = rehearse.Weeks(model, begins, weeksShown)
	if stuck := rehearse.Stuck(model, r.Weeks); stuck != "" {
		r.Warnings = append(r.Warnings, stuck)
	}
	if len(c.OnCall) == 0 {
		r.Warnings = append(r.Warnings, "nobody is on call: an emergency that is not acknowledged reaches Slack and no phone")
	}
	if c.Protocol.Locale.EmergencyNumber == "" {
		r.Warnings = append(r.Warnings, "no emergency number: texts say 'your local emergency number'")
	}
	return r
}

// inWords is a clinic in a few lines.
func inWords(c protocol.Clinic) []string {
	var onCall []string
	for _, who := range c.OnCall {
		onCall = append(onCall, who.Name)
	}
	from := string(c.Sender.Number)
	if c.Sender.Service != "" {
		from = strings.TrimSpace(c.Sender.Service + " " + from)
	}
	lines := []string{
		fmt.Sprintf("signs as %s; patients call %s", c.Signature, c.PhoneShown()),
		fmt.Sprintf("%s, %s, loads in %s", c.TimeZone, c.Language, c.Unit),
		fmt.Sprintf("texts from %s; alerts in Slack %s, patients by %s", from, c.Slack.Channel, c.Slack.Show),
		"open " + c.OfficeHours.String(),
		fmt.Sprintf("no unsolicited text from %s to %s in the patient's time", c.Protocol.Windows.QuietFrom, c.Protocol.Windows.QuietTo),
	}
	if len(onCall) > 0 {
		lines = append(lines, "on call: "+strings.Join(onCall, ", then "))
	}
	return lines
}

// changed are the numbers that are not the default, with the clinic's values.
func changed(p protocol.Protocol) []protocol.Number {
	defaults := map[string]string{}
	for _, n := range protocol.Describe() {
		defaults[n.Key] = n.Default
	}
	var out []protocol.Number
	for _, n := range protocol.DescribeOf(p) {
		if defaults[n.Key] != n.Default {
			out = append(out, n)
		}
	}
	return out
}

// unset reports whether a number of a stage asks for nothing there.
func unset(n protocol.Number) bool {
	return strings.HasPrefix(n.Key, "stages.") && slices.Contains([]string{"", "0", "0s", "false"}, n.Default)
}

// stagesOf is each stage of the ladder in a line, with its exercises.
func stagesOf(c protocol.Clinic, catalog *copy.Catalog) []string {
	var out []string
	for _, s := range c.Protocol.Stages {
		items := make([]copy.Item, len(s.Exercises))
		for i, x := range s.Exercises {
			items[i] = copy.Item{Exercise: x}
		}
		entry := ""
		if s.Approve {
			entry = ", after a clinician's approval"
		}
		days := strconv.Itoa(s.DaysPerWeek)
		if s.DaysMax > s.DaysPerWeek {
			days += "-" + strconv.Itoa(s.DaysMax)
		}
		out = append(out, fmt.Sprintf("%s %s, %s days a week%s: %s", s.ID, s.Name, days, entry,
			catalog.Plan(reply.Lang(c.Language), items)))
	}
	return out
}

// textsOf is every variant of every text with long values.
func textsOf(c protocol.Clinic, catalog *copy.Catalog) []textReport {
	var out []textReport
	vars := copy.LongVarsOf(c)
	for _, key := range catalog.Keys() {
		for _, lang := range copy.Languages {
			text, _ := catalog.Lookup(lang, key)
			for variant := range text.Texts {
				body := catalog.Say(lang, key, variant, vars)
				enc, units, parts := copy.Segments(body)
				out = append(out, textReport{lang, key, enc, units, parts, text.Parts, body})
			}
		}
	}
	return out
}
