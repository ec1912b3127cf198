package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"backstop/bot"
	"backstop/bot/slack"
	"backstop/bot/twilio"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/seal"
)

// doctorCmd looks at everything a deployment needs, and says what to do.
type doctorCmd struct {
	databaseSettings
	clinicSettings
	twilioSettings
	slackSettings
}

// Help shows an example.
func (doctorCmd) Help() string {
	return `Example:
  backstop doctor
It reads the same settings as 'backstop serve', changes nothing, texts nobody, and
exits 1 when something has to be done.`
}

// Run goes through every check, also after one that failed.
func (c *doctorCmd) Run(ctx context.Context, std *stdio) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	r := &findings{std: std}
	clinics, err := c.read()
	r.check("clinic file", c.ClinicFile, err)
	store := c.database(ctx, r)
	if store != nil {
		defer store.Close()
	}
	public, err := publicURL(c.PublicURL)
	r.check("PUBLIC_URL", c.PublicURL, err)
	c.twilio(ctx, r, public, clinics)
	c.slack(ctx, r, store, public, clinics)
	if r.wrong > 0 {
		fmt.Fprintf(std.Out, "\n%d thing(s) to do.\n", r.wrong)
		return errSaid
	}
	fmt.Fprintln(std.Out, "\nAll is well.")
	return nil
}

// database looks at the keys and the database; nil when either cannot be read.
func (c *doctorCmd) database(ctx context.Context, r *findings) *storage.Store {
	keys, err := seal.Parse(c.Keyset)
	if !r.check("BACKSTOP_KEYSET", "readable", err) {
		return nil
	}
	store, err := storage.Open(ctx, c.DatabaseURL, keys)
	if !r.check("database", "answers", err) {
		return nil
	}
	r.check("migrations", fmt.Sprintf("%s is up to date", store.Engine()), store.Behind(ctx))
	return store
}

func (c *doctorCmd) twilio(ctx context.Context, r *findings, public string, clinics []protocol.Clinic) {
	client, err := twilio.New(c.twilioConfig(public))
	if !r.check("Twilio settings", "complete", err) {
		return
	}
	defer client.Close()
	account, err := client.Account(ctx)
	if err == nil && account.Status != "active" {
		err = fmt.Errorf("the account is %s", account.Status)
	}
	if err == nil && account.Type == "Trial" {
		err = errors.New("a trial account sends only prepared texts: upgrade it")
	}
	if !r.check("Twilio account", account.Name, err) {
		return
	}
	r.say("register for incoming messages: " + client.InboundAddress())
	for _, clinic := range clinics {
		sender := clinic.Sender.Service
		if sender == "" {
			sender = string(clinic.Sender.Number)
		}
		hook, err := client.WebhookOf(ctx, sender)
		if !r.check("sender of "+clinic.ID, sender, err) {
			continue
		}
		if clinic.Sender.Service == "" && !hook.Calls && len(clinic.OnCall) > 0 {
			r.check("sender of "+clinic.ID, "", errors.New("the number cannot call: an emergency would ring nobody; choose one with voice"))
		}
		for _, wrong := range client.Wrong(hook) {
			r.check("sender of "+clinic.ID, "", errors.New(wrong))
		}
	}
}

// slack looks at each clinic's workspace: the token, its scopes, the channel.
func (c *doctorCmd) slack(ctx context.Context, r *findings, store *storage.Store, public string, clinics []protocol.Clinic) {
	config := c.slackConfig(store, clinics)
	if c.SlackClientID != "" && store == nil {
		r.check("Slack settings", "", errors.New("the tokens of the workspaces are in the database, which cannot be read"))
		return
	}
	client, err := slack.New(config)
	if err == nil {
		err = c.oneWorkspaceEach(clinics)
	}
	if !r.check("Slack settings", "complete", err) {
		return
	}
	defer client.Close()
	for _, clinic := range clinics {
		who, err := client.Scopes(ctx, clinic.Slack.Team)
		switch {
		case err != nil && c.SlackClientID != "":
			err = fmt.Errorf("%s; open %s/slack/install?clinic=%s in a browser", toDo(err), public, clinic.ID)
		case err == nil && clinic.Slack.Team != "" && who.TeamID != clinic.Slack.Team:
			err = fmt.Errorf("the token is of the workspace %s (%s), the clinic file says %s", who.Team, who.TeamID, clinic.Slack.Team)
		case err == nil && len(who.MissingScopes) > 0:
			err = fmt.Errorf("the app misses the scopes %v: paste docs/slack-manifest.yaml again and reinstall", who.MissingScopes)
		}
		if r.check("Slack app of "+clinic.ID, who.Team, err) {
			r.check("channel of "+clinic.ID, clinic.Slack.Channel, client.Check(ctx, clinic.Slack.Team, clinic.Slack.Channel))
			r.check("people of "+clinic.ID, "in the channel", c.peopleThere(ctx, client, clinic))
		}
		if len(clinic.OnCall) == 0 {
			r.check("on call at "+clinic.ID, "", errors.New("the clinic file names nobody: emergencies outside office hours reach only Slack"))
		}
	}
}

// peopleThere says who of the clinic file is not in the clinic's channel: they see
// no alert there, and may not act.
func (c *doctorCmd) peopleThere(ctx context.Context, client *slack.Client, clinic protocol.Clinic) error {
	members, err := client.Members(ctx, clinic.Slack.Team, clinic.Slack.Channel)
	if err != nil {
		return errors.New(toDo(err))
	}
	var away []string
	for _, who := range clinic.Slack.Clinicians {
		if !slices.Contains(members, who.SlackID) {
			away = append(away, who.Name)
		}
	}
	for _, who := range clinic.OnCall {
		if who.SlackID != "" && !slices.Contains(members, who.SlackID) && !slices.Contains(away, who.Name) {
			away = append(away, who.Name)
		}
	}
	if len(away) > 0 {
		return fmt.Errorf("%s not in it: invite them, or correct their slack_id", strings.Join(away, ", "))
	}
	return nil
}

// findings prints one line a check and counts what is wrong.
type findings struct {
	std   *stdio
	wrong int
}

func (r *findings) check(what, good string, err error) bool {
	if err != nil {
		r.wrong++
		fmt.Fprintf(r.std.Out, "  TO DO  %s: %s\n", what, toDo(err))
		return false
	}
	fmt.Fprintf(r.std.Out, "  ok     %s: %s\n", what, good)
	return true
}

// toDo is an error in words for whoever runs the bot: what it would mean for a
// text to send is left out.
func toDo(err error) string {
	var failure *bot.SendError
	if !errors.As(err, &failure) {
		return err.Error()
	}
	if failure.Code != 0 {
		return fmt.Sprintf("%s (error %d)", failure.Reason, failure.Code)
	}
	return failure.Reason
}

func (r *findings) say(line string) { fmt.Fprintf(r.std.Out, "         %s\n", line) }
