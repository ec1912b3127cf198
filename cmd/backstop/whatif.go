package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"backstop/bot"
)

// whatIfCmd judges a clinic's history under other thresholds.
type whatIfCmd struct {
	deskSettings

	Thresholds []string `arg:"" help:"Like alert_abs=8: a key below protocol.pain of the clinic file, and a value. Each is looked at on its own."`
	Clinic     string   `help:"The clinic; may be left out where the clinic file has one." placeholder:"ID"`
	Days       int      `help:"How far back." default:"28"`
}

// Help shows an example.
func (whatIfCmd) Help() string {
	return "Example:\n  backstop what-if alert_abs=8 alert_delta_morning=5\n" + bot.WhatIfMethod
}

// Run prints a line for each threshold.
func (c *whatIfCmd) Run(ctx context.Context, std *stdio) (err error) {
	var changes []bot.Threshold
	for _, t := range c.Thresholds {
		key, value, ok := strings.Cut(t, "=")
		if !ok {
			return fmt.Errorf("%q is not like alert_abs=8", t)
		}
		changes = append(changes, bot.Threshold{Key: key, Value: value})
	}
	if c.Days < 1 {
		return fmt.Errorf("--days: %d is no stretch of time", c.Days)
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	clinic, err := clinicNamed(d.clinics, c.Clinic)
	if err != nil {
		return err
	}
	answers, err := d.bot.WhatIf(ctx, clinic.ID, changes, c.Days)
	if err != nil {
		return err
	}
	for _, a := range answers {
		fmt.Fprintln(std.Out, a.Say())
	}
	return nil
}
