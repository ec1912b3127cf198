package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"time"

	"backstop/cmd/backstop/simulate"
	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/seal"
)

// simulateCmd lets synthetic patients live through weeks with the real bot.
type simulateCmd struct {
	Patients int    `default:"1000" help:"How many patients."`
	Weeks    int    `default:"12" help:"How many weeks."`
	Seed     uint64 `default:"1" help:"The same seed makes the same run."`
	Faults   string `default:"light" enum:"none,light,heavy" help:"How much goes wrong: none, light, heavy."`
	Protocol string `help:"A clinic file whose first clinic is compared with the example's protocol, on the same patients." placeholder:"FILE"`
	Work     bool   `hidden:"" help:"Live through the shards that are asked for on standard input."`
	DB       string `name:"db" default:"sqlite" help:"sqlite (in memory), or the address of an empty PostgreSQL database." placeholder:"sqlite|postgres://..."`
}

// Help shows an example.
func (simulateCmd) Help() string {
	return `Synthetic patients answer, flare up, travel, opt out; Twilio and Slack time out,
repeat themselves and go down; the process dies. Virtual time, so months take
minutes. After every step what must always hold is checked; a violation is shown
with its seed and the patient's events.

Example:
  backstop simulate --patients 1000 --weeks 12 --faults heavy
  backstop simulate --protocol clinic.yaml`
}

// Run prints what a clinic would have seen.
func (c *simulateCmd) Run(ctx context.Context, std *stdio) error {
	if c.Patients < 1 || c.Weeks < 1 {
		return errors.New("simulate: --patients and --weeks must be at least 1")
	}
	debug.SetGCPercent(1200) // memory is plenty, and the time is the simulation's
	clinic, err := c.clinic()
	if err != nil {
		return err
	}
	if c.Work {
		return simulate.Work(ctx, c.options(clinic), std.In, std.Out)
	}
	if c.Protocol == "" {
		return c.live(ctx, std, "", clinic)
	}
	example := *c
	example.Protocol = ""
	ours, err := example.clinic()
	if err != nil {
		return err
	}
	if err := example.live(ctx, std, "With the example's protocol:\n", ours); err != nil {
		return err
	}
	return c.live(ctx, std, "\nWith "+c.Protocol+":\n", clinic)
}

// clinic is the first of the clinic file, or else the example's.
func (c *simulateCmd) clinic() (*flows.Clinic, error) {
	name, data := "the example", protocol.Example
	if c.Protocol != "" {
		file, err := os.ReadFile(c.Protocol)
		if err != nil {
			return nil, fmt.Errorf("--protocol: %w", err)
		}
		name, data = c.Protocol, file
	}
	clinics, _, err := copy.Load(name, data)
	if err != nil {
		return nil, err
	}
	return worded(clinics[0])
}

func (c *simulateCmd) options(clinic *flows.Clinic) simulate.Options {
	return simulate.Options{Patients: c.Patients, Weeks: c.Weeks, Seed: c.Seed, Faults: simulate.Faults(c.Faults), Clinic: clinic}
}

// start starts this program again, as often as there are processors, to live through
// what it is asked to.
func (c *simulateCmd) start(ctx context.Context, width int) (*simulate.Processes, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := []string{"simulate", "--work", "--patients", strconv.Itoa(c.Patients), "--weeks", strconv.Itoa(c.Weeks),
		"--seed", strconv.FormatUint(c.Seed, 10), "--faults", c.Faults}
	if c.Protocol != "" {
		args = append(args, "--protocol", c.Protocol)
	}
	return simulate.StartProcesses(width, func() *exec.Cmd { return exec.CommandContext(ctx, program, args...) })
}

func (c *simulateCmd) live(ctx context.Context, std *stdio, title string, clinic *flows.Clinic) (err error) {
	o := c.options(clinic)
	if c.DB != "sqlite" {
		o.Open, o.Only = c.open, true
	} else if width := o.Width(); width > 1 {
		if o.Processes, err = c.start(ctx, width); err != nil {
			return fmt.Errorf("simulate: %w", err)
		}
		defer o.Processes.Stop()
	}
	began := time.Now()
	o.Progress = func(done, all int) {
		fmt.Fprintf(std.Err, "\r%d of %d patients, %s", done, all, time.Since(began).Round(time.Second))
	}
	result, err := simulate.Run(ctx, o)
	fmt.Fprintln(std.Err)
	if err != nil {
		return fmt.Errorf("simulate: %w", err)
	}
	fmt.Fprint(std.Out, title)
	result.Write(std.Out, c.Weeks)
	v := result.Violation
	if v == nil {
		fmt.Fprintln(std.Out, "violations                    none")
		return nil
	}
	fmt.Fprintf(std.Out, "\nVIOLATION  %s\n           %s\n           seed %d, patient %d, %d weeks, faults %s\n\n", v.Rule, v.What, v.Seed, v.Patient, v.Weeks, v.Faults)
	for _, event := range v.Events {
		fmt.Fprintln(std.Out, "  "+event)
	}
	return fmt.Errorf("simulate: %w", v)
}

// open opens the database the command names, which must be empty.
func (c *simulateCmd) open(ctx context.Context) (*storage.Store, error) {
	keys, err := seal.New()
	if err != nil {
		return nil, err
	}
	store, err := storage.Open(ctx, c.DB, keys)
	if err != nil {
		return nil, err
	}
	if store.Behind(ctx) == nil {
		return nil, errors.Join(errors.New("--db: the database is in use already; give an empty one"), store.Close())
	}
	return store, store.Migrate(ctx)
}
