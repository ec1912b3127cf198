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

	DueHomework       FollowUpKind = "homework"        // the morning of a lift day: what to do
	DueHomeworkCheck  FollowUpKind = "homework_check"  // its evening: was it done?
	DueHomeworkRemind FollowUpKind = "homework_remind" // the day after, once
	DueHeavy          FollowUpKind = "heavy"           // a week without a heavy lift
	DueStageUp        FollowUpKind = "stage_up"        // an approved step, told when the night is over
)
