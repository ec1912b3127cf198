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
	DueHandBack       FollowUpKind = "hand_back"       // nobody has written in a conversation that a clinician took over
	DueResume         FollowUpKind = "resume"          // the end of a pause

	DueWeekly       FollowUpKind = "weekly"        // the weekly check
	DueWeeklyRemind FollowUpKind = "weekly_remind" // its one reminder
	DueWeeklyClose  FollowUpKind = "weekly_close"  // its answer did not come
	DueTravelAsk    FollowUpKind = "travel_ask"    // any trip coming?
	DueTravelTips   FollowUpKind = "travel_tips"   // the day before one
	DueTravelDay    FollowUpKind = "travel_day"    // the day it begins
	DueTravelCheck  FollowUpKind = "travel_check"  // the morning after a day of travel
	DueTravelBack   FollowUpKind = "travel_back"   // home again
	DueScore        FollowUpKind = "score"         // a questionnaire
	DueScoreResume  FollowUpKind = "score_resume"  // one that was left half way
	DueFooter       FollowUpKind = "footer"        // not for emergencies, once a month
	DueOffer        FollowUpKind = "offer"         // the free call: may we, or the offer itself
	DueRelapse      FollowUpKind = "relapse"       // the check after discharge
	DueDischarge    FollowUpKind = "discharge"     // the farewell, held back over night
)

// Known reports whether this version knows what to do when one is due: a newer
// version may have planned more.
func (k FollowUpKind) Known() bool {
	//exhaustive:enforce
	switch k {
	case DueEvening, DueNextMorning, DueRemind, DueClose, DueH48, DueDaily,
		DueWaiting, DueWelcome, DueHomework, DueHomeworkCheck, DueHomeworkRemind, DueHeavy,
		DueStageUp, DueHandBack, DueResume, DueWeekly, DueWeeklyRemind, DueWeeklyClose,
		DueTravelAsk, DueTravelTips, DueTravelDay, DueTravelCheck, DueTravelBack, DueScore,
		DueScoreResume, DueFooter, DueOffer, DueRelapse, DueDischarge:
		return true
	}
	return false
}
