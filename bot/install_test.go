package bot_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/bot/slack"
	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// twoWorkspaces is one deployment with a clinic in each of two workspaces.
type twoWorkspaces struct {
	t     *testing.T
	store *storage.Store
	stand *sandbox.Sandbox
	bot   *bot.Bot
	slack *slack.Client
	hooks *httptest.Server
	clock time.Time
}

const (
	teamA, channelA, userA = "T0AAAA", "C0AAAA", "U0AAAA"
	teamB, channelB, userB = "T0BBBB", "C0BBBB", "U0BBBB"
)

func (w *twoWorkspaces) Now() time.Time { return w.clock }

// silent is a phone network nobody uses here.
type silent struct {
	bot.Texter
	bot.Caller
}

func newTwoWorkspaces(t *testing.T) *twoWorkspaces {
	t.Helper()
	w := &twoWorkspaces{t: t, store: storagetest.Open(t, storage.SQLite), clock: time.Now()}
	w.stand = sandbox.New(sandbox.Options{
		Team: sandbox.Team{ID: teamA, Name: "Northside"}, Workspaces: []sandbox.Workspace{{Team: sandbox.Team{ID: teamB, Name: "Southside"}}, {Team: sandbox.Team{ID: "T0CCCC", Name: "Elsewhere"}}},
		Channels: []sandbox.Channel{{ID: channelA, Name: "alerts-a"}, {ID: channelB, Name: "alerts-b", Team: teamB}},
		Users:    []sandbox.User{{ID: userA, Name: "Ada"}, {ID: userB, Name: "Bo", Team: teamB}, {ID: "U0CCCC", Name: "Cy", Team: "T0CCCC"}},
	})
	t.Cleanup(w.stand.Close)
	page, err := w.stand.Start("127.0.0.1:0")
	w.must(err)
	mux := http.NewServeMux()
	w.hooks = httptest.NewServer(mux)
	t.Cleanup(w.hooks.Close)
	w.stand.SetBotURL(w.hooks.URL)

	var clinics []*flows.Clinic
	for _, of := range []struct{ id, team, channel, user string }{{"north", teamA, channelA, userA}, {"south", teamB, channelB, userB}} {
		parsed, err := protocol.Parse("example.yaml", protocol.Example)
		w.must(err)
		c := parsed[0]
		c.ID, c.Slack.Team, c.Slack.Channel, c.OnCall = of.id, of.team, of.channel, nil
		c.Slack.Clinicians = []protocol.Clinician{{Name: of.user, SlackID: of.user}}
		catalog, err := copy.For(c)
		w.must(err)
		clinics = append(clinics, &flows.Clinic{Clinic: c, Copy: catalog})
		w.must(w.store.SyncClinic(t.Context(), storage.Clinic{ID: c.ID, Name: c.Name, TimeZone: c.TimeZone.String()}, nil, w.clock))
	}
	o := w.stand.Options()
	config := slack.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret, SigningSecret: o.SlackSigningSecret, APIURL: page + "/api/", Teams: []string{teamA, teamB},
		Tokens: func(ctx context.Context, team string) (string, error) {
			install, err := w.store.SlackInstallOf(ctx, team)
			if errors.Is(err, storage.ErrNotFound) {
				return "", nil
			}
			return install.Token, err
		}}
	w.slack, err = slack.New(config)
	w.must(err)
	t.Cleanup(w.slack.Close)
	w.bot, err = bot.New(bot.Config{Store: w.store, Clinics: clinics, Texter: silent{}, Caller: silent{}, Alerter: w.slack, Clock: w, Log: slog.New(slog.DiscardHandler)})
	w.must(err)
	hooks, err := slack.NewWebhooks(config, w.slack, w.bot, slack.Doors{Seen: w.bot.Seen, Lost: w.bot.SlackLost})
	w.must(err)
	hooks.Register(mux)
	hooks.RegisterInstall(mux, w.bot, w.hooks.URL)
	return w
}

func (w *twoWorkspaces) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// browser keeps cookies and follows redirects, as somebody's browser does.
func (w *twoWorkspaces) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	w.must(err)
	return &http.Client{Jar: jar}
}

// ask opens Slack's page for a clinic and returns its address.
func (w *twoWorkspaces) ask(b *http.Client, clinic string) string {
	w.t.Helper()
	r, err := b.Get(w.hooks.URL + "/slack/install?clinic=" + clinic)
	w.must(err)
	defer r.Body.Close()
	page, err := io.ReadAll(r.Body)
	w.must(err)
	if r.StatusCode != http.StatusOK || !strings.Contains(string(page), "Allow in") {
		w.t.Fatalf("the authorize page: %d %s", r.StatusCode, page)
	}
	for _, scope := range slack.NeededScopes {
		if !strings.Contains(string(page), scope) {
			w.t.Errorf("%s is not asked for", scope)
		}
	}
	return r.Request.URL.String()
}

// allow presses "Allow" for a workspace on Slack's page; nothing cancels.
func (w *twoWorkspaces) allow(b *http.Client, page, team string) (int, string) {
	w.t.Helper()
	r, err := b.PostForm(page, url.Values{"team": {team}})
	w.must(err)
	defer r.Body.Close()
	said, err := io.ReadAll(r.Body)
	w.must(err)
	return r.StatusCode, string(said)
}

func (w *twoWorkspaces) install(clinic, team string) {
	w.t.Helper()
	b := w.browser()
	if status, said := w.allow(b, w.ask(b, clinic), team); status != http.StatusOK || !strings.Contains(said, "is installed in") {
		w.t.Fatalf("install %s: %d %s", clinic, status, said)
	}
}

func TestTwoWorkspacesInstallAndEachKeepsToItself(t *testing.T) {
	w := newTwoWorkspaces(t)
	ctx := t.Context()
	post := func(team, channel string) error {
		_, err := w.slack.Post(ctx, bot.Post{ID: "p-" + team, Team: team, Channel: channel, Line: "hello " + channel})
		return err
	}
	var failure *bot.SendError
	if err := post(teamA, channelA); !errors.As(err, &failure) || failure.Verdict != bot.Operator {
		t.Fatalf("before the installation: %v, want the operator to be told", err)
	}
	w.install("north", teamA)
	w.install("south", teamB)
	w.must(post(teamA, channelA))
	w.must(post(teamB, channelB))
	if err := post(teamA, channelB); err == nil {
		t.Error("the token of one workspace reached the other")
	}
	for team, channel := range map[string]string{teamA: channelA, teamB: channelB} {
		who, err := w.slack.Scopes(ctx, team)
		w.must(err)
		if who.TeamID != team || w.slack.Check(ctx, team, channel) != nil {
			t.Errorf("%s is %+v", team, who)
		}
	}
	trail, err := w.store.AuditTrail(ctx, "south", w.clock.Add(-time.Minute), w.clock.Add(time.Minute), 10)
	w.must(err)
	if len(trail) != 1 || trail[0].Action != "install slack" || trail[0].Actor != userB || trail[0].Subject != teamB {
		t.Errorf("the record says %+v", trail)
	}

	t.Run("somebody of one workspace sees and does nothing in the other", func(t *testing.T) {
		for _, press := range []bot.Press{
			{Key: "1", Action: bot.ActionCommand, About: "enrol", Team: teamA, Channel: channelB, User: userA},
			{Key: "2", Action: bot.ActionCommand, About: "enrol", Team: teamB, Channel: channelB, User: userA},
			{Key: "3", Action: bot.ActionCommand, About: "enrol", Team: teamB, User: userA},
			{Key: "4", Action: bot.ActionCommand, About: "enrol", Team: "T0CCCC", User: userA},
			{Key: "5", Action: bot.ActionCommand, About: "enrol", Team: "", User: userA},
		} {
			got, err := w.bot.Press(ctx, press)
			w.must(err)
			if press.Key == "1" { // the channel is not of their workspace: their own clinic's form
				continue
			}
			if got.Form != nil || got.Say == "" {
				t.Errorf("press %s: %+v, want a refusal", press.Key, got)
			}
		}
		if d := w.stand.Slack().OpenHome("U0CCCC"); d.Status != http.StatusForbidden {
			t.Errorf("a third workspace was answered %d", d.Status)
		}
		if d := w.stand.Slack().Command(userB, channelB, "/backstop", "due"); !d.OK() {
			t.Errorf("the own workspace was answered %+v", d)
		}
	})

	t.Run("a workspace that takes the app away", func(t *testing.T) {
		w.clock = time.Now()
		w.stand.Slack().Uninstall(teamB)
		var err error // Slack is answered before the token goes
		for range 200 {
			if _, err = w.store.SlackInstallOf(ctx, teamB); errors.Is(err, storage.ErrNotFound) {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("its token: %v, want none", err)
		}
		w.clock = w.clock.Add(2 * time.Second) // Slack's events know whole seconds alone
		if err := post(teamB, channelB); !errors.As(err, &failure) || failure.Verdict != bot.Operator {
			t.Errorf("posting there: %v", err)
		}
		w.must(post(teamA, channelA))
		w.install("south", teamB)
		w.bot.SlackLost(ctx, "app_uninstalled", teamB, time.Now().Add(-time.Hour)) // late, of the installation before
		w.must(post(teamB, channelB))
	})
}

func TestAnInstallationThatIsNotOursIsRefused(t *testing.T) {
	for name, try := range map[string]func(w *twoWorkspaces) (int, string){
		"in another workspace than the clinic's": func(w *twoWorkspaces) (int, string) {
			b := w.browser()
			return w.allow(b, w.ask(b, "north"), teamB)
		},
		"in a browser that did not begin it": func(w *twoWorkspaces) (int, string) {
			return w.allow(w.browser(), w.ask(w.browser(), "north"), teamA)
		},
		"in a browser that began another": func(w *twoWorkspaces) (int, string) {
			other := w.browser()
			w.ask(other, "north")
			return w.allow(other, w.ask(w.browser(), "north"), teamA)
		},
		"too late": func(w *twoWorkspaces) (int, string) {
			b := w.browser()
			page := w.ask(b, "north")
			w.clock = w.clock.Add(11 * time.Minute)
			return w.allow(b, page, teamA)
		},
		"cancelled": func(w *twoWorkspaces) (int, string) {
			b := w.browser()
			return w.allow(b, w.ask(b, "north"), "")
		},
		"with a made-up state": func(w *twoWorkspaces) (int, string) {
			b := w.browser()
			page, err := url.Parse(w.ask(b, "north"))
			w.must(err)
			query := page.Query()
			query.Set("state", "made-up")
			page.RawQuery = query.Encode()
			return w.allow(b, page.String(), teamA)
		},
		"with a scope less": func(w *twoWorkspaces) (int, string) {
			b := w.browser()
			return w.allow(b, strings.Replace(w.ask(b, "north"), "chat%3Awrite", "chat%3Aread", 1), teamA)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwoWorkspaces(t)
			status, said := try(w)
			if status < 400 || strings.Contains(said, "xoxb") {
				t.Errorf("answered %d %s", status, said)
			}
			if _, err := w.store.SlackInstallOf(t.Context(), teamA); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("a token was kept: %v", err)
			}
		})
	}
	t.Run("for a clinic that is not there", func(t *testing.T) {
		w := newTwoWorkspaces(t)
		r, err := w.browser().Get(w.hooks.URL + "/slack/install?clinic=none")
		w.must(err)
		defer r.Body.Close()
		if r.StatusCode != http.StatusBadRequest {
			t.Errorf("answered %d", r.StatusCode)
		}
	})
}
