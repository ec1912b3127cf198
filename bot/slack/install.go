package slack

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// Installer lets clinics install the app into their workspaces.
type Installer interface {
	// BeginInstall makes the state of an installation for a clinic, bound to a
	// browser; empty for the only clinic there is. It says which workspace the
	// clinic file names.
	BeginInstall(clinic, browser string) (state, team string, err error)
	// CheckInstall opens a state: an error when it is not ours, too old, or of
	// another browser.
	CheckInstall(state, browser string) (clinic string, err error)
	// KeepInstall stores what Slack gave. Its error says why it may not be kept.
	KeepInstall(ctx context.Context, clinic string, i bot.SlackInstall) error
}

// The cookie that binds an installation to the browser it was begun in.
const (
	installCookie = "backstop_install"
	installTime   = 10 * time.Minute
	oauthRoute    = "/slack/oauth"
)

// installs are the two pages of an installation over OAuth
// (https://docs.slack.dev/authentication/installing-with-oauth).
type installs struct {
	*Webhooks

	installer Installer
	publicURL string
}

// RegisterInstall puts the pages of an installation on their routes.
func (h *Webhooks) RegisterInstall(mux *http.ServeMux, installer Installer, publicURL string) {
	i := installs{h, installer, strings.TrimRight(publicURL, "/")}
	mux.HandleFunc("GET /slack/install", i.begin)
	mux.HandleFunc("GET "+oauthRoute, i.finish)
}

// begin sends the browser to Slack, to ask for the least scopes.
func (i installs) begin(w http.ResponseWriter, r *http.Request) {
	browser := rand.Text()
	state, team, err := i.installer.BeginInstall(r.URL.Query().Get("clinic"), browser)
	if err != nil {
		say(w, http.StatusBadRequest, err.Error())
		return
	}
	i.setCookie(w, browser, int(installTime.Seconds()))
	query := url.Values{
		"client_id": {i.config.ClientID}, "scope": {strings.Join(NeededScopes, ",")},
		"redirect_uri": {i.publicURL + oauthRoute}, "state": {state}, "team": {team},
	}
	http.Redirect(w, r, i.config.authorizeURL()+"?"+query.Encode(), http.StatusFound)
}

// finish takes the browser back from Slack. The state is looked at before the
// code is: who did not begin here installs nothing.
func (i installs) finish(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	cookie, err := r.Cookie(installCookie)
	if err != nil {
		say(w, http.StatusForbidden, "This installation was not begun in this browser. Open /slack/install again.")
		return
	}
	i.setCookie(w, "", -1)
	clinic, err := i.installer.CheckInstall(query.Get("state"), cookie.Value)
	if err != nil {
		i.log.Warn("slack installation turned away", "error", err)
		say(w, http.StatusForbidden, "This installation was not begun in this browser, or longer than ten minutes ago. Open /slack/install again.")
		return
	}
	if query.Get("error") != "" {
		say(w, http.StatusForbidden, "Slack did not install the app: it was not allowed there.")
		return
	}
	got, err := i.exchange(r.Context(), query.Get("code"))
	if err == nil {
		err = i.installer.KeepInstall(r.Context(), clinic, got)
	}
	if err != nil {
		i.log.Error("slack installation failed", "clinic", clinic, "team", got.Team, "error", innermost(err))
		say(w, http.StatusBadGateway, "The app was not installed: "+innermost(err).Error()+".")
		return
	}
	say(w, http.StatusOK, fmt.Sprintf("Backstop is installed in %s. Invite it to the clinic's channel with /invite @backstop, then run: backstop doctor", got.TeamName))
}

// exchange turns the code Slack gave the browser into the workspace's token.
func (i installs) exchange(ctx context.Context, code string) (bot.SlackInstall, error) {
	c := i.client
	got, err := slack.GetOAuthV2ResponseContext(ctx, c.http, i.config.ClientID, i.config.ClientSecret, code,
		i.publicURL+oauthRoute, slack.OAuthOptionAPIURL(c.apiURL))
	if err != nil {
		return bot.SlackInstall{}, fmt.Errorf("exchange the code: %w", err)
	}
	out := bot.SlackInstall{Team: got.Team.ID, TeamName: got.Team.Name, Token: got.AccessToken, BotUser: got.BotUserID, By: got.AuthedUser.ID}
	switch {
	case got.IsEnterpriseInstall || out.Team == "":
		return out, errors.New("it was for a whole organization; install it into the clinic's workspace alone")
	case got.TokenType != "bot" || !botToken(out.Token):
		return out, errors.New("no bot token came from Slack")
	case i.config.AppID != "" && got.AppID != i.config.AppID:
		return out, errors.New("it was for another app")
	}
	granted := strings.Split(got.Scope, ",")
	for _, scope := range NeededScopes {
		if !slices.Contains(granted, scope) {
			return out, fmt.Errorf("the scope %s was not granted: compare the app with docs/slack-manifest.yaml", scope)
		}
	}
	return out, nil
}

func (i installs) setCookie(w http.ResponseWriter, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: installCookie, Value: value, Path: oauthRoute, MaxAge: age,
		HttpOnly: true, Secure: strings.HasPrefix(i.publicURL, "https:"), SameSite: http.SameSiteLaxMode})
}

// say answers a browser in one plain line.
func say(w http.ResponseWriter, status int, line string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer") // the address holds the code
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, line) // a browser that hung up reads nothing
}
