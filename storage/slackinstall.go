package storage

import (
	"context"
	"time"
)

// SlackInstall is the Slack app in one workspace, installed over OAuth.
type SlackInstall struct {
	Team        string // T...
	ClinicID    string // the clinic it was installed for; others may share the workspace
	Token       string // of the bot there; sealed
	BotUser     string
	InstalledBy string // Slack user
	InstalledAt Time
}

// PutSlackInstall keeps a workspace's installation in place of an earlier one.
func (t *Tx) PutSlackInstall(ctx context.Context, i SlackInstall) error {
	s := t.sealer("slack_installs", i.Team, i.ClinicID)
	token := s.seal("token", i.Token)
	if s.err != nil {
		return s.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO slack_installs (team, clinic_id, token, bot_user, installed_by, installed_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (team) DO UPDATE
		SET clinic_id = excluded.clinic_id, token = excluded.token, bot_user = excluded.bot_user,
		    installed_by = excluded.installed_by, installed_at = excluded.installed_at`,
		i.Team, i.ClinicID, token, i.BotUser, i.InstalledBy, i.InstalledAt)
	return doing(err, "keep the Slack installation of %s", i.Team)
}

// SlackInstallOf is a workspace's installation, or ErrNotFound.
func (r Reader) SlackInstallOf(ctx context.Context, team string) (SlackInstall, error) {
	var i SlackInstall
	err := r.get(ctx, &i, `
		SELECT team, clinic_id, token, bot_user, installed_by, installed_at
		FROM slack_installs
		WHERE team = $1`,
		team)
	if err != nil {
		return SlackInstall{}, doing(err, "Slack installation of %s", team)
	}
	s := r.sealer("slack_installs", i.Team, i.ClinicID)
	if s.open("token", &i.Token); s.err != nil {
		return SlackInstall{}, s.err
	}
	return i, nil
}

// DropSlackInstall forgets a workspace's installation, unless it is younger than
// the word that it ended: Slack tells of an old one late.
func (t *Tx) DropSlackInstall(ctx context.Context, team string, ended time.Time) error {
	_, err := t.exec(ctx, `DELETE FROM slack_installs WHERE team = $1 AND installed_at <= $2`, team, At(ended))
	return doing(err, "forget the Slack installation of %s", team)
}
