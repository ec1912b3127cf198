package bot

// Form is a dialog a clinician fills in. It holds values, not layout.
type Form struct {
	Name   string // which form it is; comes back with what was entered
	About  string // opaque: the id of the alert or patient it is about
	Clinic string // whose form it is; comes back with what was entered
	Title  string // at most 24 characters
	Submit string // the button that sends it; empty when there is nothing to send
	Said   []Said // what stands above the fields
	Fields []Field
	Also   []Button // what else can be done from here: each takes the form's place
	Link   *Link    // a page of ours to go on with; may be nil
}

// Said is one paragraph above the fields: our words, or somebody's.
type Said struct {
	Ours  string
	Words string // untrusted
}

// Link leads to a page of ours.
type Link struct {
	Label string
	URL   string
}

// FieldKind is what a field takes.
type FieldKind string

// The kinds of field.
const (
	FieldText   FieldKind = "text"   // one line
	FieldLong   FieldKind = "long"   // several lines
	FieldNumber FieldKind = "number" // with decimals
	FieldChoice FieldKind = "choice" // one of Choices
	FieldDate   FieldKind = "date"   // 2026-11-24
	FieldTime   FieldKind = "time"   // 17:30
	FieldSome   FieldKind = "some"   // some of at most ten Choices, or none; values with commas between them
)

// Field is one thing to enter.
type Field struct {
	Name     string // comes back with what was entered; unique in its form
	Label    string
	Hint     string
	Kind     FieldKind
	Value    string // filled in already; a choice's value
	Choices  []Choice
	Optional bool
	Most     int  // characters; 0 for the default
	Live     bool // whoever types is told at once what it makes (the count of segments)
}

// Choice is one of the answers of a field.
type Choice struct{ Value, Label string }

// Submission is a form a clinician sent.
type Submission struct {
	Key    string // names this dialog: the same again is the same submission
	Form   string
	About  string
	Clinic string // of the form
	Team   string
	User   string
	Name   string            // as Slack shows it; empty when not given
	Fields map[string]string // by the fields' names; an empty one was left empty
}

// Command is a /backstop somebody typed.
type Command struct {
	Text    string // what stood behind the command, as Slack escaped it
	Team    string
	Channel string
	User    string
}
