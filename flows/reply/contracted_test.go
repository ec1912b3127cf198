package reply

import "testing"

func TestAPartAndItsIsDrawnTogether(t *testing.T) {
	for text, want := range map[string]RedFlag{
		"my foot's numb":                       NeuroDeficit,
		"left knee’s giving out on the stairs": NeuroDeficit,
		"my chest's tight":                     ChestPain,
		"saddle's numb":                        CaudaEquina,
		"the bladder's weak since monday":      CaudaEquina,
		"my face's drooping":                   OtherEmergency,
		"my feet's numb, both":                 CaudaEquina,
		"my back's a 4":                        "",
		"dad's foot is numb":                   "",
		"that's my knee's good side":           "",
	} {
		if got := Understand(AskedNone, text, English).RedFlag; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTwoStandsForToBeforeWhatOneHasToDo(t *testing.T) {
	for text, want := range map[string]RedFlag{
		"had 2 push on my belly to get any pee out": CaudaEquina,
		"lost all feelin in my foot":                NeuroDeficit,
		"had 2 push ups left, back 2":               "",
	} {
		if got := Understand(AskedNone, text, English).RedFlag; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
