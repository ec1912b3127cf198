package bot

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// SlackInstall is what Slack gave for the app in one workspace.
type SlackInstall struct {
	Team, TeamName string
	Token          string
	BotUser        string
	By             string // Slack user who installed it
}

// The state of an installation is a ticket for a clinic and a browser.
const (
	installPurpose = "slack install"
	installTime    = 10 * time.Minute
)

// BeginInstall makes the state of an installation for a clinic, bound to a
// browser. The only clinic there is needs no naming.
func (b *Bot) BeginInstall(clinicID, browser string) (state, team string, err error) {
	if clinicID == "" && len(b.clinics) == 1 {
		clinicID = b.first.ID
	}
	clinic, ok := b.clinics[clinicID]
	if !ok || clinic.Slack.Team == "" {
		return "", "", errors.New("Which clinic? Name one of the clinic file that has slack.team: /slack/install?clinic=ID") //nolint:staticcheck // a sentence a browser shows
	}
	state, err = b.store.SealTicket(installPurpose, storage.Ticket{ClinicID: clinicID, ID: browser, Until: b.now().Add(installTime)})
	return state, clinic.Slack.Team, err
}

// CheckInstall opens the state of an installation and says for which clinic it
// is; storage.ErrNotFound when it is not ours, too old or of another browser.
func (b *Bot) CheckInstall(state, browser string) (clinicID string, err error) {
	ticket, err := b.store.OpenTicket(installPurpose, state, b.now())
	if err != nil {
		return "", err
	}
	if browser == "" || subtle.ConstantTimeCompare([]byte(ticket.ID), []byte(browser)) != 1 {
		return "", fmt.Errorf("another browser: %w", storage.ErrNotFound)
	}
	return ticket.ClinicID, nil
}

// KeepInstall stores a workspace's token, when it is the workspace that the
// clinic file names for the clinic: nobody else's workspace can be installed.
func (b *Bot) KeepInstall(ctx context.Context, clinicID string, i SlackInstall) error {
	clinic, err := b.clinic(clinicID)
	if err != nil {
		return err
	}
	if clinic.Slack.Team == "" || clinic.Slack.Team != i.Team {
		return fmt.Errorf("the workspace is %s, the clinic file gives %s the workspace %s", i.Team, clinicID, clinic.Slack.Team)
	}
	now := b.now()
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		err := tx.PutSlackInstall(ctx, storage.SlackInstall{Team: i.Team, ClinicID: clinicID, Token: i.Token, BotUser: i.BotUser,
			InstalledBy: i.By, InstalledAt: storage.At(now)})
		if err != nil {
			return err
		}
		return b.audit(ctx, tx, clinicID, i.By, "install slack", i.Team)
	})
}

// SlackLost is told that a workspace took the app away, and when: nothing can be
// shown there any more, and emergencies go to the phones. A token that an
// installation gave is forgotten.
func (b *Bot) SlackLost(ctx context.Context, event, team string, at time.Time) {
	b.log.ErrorContext(ctx, "Slack took the app away; install it again", "event", event, "team", team)
	if event != "app_rate_limited" {
		if at.IsZero() {
			at = b.now()
		}
		err := b.store.InTx(ctx, func(tx *storage.Tx) error { return tx.DropSlackInstall(ctx, team, at) })
		if err != nil {
			b.log.ErrorContext(ctx, "forget the Slack installation", "team", team, "error", err)
		}
	}
	for id, clinic := range b.clinics {
		if inTeam(clinic, team) {
			b.phoneOperator(ctx, id, "Slack took the app away ("+event+")")
		}
	}
}

// inTeam reports whether a clinic works in a workspace. A clinic file that names
// no workspace has one alone.
func inTeam(clinic *flows.Clinic, team string) bool {
	return clinic.Slack.Team == "" || clinic.Slack.Team == team
}
