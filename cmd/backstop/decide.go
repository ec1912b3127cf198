package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// decideCmd asks the decision rules without touching a patient.
type decideCmd struct {
	Baseline     *float64 `help:"Usual back pain, 0 to 10. With it the readings are taken from flags, without it from JSON Lines on the standard input." placeholder:"PAIN"`
	Evening      *float64 `help:"Worst pain during or since the session, 0 to 10." placeholder:"PAIN"`
	Morning      *float64 `help:"Pain the next morning, 0 to 10." placeholder:"PAIN"`
	H48          *float64 `name:"h48" help:"Pain two days after, 0 to 10." placeholder:"PAIN"`
	Interference string   `help:"How much the back is in the way: none, some, severe." placeholder:"GRADE"`
	Flare        *bool    `negatable:"" help:"Whether the patient calls it a flare-up."`
	RedFlag      string   `help:"A category, like cauda_equina." placeholder:"CATEGORY"`
	WindowOpen   bool     `help:"The morning answer can still come."`

	ClinicFile string `env:"CLINIC_FILE" help:"Decide by a clinic's own protocol instead of the built-in one." placeholder:"FILE"`
	Clinic     string `help:"The clinic; may be left out where the clinic file has one." placeholder:"ID"`
}

// Help shows an example.
func (decideCmd) Help() string {
	return `Example:
  backstop decide --baseline 1 --evening 3 --morning 3 --interference some
  echo '{"baseline":1,"evening":3,"morning":null,"window_open":true}' | backstop decide
Each answer is one line of JSON: {"decision","rule","because"}.`
}

// Run decides on the flags, or on every line of the standard input.
func (c *decideCmd) Run(ctx context.Context, std *stdio) error {
	limits, err := c.limits()
	if err != nil {
		return err
	}
	flags := decideLine{Baseline: c.Baseline, Evening: c.Evening, Morning: c.Morning, H48: c.H48,
		Interference: &c.Interference, Flare: c.Flare, RedFlag: &c.RedFlag, WindowOpen: &c.WindowOpen}
	if !c.flagged() {
		return decideLines(ctx, limits, std)
	}
	answers, err := flags.answers()
	if err != nil {
		return errors.New("--" + strings.Replace(err.Error(), "red_flag", "red-flag", 1))
	}
	return printLine(std.Out, flows.Decide(limits, answers))
}

// flagged reports whether any reading was given as a flag.
func (c *decideCmd) flagged() bool {
	return c.Baseline != nil || c.Evening != nil || c.Morning != nil || c.H48 != nil || c.Flare != nil ||
		c.Interference != "" || c.RedFlag != "" || c.WindowOpen
}

// limits are the numbers of the protocol that decides.
func (c *decideCmd) limits() (protocol.Pain, error) {
	if c.ClinicFile == "" {
		return protocol.Default().Pain, nil
	}
	clinics, err := clinicSettings{ClinicFile: c.ClinicFile}.read()
	if err != nil {
		return protocol.Pain{}, err
	}
	clinic, err := clinicNamed(clinics, c.Clinic)
	return clinic.Protocol.Pain, err
}

// maxLine is the longest line that is read.
const maxLine = 64 << 10

// decideLines decides on every line. One that is invalid is named, and the
// others are decided on all the same.
func decideLines(ctx context.Context, limits protocol.Pain, std *stdio) error {
	if file, is := std.In.(*os.File); is {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return errors.New("--baseline is missing, and nothing comes on the standard input; see 'backstop decide --help'")
		}
	}
	in := bufio.NewScanner(std.In)
	in.Buffer(nil, maxLine)
	read, wrong := 0, 0
	for number := 1; in.Scan(); number++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		read++
		answers, err := readAnswers(in.Bytes())
		if err != nil {
			wrong++
			fmt.Fprintf(std.Err, "backstop: line %d: %v\n", number, err)
			continue
		}
		if err := printLine(std.Out, flows.Decide(limits, answers)); err != nil {
			return err
		}
	}
	switch err := in.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("a line has more than %d bytes", maxLine)
	case err != nil:
		return fmt.Errorf("read the standard input: %w", err)
	case read == 0:
		return errors.New("no readings: give --baseline and what else is known, or JSON Lines on the standard input")
	case wrong > 0:
		return errSaid
	}
	return nil
}

// decideLine is one line of readings. What is left out, or null, is not known.
type decideLine struct {
	Baseline     *float64 `json:"baseline"`
	Evening      *float64 `json:"evening"`
	Morning      *float64 `json:"morning"`
	H48          *float64 `json:"h48"`
	Interference *string  `json:"interference"`
	Flare        *bool    `json:"flare"`
	RedFlag      *string  `json:"red_flag"`
	WindowOpen   *bool    `json:"window_open"`
}

// readAnswers reads one line, strictly: a mistyped name must not pass for a
// reading that is not there.
func readAnswers(text []byte) (flows.Answers, error) {
	var l decideLine
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	err := in.Decode(&l)
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType) && wrongType.Field != "":
		return flows.Answers{}, fmt.Errorf("%s: wants %s", wrongType.Field, wants(wrongType.Field))
	case errors.As(err, &wrongType):
		return flows.Answers{}, errors.New(`wants an object like {"baseline":1,"evening":3}`)
	case err != nil:
		return flows.Answers{}, fmt.Errorf("not readable: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return flows.Answers{}, errors.New("has more after the object; one to a line")
	}
	return l.answers()
}

func wants(field string) string {
	switch field {
	case "interference", "red_flag":
		return "a text"
	case "flare", "window_open":
		return "true or false"
	}
	return "a number from 0 to 10"
}

// answers checks the readings and makes them ready to be decided on.
func (l decideLine) answers() (flows.Answers, error) {
	if l.Baseline == nil {
		return flows.Answers{}, errors.New("baseline: the usual pain, 0 to 10, is missing")
	}
	for _, p := range []struct {
		name string
		pain *float64
	}{{"baseline", l.Baseline}, {"evening", l.Evening}, {"morning", l.Morning}, {"h48", l.H48}} {
		if p.pain != nil && !(*p.pain >= 0 && *p.pain <= 10) { // NaN is no pain either
			return flows.Answers{}, fmt.Errorf("%s: %v is not a pain from 0 to 10", p.name, *p.pain)
		}
	}
	a := flows.Answers{Baseline: *l.Baseline, Evening: l.Evening, Morning: l.Morning, H48: l.H48, Flare: l.Flare}
	if l.Interference != nil {
		a.Interference = reply.Interference(*l.Interference)
	}
	grades := []reply.Interference{reply.InterferenceUnknown, reply.InterferenceNone, reply.InterferenceSome, reply.InterferenceSevere}
	if !slices.Contains(grades, a.Interference) {
		return flows.Answers{}, fmt.Errorf("interference: %q is not one of none, some, severe", a.Interference)
	}
	if l.RedFlag != nil {
		a.RedFlag = reply.RedFlag(*l.RedFlag)
	}
	if a.RedFlag != reply.NoRedFlag && !slices.Contains(reply.RedFlagOrder, a.RedFlag) {
		return flows.Answers{}, fmt.Errorf("red_flag: %q is not one of %s", a.RedFlag, strings.Trim(fmt.Sprint(reply.RedFlagOrder), "[]"))
	}
	if l.WindowOpen != nil {
		a.WindowOpen = *l.WindowOpen
	}
	return a, nil
}
