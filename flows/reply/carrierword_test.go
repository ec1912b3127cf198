package reply

import "testing"

// TestStopExplained says which carrier words with words beside them end the texts, whose phone is
// struck, and what only sounds like either.
func TestStopExplained(t *testing.T) {
	for text, want := range map[string]bool{
		"REVOKE, as in I already revoked last week": true,
		"STOP ya les dije":                          true,
		"Stop. It's not you its my inbox":           true,
		"CANCEL as I told you before":               true,
		"third STOP this week!!!":                   true,
		"another STOP for you":                      true,
		"third stop on the tour: Chicago":           false,
		"my second stop is the grocery store":       false,
		"you buzz. stop. permanently.":              true,
		"pls remove this nmbr":                      true,
		"eliminad mi teléfono de vuestra base":      true,
		"removing my number would be great":         true,
		"i removed my phone case":                   false,
		"no sé si bloquear este número":             false,
		"borren mi número viejo, este es el nuevo":  false,
		"delete number 4 from my exercises":         false,
		"si no es urgencia no me escriban":          true,
		"my phone keeps blocking spam":              false,
		"my data plan is limited please no more":    true,
		"cancel my text messages":                   true,
		"Please remove ALL my numbers, home + cell": true,
		"trash my numbers, i lied on the sheet":     false,
		"delete my last number, its 3":              false,
		"pressing stop on the treadmill":            false,
		"hitting stop on the timer hurt":            false,
		"leave my phone out of this lol, 4":         false,
	} {
		if got := Understand(AskedNone, text, English).Intent == IntentStop; got != want {
			t.Errorf("%q opts out: %v, want %v", text, got, want)
		}
	}
}

// TestStopUndone says what takes a STOP back, and what only asks how one would leave.
func TestStopUndone(t *testing.T) {
	for text, want := range map[string]Intent{
		"un-unsubscribe me haha":                                    IntentStart,
		"take me off the do not text list, I want the messages":     IntentStart,
		"ignore that STOP, my toddler did it":                       IntentStart,
		"me di de baja por error, denme de alta":                    IntentStart,
		"please dis-enroll me":                                      IntentStop,
		"¿Cómo hago para cancelar los mensajes? nomás por saber":    IntentQuestion,
		"how would I unsubscribe later, not now just curious":       IntentQuestion,
		"who are you looking for? nobody named Trish at this phone": IntentWrongPerson,
		"I'm not Mr. Donnelly":                                      IntentWrongPerson,
		"many thanks for moving my visit off the holiday":           IntentThanks,
	} {
		if got := Understand(AskedNone, text, English).Intent; got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
