package flows

// FollowUpKind says what happens when a follow-up is due.
type FollowUpKind string

// The kinds of follow-up.
const (
	DueEvening     FollowUpKind = "evening"      // ask about the session of today
	DueNextMorning FollowUpKind = "next_morning" // ask about the back the morning after
	DueRemind      FollowUpKind = "remind"       // one reminder of the morning question
	DueClose       FollowUpKind = "close"        // the morning window closes
	DueH48         FollowUpKind = "h48"          // ask again two days after the session
	DueDaily       FollowUpKind = "daily"        // the daily check of an open episode
	DueWaiting     FollowUpKind = "waiting"      // a text has waited long enough for its alert to be delivered
	DueWelcome     FollowUpKind = "welcome"      // what was agreed to, held back over night
)
