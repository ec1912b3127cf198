package reply

import (
	"slices"
	"testing"
)

// flagsOf names the red flags that the rules find, without the second look.
func flagsOf(text string) []RedFlag {
	r := read(AskedNone, text, English)
	r.findFigures()
	r.findLifts()
	r.claimFigures()
	r.findRatings()
	return r.redFlags()
}

// TestNumbersThatAreRedFlags has numbers that nobody says are one, and numbers
// that only look so.
func TestNumbersThatAreRedFlags(t *testing.T) {
	for category, texts := range map[RedFlag]struct{ yes, never []string }{
		Infection: {
			[]string{"its 100.8, back is a 4", "my forehead could fry an egg, 102", "101 last night 102 this morning back same", "100.7 for three days with my back",
				"39.5 and hot as an oven", "my temp has been 100.7 to 101.9 all day"},
			[]string{"benched 102.5 today", "102.5 for 5, 105 for 3, back fine", "squatted 100.5 kg", "101 swings, back great", "it was 104 out, stayed inside",
				"its 102 degrees and the ac died", "my kid has 102.3, cant come in", "weighed in at 182.4"},
		},
		Cancer: {
			[]string{"i was 210 at easter now 183 no reason", "from 190 to 165 and im not trying"},
			[]string{"i was 210 at easter now 183 on purpose", "pain dropped from 6 to 4, dont know why", "pain went from 3 to 7 after i lifted a 50 lb bag of dog food", "135 then 115, no idea why it felt heavy", "210 then 205 not trying to be funny"},
		},
		ChestPain: {
			[]string{"Pain 3 back, 7 chest", "back 2, chest 6, should i worry", "chest is a 5"},
			[]string{"chest 3 sets, back 3 sets", "chest day 4", "chest supported rows 3x10", "chest 1, back 2"},
		},
	} {
		for _, text := range texts.yes {
			if !slices.Contains(flagsOf(text), category) {
				t.Errorf("%q is no %s", text, category)
			}
		}
		for _, text := range texts.never {
			if slices.Contains(flagsOf(text), category) {
				t.Errorf("%q is taken for %s", text, category)
			}
		}
	}
}

// TestWhoseMishapItIs has falls and blows of the patient, and those of things,
// of somebody else and of pain.
func TestWhoseMishapItIs(t *testing.T) {
	for _, text := range []string{"the ladder kicked out and i fell", "slid on a wet rug", "a guy rear ended me at the light", "my neighbor backed into me with his truck",
		"my brother in law dropped a couch on my back", "a box fell off the shelf onto my back", "fell thru the hayloft onto concrete"} {
		if !slices.Contains(flagsOf(text), TraumaFracture) {
			t.Errorf("%q is no injury", text)
		}
	}
	for _, text := range []string{"a picture frame fell off the wall", "my plans fell through", "crashed my drone", "slid the couch over", "landed a trout",
		"my neighbor got rear ended", "my back hit me hard this morning", "my kid took a tumble", "dropped a plate on my toe, not my back", "fell off a horse when i was 12"} {
		if got := flagsOf(text); len(got) > 0 {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

// TestDeniedAtOnce has questions that the patient asks and denies, and those that
// a "no" goes on from.
func TestDeniedAtOnce(t *testing.T) {
	for _, text := range []string{"short of breath? no. tight chest? no. back? 3", "lightheaded? no. fainted? never", "my legs gave out? nope, they held", "fever? no. 3"} {
		if got := flagsOf(text); len(got) > 0 {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
	for _, text := range []string{"chest pain? no, more like pressure on my chest", "numb down there? no idea, my crotch is dead", "any feeling when i wipe? no.", "infected last month now fever and chills",
		"no appetite and down 15 pounds"} {
		if len(flagsOf(text)) == 0 {
			t.Errorf("%q is no red flag", text)
		}
	}
	for _, text := range []string{"buried my uncle on Monday, heart attack", "we lost grandma to a stroke sunday"} {
		if got := flagsOf(text); len(got) > 0 {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}
