package reply

import (
	"strings"
	"testing"
)

// Every kind has its twin that must stay a rating.
func TestNotTheNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// ruled out, feared, wished for, asked about
		"nowhere near an 8, 3": "denied rating", "nowhere near better, 8": "rating",
		"was afraid itd be a 9, only a 4": "denied rating", "braced for 9/10, got a 3": "denied rating",
		"could be a 9. its a 4": "denied rating", "its a 7, could be an 8": "rating rating", "could be worse, 6": "rating",
		"not 8/10, idk": "denied", "not great, 8/10": "rating", "6 if not 7/10": "rating rating",
		"its no 8 but it aches": "denied", "its no better, 8": "rating",
		"praying for a 1 by easter. sore": "denied", "want to get up but its 7": "rating",
		"whats a 6? sore": "denied", "what a day. 6": "rating",
		"forget 8, its a 4": "denied rating", "forget it, 8": "rating", "i forget, 8": "rating",
		// bounds and what it is compared with
		"less than a 6 for sure, 4": "denied rating", "less than a 6 in the car, 4": "rating rating",
		"better than at my eval when it was a 7": "denied", "better, it was a 7": "rating",
		// ends of the scale
		"10 being agony, 4": "scale rating", "its a 10 being honest": "rating", "w 0 being fine and 10 being the hospital, 5": "scale scale rating",
	} {
		wantClaims(t, text, want)
	}
}

func TestNoPainNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// days and hours of visits
		"cu on 9/10, sore": "date", "see you friday, 9/10": "rating", "my appt is 6/10 at 3. back 2": "date clock rating", "after my appt 6/10": "rating", "my appt is 6/2. sore": "date date", "appt was ok, 2/3": "rating rating",
		"turning 40 on the 10th, 3": "rating date rating", "are we on for 9 tmrw? 3": "clock rating",
		"text me back after 6. its 3": "clock rating", "6, text me back": "rating",
		// what is done in parts, and ranges of what has a unit
		"7 out of 10 drills done. sore": "count", "7 out of 10 today": "rating", "woke me three or four times": "count count", "three or four today": "rating rating",
		"2,150 steps, 4": "count count rating", "2, 4 sitting": "rating rating",
		// settings, names, the weather, hours at work
		"heating pad on 6. aches": "count", "heating pad on, 6": "rating", "bike on level 8, back 3": "count rating", "pain level 8": "rating",
		"stayed at a motel 6, back 3": "count rating", "took I-5, 3": "count rating", "watched rocky 4, back is a 2": "count rating", "watched tv, 4": "rating",
		"chilly and 9 here, 3": "count rating", "chilly and 9 today": "rating", "stiff 8 to 4 at work": "clock clock", "went from 8 to 4": "rating rating",
		"lost our game 14-7, back 2": "count count rating", "lost my balance 2-3 times, 4": "count count rating",
		"3 lower than monday so 2": "count rating", "one stiff back here": "count", "one, stiff back here": "rating",
	} {
		wantClaims(t, text, want)
	}
}

func TestOthersMarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"my uncle bets its a 9 but its a 3": "elsewhere rating", "my wife says its a 9": "rating", "its a 3, my nana swears its an 8": "rating elsewhere",
		"9/10 for the parking, my back hurts": "elsewhere", "9/10 for the parking": "rating", "6/10 in the parking lot, back 3 now": "rating rating",
		"the sermon was a 9, back is a 3": "elsewhere rating", "the stairs were a 9, back is a 3": "rating rating", "the class gets a 9, back is a 3": "elsewhere rating",
		"10/10 tacos, back is a 2": "elsewhere rating", "10/10 pain, back is bad": "rating",
		// sides and places
		"no pain in the back, a 5 for the right ankle": "elsewhere", "a 9 for the elbow n a 3 for the back": "elsewhere rating",
		"right side 8 left side 3": "rating rating",
	} {
		wantClaims(t, text, want)
	}
}

func wantClaims(t *testing.T, text, want string) {
	t.Helper()
	r := readUpTo(AskedEvening, text)
	var got []string
	for _, f := range r.figures {
		got = append(got, claimNames[f.claim])
	}
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%q: %s, want %s", text, s, want)
	}
}

func TestEarlierTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		asked Asked
		text  string
		want  float64
	}{
		{AskedEvening, "worst ever was a 9 in 2016, tonight a 3", 3},
		{AskedEvening, "worst ever was a 9 on the drive, now a 3", 9},
		{AskedEvening, "worst its ever been, a 9 today, now 3", 9},
		{AskedEvening, "kidney stones in 2020 were a 9, this is a 4", 4},
		{AskedEvening, "session two was a 7, todays was a 3", 3},
		{AskedEvening, "session was a 7, now a 3", 7},
		{AskedEvening, "a 7 when i first came in, 2 tonight", 2},
		{AskedEvening, "gave you a 2 last time, today its a 7", 7},
		// getting up is no time of day, unless it is told how it is now
		{AskedEvening, "1 lying down, 6 getting up", 6},
		{AskedH48, "7 getting up this morning, 3 now", 3},
		{AskedH48, "prob a 7 lifting the laundry otherwise 4", 7},
		{AskedEvening, "4 reclined 7 bending over", 7},
		{AskedH48, "7 then 4 now 1", 4},
		{AskedWeekly, "bad days 7 good days 3", 7},
		{AskedEvening, "coming in at 3:15 tomorrow, back is 6 right now", 6},
	} {
		out := Understand(c.asked, c.text, English)
		if out.Pain == nil || *out.Pain != c.want {
			t.Errorf("[%s] %q: %v, want %v", c.asked, c.text, out.Pain, c.want)
		}
	}
}
