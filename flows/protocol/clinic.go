package protocol

import (
	"time"
	_ "time/tzdata" // zones are the same on every machine
)

// Clinic is one clinic of a clinic file.
type Clinic struct {
	ID          string         `yaml:"id" unit:"text" like:"slug" required:"true" help:"names the clinic in the database and in commands; never changes"`
	Name        string         `yaml:"name" unit:"text" maxlen:"30" required:"true" help:"as texts show it"`
	Signature   string         `yaml:"signature" unit:"text" maxlen:"24" required:"true" help:"the clinician's name in texts: Dr. Michael"`
	Phone       Phone          `yaml:"phone" unit:"phone" required:"true" help:"where patients call"`
	TimeZone    *time.Location `yaml:"time_zone" unit:"zone" required:"true" help:"the clinic's own; each patient may have another"`
	Country     string         `yaml:"country" default:"US" unit:"text" like:"country" help:"decides the emergency numbers"`
	Language    string         `yaml:"language" default:"en" unit:"choice" oneof:"en|es" help:"for patients without one of their own"`
	Unit        string         `yaml:"unit" default:"lb" unit:"choice" oneof:"kg|lb" help:"for patients without one of their own"`
	Sender      Sender         `yaml:"sender"`
	Slack       Slack          `yaml:"slack"`
	OnCall      []OnCall       `yaml:"on_call"`
	OfficeHours Week           `yaml:"office_hours" required:"true"`
	Holidays    []Date         `yaml:"holidays" unit:"date" help:"days on which the clinic is closed"`
	BookingLink string         `yaml:"booking_link" unit:"text" like:"https" optional:"true" help:"for the free call; only patients who agreed to it get it"`
	Media       bool           `yaml:"media" default:"false" unit:"yes/no" help:"whether pictures may be sent (MMS)"`
	Protocol    Protocol       `yaml:"protocol"`
	Wording     Wordings       `yaml:"wording"`

	File string `yaml:"-"` // where it was read
	Line int    `yaml:"-"`

	phoneShown string
}

// PhoneShown is the clinic's phone as people of its country write it.
func (c Clinic) PhoneShown() string {
	if c.phoneShown == "" {
		return c.Phone.Local()
	}
	return c.phoneShown
}

// Mistake is a mistake in the clinic's entry that only shows together with something else.
func (c Clinic) Mistake(key, reason string) Error {
	return Error{File: c.File, Line: c.Line, Key: c.ID + "." + key, Reason: reason}
}

// Sender is where texts come from. Calls need the number.
type Sender struct {
	Number  Phone  `yaml:"number" unit:"phone" help:"the number patients see"`
	Service string `yaml:"messaging_service" unit:"text" like:"service" optional:"true" help:"a Twilio messaging service; texts leave through it where given"`
}

// How much of a patient Slack shows.
const (
	ShowInitials = "initials"
	ShowName     = "name"
	ShowCase     = "case" // only a case number
)

// Slack is where clinicians see alerts.
type Slack struct {
	Team         string      `yaml:"team" unit:"text" like:"slack_team" optional:"true" help:"the workspace; only needed with several"`
	Channel      string      `yaml:"channel" unit:"text" like:"slack_channel" required:"true" help:"the channel of the alerts"`
	Fallback     string      `yaml:"fallback_channel" unit:"text" like:"slack_channel" optional:"true" help:"where alerts go when the channel is gone"`
	Show         string      `yaml:"show" default:"initials" unit:"choice" oneof:"initials|name|case" help:"how a patient is called in Slack"`
	QuoteWords   bool        `yaml:"quote_words" default:"true" unit:"yes/no" help:"whether Slack shows what the patient typed"`
	Pictures     bool        `yaml:"pictures" default:"true" unit:"yes/no" help:"whether alerts in Slack hold a picture of the last weeks"`
	RelayReplies bool        `yaml:"relay_replies" default:"false" unit:"yes/no" help:"whether clinicians may text patients from Slack"`
	Digest       Clock       `yaml:"digest" default:"08:00" unit:"time" help:"the daily digest"`
	Clinicians   []Clinician `yaml:"clinicians"`
}

// Clinician is somebody who works with patients of the clinic.
type Clinician struct {
	Name    string   `yaml:"name" unit:"text" maxlen:"40" required:"true" help:"as pages show it"`
	SlackID string   `yaml:"slack_id" unit:"text" like:"slack_user" required:"true" help:"who they are in Slack"`
	Phone   Phone    `yaml:"phone" unit:"phone" help:"their own phone"`
	Roles   []string `yaml:"roles" unit:"choice" oneof:"clinician|admin|front_desk" help:"what they may do; clinicians approve stages and clear red flags"`
}

// OnCall is somebody who is rung when an emergency is not acknowledged, in the
// order of the list.
type OnCall struct {
	Name    string `yaml:"name" unit:"text" maxlen:"40" required:"true" help:"who it is"`
	SlackID string `yaml:"slack_id" unit:"text" like:"slack_user" optional:"true" help:"who they are in Slack"`
	Phone   Phone  `yaml:"phone" unit:"phone" required:"true" help:"the phone that rings"`
	DaysOff []Date `yaml:"days_off" unit:"date" help:"days on which the next in the order is rung in their place"`
}

// defaultClinic is a clinic whose entry says nothing yet.
func defaultClinic() Clinic {
	var c Clinic
	setDefaults(&c)
	c.Protocol = Default()
	return c
}
