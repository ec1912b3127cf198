// Command backstop is an SMS and Slack follow-up bot for physical-therapy
// clinics: it serves the webhooks, works the jobs, and answers the questions an
// operator or a clinician asks at the command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	_ "time/tzdata" // patients' time zones, also where the image has none
)

// cli is every subcommand; each stands in a file of its own.
type cli struct {
	Demo       demoCmd       `cmd:"" help:"Play both sides in the browser: everything on this machine, no account needed."`
	Serve      serveCmd      `cmd:"" help:"Run the bot: webhooks, workers, API."`
	Migrate    migrateCmd    `cmd:"" help:"Bring the database up to date."`
	Doctor     doctorCmd     `cmd:"" help:"Check settings, database, Twilio and Slack, and say what to do."`
	Clinic     clinicCmd     `cmd:"" help:"Check a clinic file."`
	Understand understandCmd `cmd:"" help:"What would the bot make of this text?"`
	Decide     decideCmd     `cmd:"" help:"What would the bot decide on these readings?"`
	WhatIf     whatIfCmd     `cmd:"" help:"What another threshold would have meant on a clinic's own history."`
	Patient    patientCmd    `cmd:"" help:"Enrol, list and show patients."`
	Session    sessionCmd    `cmd:"" help:"Log a finished session."`
	Token      tokenCmd      `cmd:"" help:"Create, list and revoke API tokens."`
	Keys       keysCmd       `cmd:"" help:"Make the keys that encrypt what identifies a patient."`
	Jobs       jobsCmd       `cmd:"" help:"What is queued, what failed and why."`
	Sandbox    sandboxCmd    `cmd:"" help:"Run the stand-in Twilio and Slack alone."`
	Simulate   simulateCmd   `cmd:"" help:"Synthetic patients on the real code in virtual time, with faults."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

// stdio is where a command reads and writes.
type stdio struct {
	In       io.Reader
	Out, Err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	std := &stdio{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
	if err := run(ctx, os.Args[1:], std); err != nil {
		if !errors.Is(err, errSaid) {
			fmt.Fprintln(os.Stderr, "backstop:", err)
		}
		stop()
		os.Exit(1)
	}
	stop()
}

// errSaid ends a command whose error has been shown already.
var errSaid = errors.New("said")

// run parses the arguments and runs one command.
func run(ctx context.Context, args []string, std *stdio) error {
	var c cli
	parser, err := kong.New(&c,
		kong.Name("backstop"),
		kong.Description("Follow-up by text for physical-therapy patients, with their clinicians in Slack."),
		kong.ValueFormatter(describeValue),
		kong.Writers(std.Out, std.Err),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(std),
	)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("%w; see %s --help", err, commandOf(err))
	}
	return parsed.Run()
}

// commandOf is the command whose arguments were wrong, as far as it was named.
func commandOf(err error) string {
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context.Selected() != nil {
		return parse.Context.Selected().FullPath()
	}
	return "backstop"
}

// describeValue is the help of a flag, with its default, where the line before
// does not show it, and the environment variable that sets it.
func describeValue(value *kong.Value) string {
	help := strings.TrimSuffix(value.Help, ".")
	var more []string
	if value.Flag != nil && value.HasDefault && value.Flag.PlaceHolder != "" {
		more = append(more, "default "+value.Default)
	}
	for _, env := range value.Tag.Envs {
		more = append(more, "$"+env)
	}
	if len(more) > 0 {
		help += " (" + strings.Join(more, "; ") + ")"
	}
	return strings.TrimSpace(help) + "."
}
