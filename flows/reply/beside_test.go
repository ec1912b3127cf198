package reply

import "testing"

// TestBesideTheBack holds what the numbers count that stand beside the one that answers, and that
// their look-alikes are still ratings.
func TestBesideTheBack(t *testing.T) {
	none := -1.0
	for _, tt := range []struct {
		asked Asked
		text  string
		pain  float64
	}{
		// how old somebody is
		{AskedEvening, "61 years young, 3 grandkids under 7 and no pain tonight", 0},
		{AskedEvening, "Two, but my grandson (9) typed this for me", 2},
		{AskedEvening, "One. My grand-baby, 4, is helping me text", 1},
		{AskedHomework, "Done, nothing hurt and my kids (4 and 6) did it with me", 0},
		{AskedEvening, "our boys are 4 and 7 and wild, back has no pain whatsoever", 0},
		{AskedEvening, "my son helped, 4", 4},
		{AskedEvening, "with my son, 4, maybe 5 at the end", 5},
		// what else is rated
		{AskedEvening, "3 for my back, 9 for my pride", 3},
		{AskedHomework, "done. back 1, dignity a 7", 1},
		{AskedNextMorning, "about a 3. My fibro is a 8 but thats everywhere", 3},
		{AskedEvening, "2 para la espalda, 9 para la vergüenza", 2},
		{AskedEvening, "what a shame, 5 again", 5},
		{AskedNextMorning, "arthritis flaring in my back 6", 6},
		{AskedH48, "1. my wife rates my form a 4 haha", 1},
		{AskedH48, "0. my ex rates me a 3 tho lol", 0},
		{AskedEvening, "mi señora dice que puse cara de 8, yo le pongo 5", 5},
		{AskedEvening, "no back pain at all; hamstrings though, those are a 7", 0},
		// what it lies between
		{AskedNextMorning, "idk more than a 3 less than a 5 so 4", 4},
		{AskedNextMorning, "más que un 3 menos que un 5, o sea 4", 4},
		{AskedEvening, "better than a 3, so 2", 2},
		{AskedEvening, "less than a 3", 3},
		{AskedEvening, "more than a 5, 6 even", 6},
		{AskedEvening, "under 5 at work, 3 at home", 5},
		// hours
		{AskedNextMorning, "Same as always. Church at ten so gotta run", none},
		{AskedNextMorning, "not bad. up at six with the rooster", none},
		{AskedEvening, "fine, finale starts at nine", none},
		{AskedNextMorning, "holding at five", 5},
		{AskedNextMorning, "back at six this morning", 6},
		{AskedNextMorning, "awake at 2, 4 and 6 with the pup, back is a 3", 3},
		{AskedEvening, "got home 8, dinner at 9, back 2", 2},
		// counts
		{AskedHomework, "Nope. Flu shot arm, 3 deadlines and a sick cat", none},
		{AskedHomework, "cuántas eran, 3 de 8 o 8 de 3?", none},
		{AskedHomework, "eran 4 de 10 o 10 de 4?", none},
		{AskedEvening, "fine, cooked for six", none},
		{AskedHomework, "3 sets and a 5 at the end", 5},
		// heard by a machine, told by somebody else
		{AskedEvening, "I would say a won out of ten period", 1},
		{AskedEvening, "won the game, 4 out of 10", 4},
		{AskedNextMorning, "this is Tom's mom, he's driving. he yelled two from the front seat", 2},
		{AskedEvening, "6. coach yelled 3 more reps and i regret it", 6},
	} {
		got := Understand(tt.asked, tt.text, English).Pain
		if (got == nil) != (tt.pain == none) || got != nil && *got != tt.pain {
			t.Errorf("[%s] %q: pain %v, want %v", tt.asked, tt.text, show(got), tt.pain)
		}
	}
}

func show(v *float64) any {
	if v == nil {
		return "none"
	}
	return *v
}

// TestSaidSideways holds intents that are told by a place, a scene, a joke or another joint, and
// their look-alikes.
func TestSaidSideways(t *testing.T) {
	for _, tt := range []struct {
		asked  Asked
		text   string
		intent Intent
	}{
		{AskedNone, "leaving at 5am with the camper, Tulsa by dark", IntentTravelTrigger},
		{AskedNone, "Bus to Memphis tonight, 9 hours in seat 22", IntentTravelTrigger},
		{AskedNone, "bus was late again lol", IntentOther},
		{AskedNone, "in the car is it seat all the way back or upright", IntentQuestion},
		{AskedNone, "if i swap shoes does the weight change", IntentQuestion},
		{AskedNone, "so the knee I mentioned, it popped again on the stairs. back is not the issue", IntentPainReport},
		{AskedNone, "my buddy took my phone and typed wrong number, very funny Gary. its still me", IntentOther},
		{AskedNone, "I've had my phone 6 years, wrong number", IntentWrongPerson},
		{AskedNone, "this was my son Kevin's number, wrong number now", IntentWrongPerson},
		{AskedNone, "número equivocado, no soy yo", IntentWrongPerson},
		{AskedNextMorning, "old number 7, new number 4", IntentAnswer},
		{AskedHomework, "My dad's phone died so its his daughter: he did the sets, says tell them 2", IntentHomeworkDone},
		{AskedHomework, "gym card got declined so zero sets today", IntentHomeworkSkipped},
		{AskedHomework, "deads then chest day, bench 3x8. pecs will complain tomorrow. back happy", IntentHomeworkDone},
	} {
		if got := Understand(tt.asked, tt.text, English); got.Intent != tt.intent || got.Deceased {
			t.Errorf("[%s] %q: intent %s, want %s", tt.asked, tt.text, got.Intent, tt.intent)
		}
	}
}
