package reply

import "testing"

// TestSlippedNumbers holds numbers that were sent by a slip, told as a limit, put on another scale,
// or are hours, and that their look-alikes are still ratings.
func TestSlippedNumbers(t *testing.T) {
	none := -1.0
	for _, tt := range []struct {
		asked Asked
		text  string
		pain  float64
	}{
		// sent by a slip
		{AskedEvening, "me equivoqué, puse 9 y era 4", 4},
		{AskedEvening, "I put 8 and it should have been a 3", 3},
		{AskedEvening, "meant to put 3 and put 8", 3},
		{AskedEvening, "marqué 7 y es 1", 1},
		{AskedEvening, "hit 8 on the stairs and it was 3 before", 8},
		{AskedEvening, "got to 7 but its a 2 now", 7},
		// told as a limit
		{AskedNextMorning, "la licenciada me dijo que hasta 5 está permitido, yo tengo 2", 2},
		{AskedNextMorning, "therapist said under 4 is fine so im good with my 2", 2},
		{AskedNextMorning, "usted dijo que si pasa de 5 pare, yo ando en 6", 6},
		{AskedNextMorning, "you told me to stop at 5. i was at 4", 4},
		{AskedEvening, "went up to 7, fine by dinner", 7},
		{AskedEvening, "she said 3, I say 6", 6},
		// on another scale
		{AskedNextMorning, "10 on the sexy scale, 1 on the pain scale", 1},
		{AskedEvening, "8 on the sweat scale. pain scale 2", 2},
		{AskedNextMorning, "10 en la escala del sueño, 2 en la del dolor", 2},
		{AskedEvening, "4 on your scale", 4},
		{AskedWeekly, "6 if you ask my migraine. Back around 2", 2},
		{AskedEvening, "6 if you ask my back", 6},
		{AskedEvening, "My back never went above a 1. My knee though, that one's a 7", 1},
		// hours, and "one" that counts nothing
		{AskedNextMorning, "called out of my 7a-7p, back had me pinned to the couch", none},
		{AskedNextMorning, "tengo turno de 7a a 7p, amanecí en 3", 3},
		{AskedNextMorning, "7 a little while ago", 7},
		{AskedWeekly, "worst one was the 4 when I sneezed in the deposition", 4},
		{AskedWeekly, "one was the worst", 1},
		// how it came down
		{AskedH48, "keeps dropping: 6, then 4, now 2", 2},
		{AskedH48, "va bajando: 7, 5, ahora 3", 3},
		{AskedWeekly, "keeps dropping: 6, then 4, now 2", 6},
		{AskedH48, "climbing: 2, 4, now 5", 5},
		{AskedNextMorning, "5 on waking, now 3", 5},
	} {
		got := Understand(tt.asked, tt.text, English).Pain
		if (got == nil) != (tt.pain == none) || got != nil && *got != tt.pain {
			t.Errorf("[%s] %q: pain %v, want %v", tt.asked, tt.text, show(got), tt.pain)
		}
	}
}
