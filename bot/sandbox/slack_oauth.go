package sandbox

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Workspace is a further workspace beside the first. The channels and people of
// Options that name it are its own.
type Workspace struct{ Team Team }

// grant is a code on its way from the authorize page to oauth.v2.access.
type grant struct {
	team, redirect, scope, user string
	made                        time.Time
}

// codeLife is how long a code may be exchanged.
const codeLife = 10 * time.Minute

var authorizePage = template.Must(template.New("authorize").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Install {{.App}}</title>
<style>body{font:16px system-ui;max-width:34rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem;margin:.25rem 0}</style>
<h1>{{.App}} asks to be installed</h1>
<p>It would be allowed to:</p><ul>{{range .Scopes}}<li><code>{{.}}</code></li>{{end}}</ul>
{{range .Teams}}<form method="post"><input type="hidden" name="team" value="{{.ID}}"><button>Allow in {{.Name}}</button></form>{{end}}
<form method="post"><input type="hidden" name="team" value=""><button>Cancel</button></form>
</html>`))

// authorize is the page on which somebody installs the app, into one of the
// workspaces. Both its sides answer the same address.
func (sl *Slack) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	back, err := url.Parse(query.Get("redirect_uri"))
	if err != nil || !back.IsAbs() || query.Get("client_id") != sl.s.opt.ClientID {
		http.Error(w, "Invalid client_id or redirect_uri", http.StatusBadRequest)
		return
	}
	if r.Method == http.MethodGet {
		teams := sl.teams()
		slices.SortStableFunc(teams, func(a, b Team) int { // the one asked for comes first
			return b2i(b.ID == query.Get("team")) - b2i(a.ID == query.Get("team"))
		})
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = authorizePage.Execute(w, map[string]any{"App": sl.s.opt.BotName, "Scopes": strings.Split(query.Get("scope"), ","), "Teams": teams})
		return
	}
	answer := url.Values{"state": {query.Get("state")}}
	if team := r.PostFormValue("team"); team == "" {
		answer.Set("error", "access_denied")
	} else {
		sl.mu.Lock()
		code := sl.s.ids.digest()
		sl.grants[code] = grant{team: team, redirect: back.String(), scope: query.Get("scope"), user: sl.anyUserOf(team), made: wall()}
		sl.mu.Unlock()
		answer.Set("code", code)
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusSeeOther)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// oauthAccess exchanges a code, once, for the token of a workspace.
func (sl *Slack) oauthAccess(a slackArgs) (map[string]any, error) {
	o := sl.s.opt
	if a.str("client_id") != o.ClientID {
		return nil, fail("invalid_client_id")
	}
	if a.str("client_secret") != o.ClientSecret {
		return nil, fail("bad_client_secret")
	}
	sl.mu.Lock()
	defer sl.mu.Unlock()
	g, ok := sl.grants[a.str("code")]
	delete(sl.grants, a.str("code"))
	switch {
	case !ok || wall().Sub(g.made) > codeLife:
		return nil, fail("invalid_code")
	case g.redirect != a.str("redirect_uri"):
		return nil, fail("bad_redirect_uri")
	}
	token := "xoxb-" + sl.s.ids.digest()[:24]
	sl.tokens[token] = g.team
	return map[string]any{"access_token": token, "token_type": "bot", "scope": g.scope,
		"bot_user_id": o.BotUserID, "app_id": o.AppID, "enterprise": nil, "is_enterprise_install": false,
		"team": map[string]any{"id": g.team, "name": sl.team(g.team).Name}, "authed_user": map[string]any{"id": g.user}}, nil
}

// Uninstall takes the app out of a workspace: its tokens are void, and the bot
// is told so.
func (sl *Slack) Uninstall(team string) {
	sl.mu.Lock()
	for token, of := range sl.tokens {
		if of == team {
			sl.tokens[token] = ""
		}
	}
	sl.mu.Unlock()
	sl.tellFrom(team, map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"bot": []string{sl.s.opt.BotUserID}, "oauth": []string{}}})
	sl.tellFrom(team, map[string]any{"type": "app_uninstalled"})
}

// teamOfToken is the workspace a token is good for; the error is Slack's word
// for one that is not.
func (sl *Slack) teamOfToken(token string) (string, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	team, known := sl.tokens[token]
	switch {
	case token == "":
		return "", fail("not_authed")
	case !known:
		return "", fail("invalid_auth")
	case team == "":
		return "", fail("token_revoked")
	}
	return team, nil
}

// foreign reports whether a call names what is in another workspace than its
// token's, as Slack's error for it; nil for none.
func (sl *Slack) foreign(team string, a slackArgs) error {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	for _, c := range sl.channels {
		if c.ID == a.str("channel") && sl.teamOfChannel(c) != team {
			return fail("channel_not_found")
		}
	}
	for _, key := range []string{"user", "user_id", "users"} {
		if id := a.str(key); sl.isUser(id) && sl.teamOfUser(id) != team {
			return fail("user_not_found")
		}
	}
	if t, ok := sl.triggers[a.str("trigger_id")]; ok && sl.teamOfUser(t.user) != team {
		return fail("invalid_trigger_id")
	}
	return nil
}

func (sl *Slack) teams() []Team {
	out := []Team{sl.s.opt.Team}
	for _, w := range sl.s.opt.Workspaces {
		out = append(out, w.Team)
	}
	return out
}

// team is a workspace by its id; the first one for an id that is none.
func (sl *Slack) team(id string) Team {
	for _, t := range sl.teams() {
		if t.ID == id {
			return t
		}
	}
	return sl.s.opt.Team
}

func (sl *Slack) teamOfUser(id string) string {
	u, _ := sl.user(id)
	return sl.team(u.Team).ID
}

func (sl *Slack) teamOfChannel(c *channel) string {
	if c.user != "" {
		return sl.teamOfUser(c.user)
	}
	return sl.team(c.Team).ID
}

// anyUserOf is somebody of a workspace, who installs the app there.
func (sl *Slack) anyUserOf(team string) string {
	for _, u := range sl.s.opt.Users {
		if sl.team(u.Team).ID == team {
			return u.ID
		}
	}
	return ""
}
