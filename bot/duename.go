package bot

import "backstop/flows"

// dueNames are the follow-ups that bring a text to a patient, as a clinician knows
// them. What is only ours has no name.
var dueNames = map[flows.FollowUpKind]string{
	flows.DueEvening:     "question about the session",
	flows.DueNextMorning: "question the morning after",
	flows.DueH48:         "question two days after",
	flows.DueDaily:       "daily question of the flare-up",

	flows.DueHomework:       "homework",
	flows.DueHomeworkCheck:  "was the homework done?",
	flows.DueHomeworkRemind: "reminder of the homework",
	flows.DueHeavy:          "a week without a heavy lift",
	flows.DueStageUp:        "the next stage",

	flows.DueWeekly:       "weekly question",
	flows.DueWeeklyRemind: "reminder of the weekly question",
	flows.DueTravelAsk:    "any trip coming?",
	flows.DueTravelTips:   "tips for the trip",
	flows.DueTravelDay:    "the day of the trip",
	flows.DueTravelCheck:  "question about the trip",
	flows.DueTravelBack:   "back from the trip",
	flows.DueScore:        "questionnaire",
	flows.DueScoreResume:  "the rest of the questionnaire",
	flows.DueFooter:       "monthly reminder that texts are not for emergencies",
	flows.DueOffer:        "offer of a call",
	flows.DueRelapse:      "question after discharge",
	flows.DueDischarge:    "farewell",
}

// dueName is a follow-up as a clinician knows it; empty for what is only ours.
func dueName(k flows.FollowUpKind) string { return dueNames[k] }
