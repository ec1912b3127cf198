package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

// TestKeepsTheTexts says what takes an end of the texts back, each with the twin that ends them.
func TestKeepsTheTexts(t *testing.T) {
	for text, want := range map[string]bool{
		// an end that is dreaded
		"id hate to lose the reminders":                       false,
		"it would suck if the check ins ended":                false,
		"i do not want to be unsubscribed":                    false,
		"i dont want to get kicked off the text list":         false,
		"hope these texts never end":                          false,
		"no quiero que se terminen los mensajes":              false,
		"no quisiera quedarme sin los textos":                 false,
		"i dont want to lose sleep so stop sending the texts": true,
		"i would hate to block you so stop texting":           true,
		"i dont want to be on this list":                      true,
		"no quiero que me manden más textos":                  true,
		// a STOP that was a slip
		"sorry my phone changed it to stop, please keep texting me": false,
		"ups, el autocorrector puso stop, sigan mandando":           false,
		"i texted stop and yall keep texting me":                    true,
		"sorry, stop. i want the texts to end":                      true,
		"perdón pero ya no quiero los mensajes":                     true,
		// a complaint that ends in praise
		"your texts bug me but they keep me honest":    false,
		"i hate getting these but i need the push":     false,
		"sus mensajes me molestan pero me sirven":      false,
		"these texts are annoying but they dont help":  true,
		"these are annoying but i need them to stop":   true,
		"los mensajes son molestos y no sirven, paren": true,
		"stop everything!! new personal record haha":   false,
		"stop everything": true,
		"who texts me this. how do i get off of THEIR list": false,
	} {
		if got := reply.Understand(reply.AskedNone, text, reply.English).Intent == reply.IntentStop; got != want {
			t.Errorf("%q opts out: %v, want %v", text, got, want)
		}
	}
}

// TestEndsTheTexts says which wishes and instructions end the texts, with what only sounds so.
func TestEndsTheTexts(t *testing.T) {
	for text, want := range map[string]bool{
		"no longer wish to remain in the back program":     true,
		"i dont want to take part in the group class":      false,
		"is it possible to be taken off the reminder list": true,
		"is it possible to get off prednisone":             false,
		"can i ask to be dropped from the texts":           true,
		"could i ask to get off the hard bike":             false,
		"it said to reply STOP to cancel":                  true,
		"it says reply STOP to end, do i have to?":         false,
		"me dijeron que mande STOP para cancelar":          true,
		"Shoe Barn: 20% off! Reply STOP to opt-out":        false,
		"get my name and cell off your text list":          true,
		"take my name and number, call me back":            false,
		"not interested in any more of your questions":     true,
		"not interested in any more shots":                 false,
		"i need the reminders to quit thank you":           true,
		"i need these cramps to end thank you":             false,
		"STOP they wake my kids up":                        true,
		"STOP we have a new clinic now":                    true,
		"STOP sign on main st hit me lol":                  false,
		"they wake her so can u stop the automated texts":  true,
		"how do i turn this off i dont want it anymore":    true,
	} {
		if got := reply.Understand(reply.AskedNone, text, reply.English).Intent == reply.IntentStop; got != want {
			t.Errorf("%q opts out: %v, want %v", text, got, want)
		}
	}
}
