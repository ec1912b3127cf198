package reply

import "testing"

// TestWellOrNot holds what is said to be well in other words, and what is well that is not the back.
func TestWellOrNot(t *testing.T) {
	yes, no := true, false
	for _, tt := range []struct {
		asked Asked
		text  string
		flare *bool
	}{
		{AskedEvening, "Nítido mija, la espalda está chévere", &no},
		{AskedNextMorning, "a hair better", &no},
		{AskedNextMorning, "amanecí de diez", &no},
		{AskedH48, "put 95 on the bar last night and today I feel as good as new", &no},
		{AskedNextMorning, "about half of what it was", &no},
		{AskedNextMorning, "dolor no, sueño sí", &no},
		{AskedNextMorning, "estoy bien de la espalda pero cansado", &no},
		{AskedNextMorning, "tingly foot, i can wiggle it fine. back fine too", &no},
		{AskedH48, "half of what it was, so a 3", nil},
		{AskedEvening, "ando bien jodido de la espalda hoy", nil},
		{AskedEvening, "chévere el video", nil},
		{AskedNextMorning, "left leg tingles, walks fine, 3", nil},
		{AskedNextMorning, "hormigueo en una pierna nomás, la izquierda, con fuerza normal. Un 3", nil},
		{AskedEvening, "peed fine, pooped fine, both feet wide awake, worst was a 3", nil},
		{AskedNextMorning, "no more pain than usual", nil},
		{AskedNextMorning, "crankier than usual", nil},
		{AskedEvening, "way crankier than this morning", &yes},
		{AskedEvening, "this is way angrier than before we lifted", &yes},
		{AskedNextMorning, "my wife is way angrier than me lol, back 1", nil},
	} {
		got := Understand(tt.asked, tt.text, English).Flare
		if (got == nil) != (tt.flare == nil) || got != nil && *got != *tt.flare {
			t.Errorf("[%s] %q: flare %v, want %v", tt.asked, tt.text, said(got), said(tt.flare))
		}
	}
}

func said(v *bool) any {
	if v == nil {
		return "none"
	}
	return *v
}
