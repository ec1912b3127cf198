package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"backstop/flows/reply"
	"backstop/flows/reply/score"
)

// understandCmd shows what Backstop makes of a text: one given as an argument,
// or one a line on standard input.
type understandCmd struct {
	Text  string `arg:"" optional:"" help:"The text. Without it, JSON Lines are read from standard input: {\"prompt_kind\",\"text\",\"lang\"} a row."`
	Asked string `default:"none" help:"The question the text may answer: none, evening, next_morning, h48, weekly, workdays, homework, flare_check, interference, travel_pre, relapse, consent, which or score."`
	Lang  string `default:"en" enum:"en,es" help:"The patient's set language: en or es."`
	Score string `placeholder:"FILE" help:"Measure against a labelled set (JSON Lines with an \"expected\" object) and list each miss."`
	JSON  bool   `help:"Print the reading of the one text as a line of JSON."`
}

// Help shows an example.
func (understandCmd) Help() string {
	return `Example:
  backstop understand --asked evening "4ish, tight after the drive"
  echo '{"prompt_kind":"evening","text":"7","lang":"en"}' | backstop understand`
}

// longestRow bounds one line of input: a text of 1 MB is far above any message.
const longestRow = 4 << 20

// Run reads, understands and prints. A row that cannot be read is reported with
// its line and the command fails, after the rows that can be read.
func (c *understandCmd) Run(std *stdio) error {
	switch {
	case c.Score != "":
		return c.score(std)
	case c.Text != "":
		return c.one(std)
	}
	return c.rows(std)
}

func (c *understandCmd) score(std *stdio) error {
	in, err := os.Open(c.Score)
	if err != nil {
		return fmt.Errorf("open labelled set: %w", err)
	}
	defer in.Close()
	rows, err := score.Read(in)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Score, err)
	}
	return score.Score(rows).Write(std.Out)
}

func (c *understandCmd) one(std *stdio) error {
	if !knownAsked(reply.Asked(c.Asked)) {
		return fmt.Errorf("--asked %q: not a question that Backstop asks", c.Asked)
	}
	got := reply.Explain(reply.Asked(c.Asked), c.Text, reply.Lang(c.Lang))
	if c.JSON {
		return json.NewEncoder(std.Out).Encode(rowOf(got))
	}
	return printReading(std.Out, got)
}

func (c *understandCmd) rows(std *stdio) error {
	lines := bufio.NewReaderSize(std.In, 64<<10)
	out := json.NewEncoder(std.Out)
	bad := 0
	for no := 1; ; no++ {
		line, err := readLine(lines)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && len(line) > 0 {
			err = understandRow(out, line)
		}
		var broken *writeError
		if errors.As(err, &broken) {
			return err
		}
		if err != nil {
			bad++
			fmt.Fprintf(std.Err, "line %d: %v\n", no, err)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d lines could not be read", bad)
	}
	return nil
}

// readLine returns the next line without its end. A line over longestRow is
// skipped whole and is an error.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > longestRow {
			long, line = true, nil
		} else if !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long:
			return nil, fmt.Errorf("longer than %d bytes", longestRow)
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, &writeError{fmt.Errorf("read input: %w", err)}
		}
		for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
			line = line[:len(line)-1]
		}
		return line, nil
	}
}

func understandRow(out *json.Encoder, line []byte) error {
	var row struct {
		Kind *reply.Asked `json:"prompt_kind"`
		Text *string      `json:"text"`
		Lang reply.Lang   `json:"lang"`
	}
	if err := json.Unmarshal(line, &row); err != nil {
		return err
	}
	switch {
	case row.Text == nil:
		return errors.New("no text")
	case row.Kind == nil:
		return errors.New("no prompt_kind")
	case !knownAsked(*row.Kind):
		return fmt.Errorf("prompt_kind %q is not a question that Backstop asks", *row.Kind)
	case row.Lang != "" && row.Lang != reply.English && row.Lang != reply.Spanish:
		return fmt.Errorf("lang %q is neither en nor es", row.Lang)
	}
	if err := out.Encode(rowOf(reply.Explain(*row.Kind, *row.Text, row.Lang))); err != nil {
		return &writeError{fmt.Errorf("write row: %w", err)}
	}
	return nil
}

// writeError ends the reading: going on would help no one.
type writeError struct{ err error }

func (e *writeError) Error() string { return e.err.Error() }
func (e *writeError) Unwrap() error { return e.err }

// understoodRow is one line of output; what the text does not state is null.
type understoodRow struct {
	Pain         *float64        `json:"pain"`
	Interference *string         `json:"interference"`
	Flare        *bool           `json:"flare"`
	RedFlag      *string         `json:"red_flag"`
	Intent       reply.Intent    `json:"intent"`
	Lifts        []reply.Lift    `json:"lifts"`
	LeftOver     []string        `json:"left_over"`
	Because      []reply.Because `json:"because"`
	DaysOff      *float64        `json:"days_off"`
	Count        *int            `json:"count"`
	Trip         *reply.Trip     `json:"trip"`
	Hypothetical bool            `json:"hypothetical"`
	Distress     bool            `json:"distress"`
	Automatic    bool            `json:"automatic"`
	Corrects     bool            `json:"corrects"`
}

func rowOf(got reply.Reply) understoodRow {
	return understoodRow{
		Pain: got.Pain, Interference: stated(string(got.Interference)), Flare: got.Flare,
		RedFlag: stated(string(got.RedFlag)), Intent: got.Intent, Lifts: got.Lifts,
		LeftOver: got.LeftOver, Because: got.Because, DaysOff: got.DaysOff, Count: got.Count, Trip: got.Trip,
		Hypothetical: got.Hypothetical, Distress: got.Distress, Automatic: got.Automatic, Corrects: got.Corrects,
	}
}

func stated(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func printReading(out io.Writer, got reply.Reply) error {
	row := rowOf(got)
	shown := func(v any, otherwise string) string {
		b, err := json.Marshal(v)
		if err != nil || string(b) == "null" {
			return otherwise
		}
		return string(b)
	}
	const no = "not stated"
	_, err := fmt.Fprintf(out, "intent          %s\npain            %s\ninterference    %s\nflare           %s\nred flag        %s\nlifts           %s\nnot understood  %s\n",
		row.Intent, shown(row.Pain, no), shown(row.Interference, no), shown(row.Flare, no), shown(row.RedFlag, "none"), shown(row.Lifts, no), shown(row.LeftOver, "nothing"))
	if err != nil {
		return fmt.Errorf("write reading: %w", err)
	}
	for _, b := range got.Because {
		why := b.Finding
		if b.Rule != "" {
			why += " (" + b.Rule + ")"
		}
		if _, err := fmt.Fprintf(out, "  %q at %d: %s\n", b.Words, b.Start, why); err != nil {
			return fmt.Errorf("write reading: %w", err)
		}
	}
	return nil
}

func knownAsked(a reply.Asked) bool {
	switch a {
	case reply.AskedNone, reply.AskedEvening, reply.AskedNextMorning, reply.AskedH48, reply.AskedWeekly, reply.AskedWorkdays,
		reply.AskedHomework, reply.AskedFlareCheck, reply.AskedInterference, reply.AskedTravelPre, reply.AskedRelapse,
		reply.AskedConsent, reply.AskedWhich, reply.AskedScore:
		return true
	}
	return false
}
