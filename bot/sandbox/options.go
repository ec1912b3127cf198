package sandbox

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"
	"time"
)

// Options say who plays. The zero value works: every empty field gets a default
// that Sandbox.Options shows.
type Options struct {
	BotURL string // base of the bot's webhooks, as in its PUBLIC_URL
	URL    string // where the bot reaches this sandbox; learned when empty

	// Twilio. Credentials must be alphanumeric: twilio-go refuses others
	// before it sends anything.
	AccountSID, AuthToken string
	APIKey, APISecret     string   // accepted beside the token when set
	Number                string   // the clinic's sending number, E.164
	MoreNumbers           []string // further numbers of the account
	ServiceSID            string   // the account's one Messaging Service
	SMSURL                string   // as registered at the number, with connection overrides in its fragment
	SMSFallbackURL        string   // called when SMSURL cannot be; none by default
	OptOut                OptOut
	HoldStatus            bool // no status callback leaves by itself
	HoldCalls             bool // a call stays queued until Ring or Answer

	// Slack.
	SlackBotToken, SlackSigningSecret string
	ClientID, ClientSecret            string      // of the app, for its installation over OAuth
	Workspaces                        []Workspace // beside the first
	Team                              Team
	AppID, BotID, BotUserID, BotName  string
	Channels                          []Channel
	Users                             []User
	Scopes                            []string        // what auth.test reports as granted
	EventRetries                      []time.Duration // waits before the retries of a failed event: 0, 1 min, 5 min
	EchoPosts                         bool            // send the bot its own messages as events, as a subscribed workspace does

	// What a simulated patient, clinician or on-call phone reacts to. Each call
	// runs beside others; it may use the sandbox.
	Arrived func(Text)    // a text of the bot reached a phone
	Posted  func(Message) // the bot posted to a channel
	Rang    func(Call)    // a phone began to ring

	// The page.
	Title   string
	Phones  []Phone
	Clock   Clock          // the bot's; nil hides the controls
	Zone    *time.Location // times on the page; UTC when nil
	Actions []Action       // further buttons on top

	Transport http.RoundTripper // what carries webhooks to the bot; nil for the network

	Seed string // makes ids repeatable; a random one when empty
	Keep int    // texts, calls and messages kept before the oldest are dropped; 20,000 when 0
}

// Clock is the bot's clock. Skip moves it forward and returns when what was due
// until then has been worked off.
type Clock interface {
	Now() time.Time
	Skip(to time.Time) error
}

// Phone is a phone on the page.
type Phone struct {
	Number, Name string
	Zone         *time.Location // for "this evening" and "next morning"; the page's when nil
}

// Action is a button on top of the page.
type Action struct {
	Label string
	Run   func(ctx context.Context) error
}

// Team is the Slack workspace.
type Team struct{ ID, Name, Domain string }

// Channel is a channel of the workspace with the bot in it.
type Channel struct {
	ID, Name string
	Private  bool
	NoBot    bool     // the bot was not invited
	Team     string   // the workspace; empty for the first
	Without  []string // users who are not in it; everybody else is
}

// User is a member of the workspace.
type User struct {
	ID, Name string
	Handle   string // made from Name when empty
	Zone     string // IANA name; America/New_York when empty
	Team     string // the workspace; empty for the first
}

// OptOut says what the stand-in carrier does about STOP, START and HELP.
type OptOut int

// Twilio's default handling answers the words and blocks after STOP; Advanced
// also names the word in OptOutType; Off leaves everything to the bot.
const (
	OptOutDefault OptOut = iota
	OptOutAdvanced
	OptOutOff
)

func (o Options) withDefaults() Options {
	set := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	set(&o.AccountSID, "AC"+strings.Repeat("5a", 16))
	set(&o.AuthToken, "sandboxauthtoken")
	set(&o.Number, "+12025550100")
	set(&o.ServiceSID, "MG"+strings.Repeat("5a", 16))
	set(&o.SMSURL, "/twilio/sms#rc=3&rp=5xx,ct,rt")
	set(&o.SlackBotToken, "xoxb-sandbox")
	set(&o.SlackSigningSecret, "sandboxsigningsecret")
	set(&o.ClientID, "1111.2222")
	set(&o.ClientSecret, "sandboxclientsecret")
	set(&o.Team.ID, "T0SANDBOX")
	set(&o.Team.Name, "Harbor Physical Therapy")
	set(&o.Team.Domain, "harbor-pt")
	set(&o.AppID, "A0BACKSTOP")
	set(&o.BotID, "B0BACKSTOP")
	set(&o.BotUserID, "U0BACKSTOP")
	set(&o.BotName, "Backstop")
	set(&o.Title, "Backstop sandbox")
	set(&o.Seed, rand.Text())
	if len(o.Channels) == 0 {
		o.Channels = []Channel{{ID: "C0CLINIC", Name: "pt-alerts"}}
	}
	if len(o.Users) == 0 {
		o.Users = []User{{ID: "U0MICHAEL", Name: "Dr. Michael Reyes"}, {ID: "U0SAM", Name: "Sam Okafor"}}
	}
	if o.Scopes == nil {
		o.Scopes = []string{"chat:write", "channels:read", "groups:read", "channels:history", "groups:history",
			"im:history", "im:write", "commands", "files:write", "files:read", "users:read"}
	}
	if o.EventRetries == nil {
		o.EventRetries = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Keep <= 0 {
		o.Keep = 20_000
	}
	return o
}

// now is the bot's time where it has a clock of its own, else the machine's.
func (s *Sandbox) now() time.Time {
	if s.opt.Clock != nil {
		return s.opt.Clock.Now().UTC()
	}
	return time.Now().UTC()
}
