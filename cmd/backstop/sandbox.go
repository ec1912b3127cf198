package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"backstop/bot/sandbox"
	"backstop/flows/protocol"
)

// sandboxCmd runs the stand-in Twilio and Slack alone.
type sandboxCmd struct {
	Listen     string `default:"127.0.0.1:8600" help:"Address to listen on." placeholder:"HOST:PORT"`
	BotURL     string `default:"http://127.0.0.1:8080" env:"PUBLIC_URL" help:"Where the bot's webhooks are: its PUBLIC_URL." placeholder:"URL"`
	ClinicFile string `env:"CLINIC_FILE" help:"Take the number, channel and people from this clinic file." placeholder:"FILE"`
	JSON       bool   `help:"Print the settings for 'backstop serve' as JSON."`
}

// Help shows an example.
func (sandboxCmd) Help() string {
	return `Example:
  backstop sandbox --listen 127.0.0.1:8600 --bot-url http://127.0.0.1:8080
It prints the settings with which 'backstop serve' uses it.`
}

// Run serves until it is told to stop.
func (c *sandboxCmd) Run(ctx context.Context, std *stdio) error {
	options := sandbox.Options{BotURL: c.BotURL, SMSFallbackURL: strings.TrimRight(c.BotURL, "/") + "/twilio/sms"}
	if c.ClinicFile != "" {
		data, err := os.ReadFile(c.ClinicFile)
		if err != nil {
			return fmt.Errorf("CLINIC_FILE: %w", err)
		}
		clinics, err := protocol.Parse(c.ClinicFile, data)
		if err != nil {
			return err
		}
		options = inWorkspaces(clinics, sandboxOf(clinics, options))
	}
	s := sandbox.New(options)
	defer s.Close()
	url, err := s.Start(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	if err := c.print(std, url, s.Options()); err != nil {
		return err
	}
	<-ctx.Done()
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil
	}
	return ctx.Err()
}

// sandboxOf plays the Twilio account and the Slack workspace of a clinic file.
func sandboxOf(clinics []protocol.Clinic, o sandbox.Options) sandbox.Options {
	for i, clinic := range clinics {
		if number := string(clinic.Sender.Number); i == 0 {
			o.Number, o.Zone, o.Title = number, clinic.TimeZone, clinic.Name
		} else if number != "" {
			o.MoreNumbers = append(o.MoreNumbers, number)
		}
		o.Channels = append(o.Channels, sandbox.Channel{ID: clinic.Slack.Channel, Name: clinic.ID})
		for _, person := range clinic.Slack.Clinicians {
			o.Users = append(o.Users, sandbox.User{ID: person.SlackID, Name: person.Name})
		}
	}
	return o
}

// print shows the settings a bot needs to use this sandbox.
func (c *sandboxCmd) print(std *stdio, url string, o sandbox.Options) error {
	settings := [][2]string{
		{"PUBLIC_URL", c.BotURL},
		{"TWILIO_ACCOUNT_SID", o.AccountSID},
		{"TWILIO_AUTH_TOKEN", o.AuthToken},
		{"TWILIO_BASE_URL", url},
		{"SLACK_SIGNING_SECRET", o.SlackSigningSecret},
		{"SLACK_API_URL", url + "/api/"},
	}
	if len(o.Workspaces) > 0 {
		settings = append(settings, [2]string{"SLACK_CLIENT_ID", o.ClientID}, [2]string{"SLACK_CLIENT_SECRET", o.ClientSecret})
	} else {
		settings = append(settings, [2]string{"SLACK_BOT_TOKEN", o.SlackBotToken})
	}
	if c.JSON {
		out := map[string]string{"page": url}
		for _, s := range settings {
			out[s[0]] = s[1]
		}
		return json.NewEncoder(std.Out).Encode(out)
	}
	fmt.Fprintf(std.Out, "The page to play both sides: %s\nSettings for 'backstop serve':\n\n", url)
	for _, s := range settings {
		fmt.Fprintf(std.Out, "export %s=%q\n", s[0], s[1])
	}
	return nil
}
