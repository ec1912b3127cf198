package reply

import "testing"

// TestWhatTheDayAllowed reads the day from what was done, by whom, and what was missed.
func TestWhatTheDayAllowed(t *testing.T) {
	for _, c := range []struct {
		asked Asked
		text  string
		want  Interference
	}{
		{AskedNextMorning, "2, been framing walls since six like every other day", InterferenceNone},
		{AskedNextMorning, "3, duele como siempre", InterferenceUnknown},
		{AskedNextMorning, "4, complaining as usual", InterferenceUnknown},
		{AskedNextMorning, "4. had the deckhand haul the traps", InterferenceSome},
		{AskedEvening, "5, got my nephew to push the mower", InterferenceSome},
		{AskedEvening, "five. drove the automatic instead of my stick cuz the clutch bugs it", InterferenceSome},
		{AskedEvening, "5, the clutch bugs it", InterferenceUnknown},
		{AskedWorkdays, "missed 4 of my 5 runs", InterferenceSevere},
		{AskedWorkdays, "gave away two shifts because of it", InterferenceSevere},
		{AskedNone, "missing my wednesday session, sorry, kid sick", InterferenceUnknown},
		{AskedEvening, "2. cancelled dinner, kid has pinkeye", InterferenceUnknown},
		{AskedEvening, "0, no sleep, signed a lease", InterferenceUnknown},
		{AskedNone, "denme de baja por favor", InterferenceUnknown},
	} {
		if got := Understand(c.asked, c.text, English).Interference; got != c.want {
			t.Errorf("%s %q: %q, want %q", c.asked, c.text, got, c.want)
		}
	}
}
