package reply

import "testing"

// TestDaysAndNights holds what the back took from days, nights and sets by what it is made of, and
// that look-alikes take nothing.
func TestDaysAndNights(t *testing.T) {
	for _, tt := range []struct {
		asked Asked
		text  string
		want  Interference
	}{
		// days at home, or down
		{AskedH48, "third day home, I still cannot drive the mail truck", InterferenceSevere},
		{AskedH48, "stuck home for the 2nd day cuz of my back", InterferenceSevere},
		{AskedWorkdays, "Three full days flat on the sofa", InterferenceSevere},
		{AskedWorkdays, "el martes y miércoles en cama", InterferenceSevere},
		{AskedH48, "otra crisis, llevo desde ayer sin ir a la obra", InterferenceSevere},
		{AskedRelapse, "Yes one, closed my practice for a week over it", InterferenceSevere},
		{AskedRelapse, "una, cerré el salón cuatro días", InterferenceSevere},
		{AskedNextMorning, "back home after two days at the lake. 3", InterferenceUnknown},
		{AskedWeekly, "4. had the flu so I was in bed 3 days anyway", InterferenceUnknown},
		{AskedWorkdays, "went home at lunch wednesday bc of my back", InterferenceSome},
		// days all worked
		{AskedWorkdays, "Worked all five, plus overtime saturday", InterferenceNone},
		{AskedWorkdays, "trabajé los 5 días completitos", InterferenceNone},
		{AskedWorkdays, "hice mis 5 turnos", InterferenceNone},
		{AskedWorkdays, "missed all five", InterferenceSevere},
		{AskedWorkdays, "worked the two, missed three", InterferenceSevere},
		// what others were asked to do
		{AskedEvening, "6, had to get my daughter to empty the dishwasher cause I couldn't", InterferenceSome},
		{AskedEvening, "6, le pedí a mi hija que sacara la basura", InterferenceSome},
		{AskedEvening, "i got my mom to laugh, 2", InterferenceUnknown},
		{AskedEvening, "had to get my son from school, 2", InterferenceUnknown},
		// short nights
		{AskedNextMorning, "espasmos en la cintura toda la noche, habré dormido 2 horas", InterferenceSome},
		{AskedNextMorning, "slept 3 hours, newborn. back pain 2", InterferenceUnknown},
		{AskedNextMorning, "i got 3 hours in the garden, hurts 5", InterferenceUnknown},
		// sets broken off
		{AskedHomework, "got one set in and stopped, back spasm", InterferenceSome},
		{AskedHomework, "stop sign at rep 9. felt it at a 5 so i racked the bar", InterferenceSome},
		{AskedHomework, "paré cuando llegó a 6", InterferenceSome},
		{AskedHomework, "stopped after 3 sets like you said, 1", InterferenceUnknown},
		// where it is better
		{AskedNone, "Pain stops when I lie on the floor, starts back up standing", InterferenceUnknown},
		{AskedWeekly, "much better since I stopped sleeping on the couch", InterferenceUnknown},
		{AskedEvening, "2, paré en el súper y la fila era eterna", InterferenceUnknown},
	} {
		if got := Understand(tt.asked, tt.text, English).Interference; got != tt.want {
			t.Errorf("[%s] %q: %q, want %q", tt.asked, tt.text, got, tt.want)
		}
	}
}
