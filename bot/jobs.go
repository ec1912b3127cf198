package bot

import "github.com/riverqueue/river"

// The jobs carry ids, days and thresholds: nothing about a patient is ever in a job's arguments.

// sendTextJob hands one text to the provider.
type sendTextJob struct {
	ClinicID  string `json:"clinic_id"`
	MessageID string `json:"message_id"`
}

// postJob shows one post, or brings it up to date.
type postJob struct {
	ClinicID string `json:"clinic_id"`
	PostID   string `json:"post_id"`
}

// pictureJob draws the picture of an alert's card, and shows it there.
type pictureJob struct {
	ClinicID string `json:"clinic_id"`
	PostID   string `json:"post_id"`
}

// followUpJob lets one follow-up happen whose time has come.
type followUpJob struct {
	ClinicID   string `json:"clinic_id"`
	FollowUpID string `json:"follow_up_id"`
}

// escalateJob takes the next step of an alert nobody has acknowledged in time.
type escalateJob struct {
	ClinicID string `json:"clinic_id"`
	AlertID  string `json:"alert_id"`
	Step     int    `json:"step"`
}

// callJob rings one phone.
type callJob struct {
	ClinicID string `json:"clinic_id"`
	CallID   string `json:"call_id"`
}

// digestJob makes a clinic's overview of one morning.
type digestJob struct {
	ClinicID string `json:"clinic_id"`
	Day      string `json:"day"` // the clinic's own date
}

// whatIfJob judges a clinic's history under other thresholds and shows what that
// would have meant.
type whatIfJob struct {
	ClinicID string      `json:"clinic_id"`
	Asked    string      `json:"asked"` // names the question
	Changes  []Threshold `json:"changes"`
}

func (whatIfJob) Kind() string { return "what_if" }

// InsertOpts lets the same morning be enqueued once.
func (digestJob) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

func (digestJob) Kind() string   { return "digest" }
func (sendTextJob) Kind() string { return "send_text" }
func (postJob) Kind() string     { return "post" }
func (pictureJob) Kind() string  { return "picture" }
func (followUpJob) Kind() string { return "follow_up" }
func (escalateJob) Kind() string { return "escalate" }
func (callJob) Kind() string     { return "call" }

// The priorities of jobs: River works the lower number first.
const (
	priorityUrgent = 1 // red flags, answers, alerts
	priorityNormal = 2
	priorityBulk   = 3 // check-ins and homework of a whole morning
)
