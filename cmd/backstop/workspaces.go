package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"backstop/bot/sandbox"
	"backstop/bot/slack"
	"backstop/flows/protocol"
	"backstop/storage"
)

// slackConfig is what the Slack client and webhooks need. With a client id the
// tokens of the workspaces are read from the store.
func (s slackSettings) slackConfig(store *storage.Store, clinics []protocol.Clinic) slack.Config {
	config := slack.Config{BotToken: s.SlackBotToken, ClientID: s.SlackClientID, ClientSecret: s.SlackClientSecret,
		SigningSecret: s.SlackSigningSecret, APIURL: s.SlackAPIURL, Teams: teamsOf(clinics)}
	if s.SlackClientID != "" && store != nil {
		config.Tokens = func(ctx context.Context, team string) (string, error) {
			install, err := store.SlackInstallOf(ctx, team)
			if errors.Is(err, storage.ErrNotFound) {
				return "", nil
			}
			return install.Token, err
		}
	}
	return config
}

// teamsOf are the workspaces requests may come from; nil, which is any, where a
// clinic names none: the app of a plain bot token is in one workspace alone.
func teamsOf(clinics []protocol.Clinic) []string {
	var teams []string
	for _, c := range clinics {
		if c.Slack.Team == "" {
			return nil
		}
		teams = append(teams, c.Slack.Team)
	}
	slices.Sort(teams)
	return slices.Compact(teams)
}

// fromSlack is the setting that says how the app came into Slack.
func (s slackSettings) fromSlack() (name, value string) {
	if s.SlackClientID != "" {
		return "SLACK_CLIENT_SECRET", s.SlackClientSecret
	}
	return "SLACK_BOT_TOKEN", s.SlackBotToken
}

// oneWorkspaceEach refuses clinics that do not say which workspace is theirs,
// where the app is installed into several.
func (s slackSettings) oneWorkspaceEach(clinics []protocol.Clinic) error {
	if s.SlackClientID == "" {
		return nil
	}
	var wrong []error
	for _, c := range clinics {
		if !strings.HasPrefix(c.Slack.Team, "T") {
			wrong = append(wrong, fmt.Errorf("CLINIC_FILE: clinic %s: slack.team must be its workspace, like T0123ABCD, because SLACK_CLIENT_ID is set", c.ID))
		}
	}
	return errors.Join(wrong...)
}

// inWorkspaces puts each clinic's channel and people into its own workspace,
// where the clinic file names several.
func inWorkspaces(clinics []protocol.Clinic, o sandbox.Options) sandbox.Options {
	teams := teamsOf(clinics)
	if len(teams) == 0 {
		return o
	}
	o.Team.ID = clinics[0].Slack.Team
	for _, team := range teams {
		if team != o.Team.ID {
			o.Workspaces = append(o.Workspaces, sandbox.Workspace{Team: sandbox.Team{ID: team, Name: team, Domain: strings.ToLower(team)}})
		}
	}
	people := 0
	for i, clinic := range clinics { // sandboxOf added them in this order
		o.Channels[i].Team = clinic.Slack.Team
		for range clinic.Slack.Clinicians {
			o.Users[people].Team = clinic.Slack.Team
			people++
		}
	}
	return o
}
