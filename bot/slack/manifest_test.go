package slack_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"testing"
	"unicode/utf8"

	"backstop/bot/slack"

	"github.com/goccy/go-yaml"
)

// manifest is what Slack reads of docs/slack-manifest.yaml
// (https://docs.slack.dev/reference/app-manifest).
type manifest struct {
	Display struct {
		Name        string `yaml:"name"`
		Description string `yaml:"description"`
		Color       string `yaml:"background_color"`
	} `yaml:"display_information"`
	Features struct {
		Home struct {
			Home         bool `yaml:"home_tab_enabled"`
			Messages     bool `yaml:"messages_tab_enabled"`
			MessagesRead bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		Bot struct {
			Name   string `yaml:"display_name"`
			Online bool   `yaml:"always_online"`
		} `yaml:"bot_user"`
		Commands []struct {
			Command     string `yaml:"command"`
			URL         string `yaml:"url"`
			Description string `yaml:"description"`
			Hint        string `yaml:"usage_hint"`
			Escape      bool   `yaml:"should_escape"`
		} `yaml:"slash_commands"`
	} `yaml:"features"`
	OAuth struct {
		Redirects []string `yaml:"redirect_urls"`
		Scopes    struct {
			Bot []string `yaml:"bot"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			URL    string   `yaml:"request_url"`
			Events []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool   `yaml:"is_enabled"`
			URL     string `yaml:"request_url"`
		} `yaml:"interactivity"`
		Org      bool `yaml:"org_deploy_enabled"`
		Socket   bool `yaml:"socket_mode_enabled"`
		Rotation bool `yaml:"token_rotation_enabled"`
	} `yaml:"settings"`
}

func TestManifestFitsTheCode(t *testing.T) {
	raw, err := os.ReadFile("../../docs/slack-manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := yaml.UnmarshalWithOptions(raw, &m, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.OAuth.Scopes.Bot, slack.NeededScopes) {
		t.Errorf("scopes %v, the code needs %v", m.OAuth.Scopes.Bot, slack.NeededScopes)
	}
	if want := []string{"app_home_opened", "app_uninstalled", "tokens_revoked"}; !slices.Equal(m.Settings.Events.Events, want) {
		t.Errorf("events %v, the code handles %v", m.Settings.Events.Events, want)
	}
	if len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != "/backstop" {
		t.Fatalf("commands %+v", m.Features.Commands)
	}
	if !m.Settings.Interactivity.Enabled || !m.Features.Home.Home || m.Settings.Rotation || m.Settings.Socket {
		t.Error("a switch stands wrong")
	}
	room := newRoom(t, nil)
	for _, address := range []string{m.Settings.Events.URL, m.Settings.Interactivity.URL, m.Features.Commands[0].URL} {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || u.Host != "YOUR-APP.fly.dev" {
			t.Errorf("address %s", address)
			continue
		}
		r, _ := http.NewRequest(http.MethodPost, u.Path, nil)
		if _, pattern := room.mux.Handler(r); pattern != "POST "+u.Path {
			t.Errorf("nothing answers %s", u.Path)
		}
	}
	if len(m.OAuth.Redirects) != 1 || m.OAuth.Redirects[0] != "https://YOUR-APP.fly.dev/slack/oauth" {
		t.Errorf("browsers come back to %v", m.OAuth.Redirects)
	}
	for name, ok := range map[string]bool{
		"name":        utf8.RuneCountInString(m.Display.Name) <= 35,
		"description": utf8.RuneCountInString(m.Display.Description) <= 140,
		"color":       regexp.MustCompile(`^#[0-9a-f]{6}$`).MatchString(m.Display.Color),
		"bot's name":  regexp.MustCompile(`^[a-z0-9._-]{1,80}$`).MatchString(m.Features.Bot.Name),
		"command":     len(m.Features.Commands[0].Command) <= 32,
	} {
		if !ok {
			t.Errorf("the %s is not as Slack takes it", name)
		}
	}
}
