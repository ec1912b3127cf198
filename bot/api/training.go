package api

import "backstop/bot"

// The bounds of what is known of homework are those of typing errors.
const (
	mostWeight = 1000
	mostWords  = 20
)

// readTraining reads what homework needs to be known at intake.
func readTraining(o *object) bot.NewTraining {
	n := bot.NewTraining{
		CheckInsOnly:  o.yes("check_ins_only"),
		Letter:        o.text("letter", mostWord),
		Adult:         o.yes("adult"),
		ExaminedAt:    o.moment("examined_at"),
		Excluded:      o.words("excluded", mostWords),
		Override:      o.yes("override"),
		Gear:          o.words("gear", mostWords),
		Bodyweight:    o.between("bodyweight", 0, mostWeight),
		Last:          o.between("last", 0, mostWeight),
		Target:        o.between("target", 0, mostWeight),
		LiftDays:      o.words("lift_days", mostWords),
		FlaresPerYear: o.between("flares_per_year", 0, 365),
		DaysOff:       o.between("days_off", 0, 365),
	}
	o.done()
	return n
}
