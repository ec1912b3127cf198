package rehearse

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"time"

	"backstop/flows/copy"
)

// Person is a model patient: how it hurts, and how strong they are.
type Person struct {
	Pain    func(week int) float64 // usual pain in a week of care
	Max     float64                // what they could lift once, in their unit
	Growing float64                // by how much of it each lift day
}

// Well is somebody who gets better: pain from 2 to 0 in a month, and a little
// stronger with every session.
func Well(most float64) Person {
	return Person{Max: most, Growing: 0.003, Pain: func(week int) float64 { return math.Max(0, float64(2-week/2)) }}
}

// loads finds what a plan says to lift: sets, reps, load, unit.
var loads = regexp.MustCompile(`(\d+)x(\d+)\D+?([\d.]+) (kg|lb)`)

// answer is what the person texts back to a text of the bot, and after how long;
// empty for none.
func (p *Person) answer(key copy.Key, body string, week int) (string, time.Duration) {
	pain := strconv.FormatFloat(p.Pain(week), 'f', -1, 64)
	const soon, evening = 20 * time.Minute, 9 * time.Hour
	switch key {
	case copy.HomeworkPlan, copy.CheckpointPlan, copy.RestartStep, copy.RestartBreak, copy.Deload, copy.TravelPlan, copy.TravelBack:
		return "DONE " + pain + p.lift(body), evening
	case copy.HomeworkCheck, copy.HomeworkReminder:
		return "DONE " + pain, soon
	case copy.NextMorning, copy.NextMorningReminder, copy.H48, copy.Daily, copy.Evening, copy.EveningLate, copy.Weekly, copy.WeeklyReminder, copy.Reask:
		return pain, soon
	case copy.AskLoad:
		return "as planned", soon
	case copy.Workdays, copy.PEGPain, copy.PEGEnjoyment, copy.PEGActivity:
		return "0", soon
	case copy.PSFSPick:
		return activities[0], soon
	case copy.PSFSNext:
		return activities[min(first(body), len(activities)-1)], soon
	case copy.PSFSItem, copy.ScoreResume:
		return "8", soon
	case copy.TravelPre, copy.Relapse, copy.FlareCheck, copy.FreeCallAsk:
		return "NO", soon
	case copy.Interference, copy.Watch, copy.WatchFull: // a watch asks it in the same text
		return "A", soon
	case copy.HeavyMissed:
		return "tomorrow", soon
	case copy.DidYouMeanLoad:
		return "YES", soon
	}
	return "", 0
}

// activities are the person's own, and the word that ends their list.
var activities = []string{"deadlift", "a day at work", "sit for 1 hour", "OK"}

var number = regexp.MustCompile(`\d+`)

// first is the first number of a text.
func first(body string) int {
	n, _ := strconv.Atoi(number.FindString(body))
	return n
}

// lift does what a plan says, and tells how hard it was: by how far the load is
// from what the person could lift.
func (p *Person) lift(plan string) string {
	found := loads.FindStringSubmatch(plan)
	if found == nil {
		return ""
	}
	reps, _ := strconv.Atoi(found[2])
	load, _ := strconv.ParseFloat(found[3], 64)
	left := 37 - 36*load/p.Max - float64(reps)
	effort := math.Min(10, math.Max(5, math.Round(2*(10-left))/2))
	p.Max *= 1 + p.Growing
	return fmt.Sprintf(" %sx%s at %s %s rpe %s", found[1], found[2], found[3], found[4], strconv.FormatFloat(effort, 'f', -1, 64))
}
