package bot

import (
	"context"
	"time"

	"backstop/flows"
)

// Card is an alert as a clinician sees it. It holds values, not layout: the
// alerter turns it into its own blocks. Everything in Words comes from outside
// and must not be able to mention, link or format.
type Card struct {
	AlertID  string // opaque; the only id that goes into metadata and buttons
	Level    flows.Level
	Patient  string // initials, a name or a case number, as the clinic file allows
	Stage    string // "S5 heavy"; empty when unknown
	Headline string // "Pain 7 this evening", "Red flag: bladder, bowel or saddle area"
	Words    string // what the patient typed, untrusted; empty when it may not be shown
	Reading  string // "7 now, usual 1"; empty when no number was given
	Trend    string // "last five mornings 1, 0, 1, 2, 4"; empty when there is none
	Told     string // what the bot has told the patient, or will
	Next     string // what the bot will do by itself, and when
	Why      string // the rule, and for a red flag the words that led to it
	OpenedAt time.Time

	Picture     string // the uploaded file with the last weeks; empty while there is none
	PictureSays string // the picture in words, for who cannot see it

	State          string // "open", "acknowledged", "resolved"
	AcknowledgedBy string // a Slack user id
	AcknowledgedAt time.Time
	ResolvedBy     string
	ResolvedAt     time.Time
	Outcome        string
	Escalated      string // "on-call Sam rung at 21:04"; empty when not
	Promised       string // "Promised: a call by Tue 17:00"; empty when nothing was
	Useful         string // what was answered to "useful?"; empty while nobody has
	Approve        string // the step that waits for a clinician's yes, "S4 build"; empty for none
	OptOut         bool   // the words may be an opt-out, which can be entered here
	NoPatient      bool   // nobody knows the number: there is nobody to text or to plan for
	Zone           *time.Location
	Mention        bool // the whole channel is called (P1)
}

// Post is one message for a channel: a card, an overview, or a line of plain words.
type Post struct {
	ID        string // ours: read back from the message's metadata
	Team      string // the workspace; empty where the clinic file names none
	Channel   string
	Thread    string    // the parent's timestamp; empty for a message of its own
	Broadcast bool      // of a thread: shown in the channel too, so that it is noticed
	Card      *Card     // nil for anything else
	Overview  *Overview // nil for anything else
	Line      string    // our own words, plain; used when there is neither
	Words     string    // a patient's words below the line, untrusted; may be empty
	Buttons   []Button  // below a line
	Calls     []string  // who is mentioned, by Slack id
}

// Overview is a message that is read at a glance: a title, and a few short lists.
type Overview struct {
	Title string   `json:"title"`
	Parts []Part   `json:"parts,omitempty"`
	Foot  []string `json:"foot,omitempty"` // in small print
}

// Part is one list of an overview.
type Part struct {
	Title string   `json:"title"`
	Lines []string `json:"lines,omitempty"` // in our words; a patient's never
	More  string   `json:"more,omitempty"`  // what is left out
}

// Posted says where a post stands.
type Posted struct {
	Channel string
	TS      string
}

// Alerter posts where clinicians see it.
type Alerter interface {
	// Post shows a post. Its error is a *SendError.
	Post(ctx context.Context, p Post) (Posted, error)
	// Update replaces a post in place. Its error is a *SendError; GiveUp means
	// that it cannot be updated any more and must be posted anew.
	Update(ctx context.Context, p Post, at Posted) error
	// Find looks for a post of ours by its id among the channel's (or the
	// thread's) messages since a time.
	Find(ctx context.Context, p Post, since time.Time) (Posted, bool, error)
}

// Picture is an image file to be shown in a post.
type Picture struct {
	Team string // the workspace it is for, as a post's
	Name string // "last-weeks.png"
	Says string // the picture in words
	PNG  []byte
}

// Uploader keeps pictures where posts can show them.
type Uploader interface {
	// Upload keeps a picture and returns what a card names it by. Its error is a *SendError.
	Upload(ctx context.Context, p Picture) (file string, err error)
}

// Press is a button a clinician pressed, or a field they typed into.
type Press struct {
	Key     string // names this press; the same key again is the same press
	Action  string // "acknowledge", "resolve", ...
	About   string // what stands in the button: the id of an alert, a patient, a text
	Team    string
	Channel string            // empty for a button of the home view
	Clinic  string            // of the home view or the dialog it stands in; empty elsewhere
	User    string            // Slack user id
	Name    string            // as Slack shows it; empty when not given
	Fields  map[string]string // of the dialog it stands in
}

// Pressed says what came of a press, a form or a command.
type Pressed struct {
	Clinic string // whose act it was; empty for somebody who may not act

	Done  bool
	Say   string      // shown only to the one who acted; empty for nothing
	Link  *Link       // shown with Say; may be nil
	Also  []Button    // what can be done next, below Say
	Form  *Form       // to be opened, or to take the place of the form that was sent
	Wrong FieldErrors // what is wrong with the fields of a form that was sent
	Home  *Home       // the home view to show now; nil leaves it to be shown anew when it is open
}
