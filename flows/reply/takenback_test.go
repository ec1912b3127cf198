package reply

import "testing"

// TestNumbersTakenBack holds the goals, bounds, denials and others' verdicts beside the back's own
// number in Spanish, and the twins that stay ratings.
func TestNumbersTakenBack(t *testing.T) {
	none := -1.0
	for _, tt := range []struct {
		asked Asked
		text  string
		pain  float64
	}{
		// goals and conditions
		{AskedEvening, "ojalá amanezca en 2, me arde", none},
		{AskedEvening, "llegó a 8 cuando cargué", 8},
		{AskedEvening, "la fisio quiere que baje a 1, sigo con dolor", none},
		{AskedNextMorning, "bajó a 1 pero sigo con dolor", 1},
		{AskedH48, "si sube a 7 voy a urgencias", none},
		{AskedH48, "sí, sube a 7 al pararme", 7},
		// denied, not reached, asked about
		{AskedEvening, "no llega a 9 pero me arde", none},
		{AskedEvening, "0 no es, me arde", none},
		{AskedEvening, "0, no es nada", 0},
		{AskedEvening, "un 8 no, pero sí un 6", 6},
		{AskedEvening, "qué es el 8? me arde", none},
		{AskedEvening, "creo que es 8?", 8},
		{AskedH48, "subió como 2 puntos desde antier", none},
		{AskedH48, "subió como a 8 desde antier", 8},
		{AskedNone, "ayer fue 4 hoy no sé me duele", none},
		// others' verdicts
		{AskedEvening, "yo le doy 7 aunque mi yerno cree que es 2", 7},
		{AskedEvening, "mi yerno cree que es 7", 7},
		{AskedEvening, "es un 6 para mí mi tía me ve como en 2", 6},
		{AskedEvening, "mi husband says 8 but es un 5", 5},
		{AskedEvening, "mi husband says 8", 8},
		// taken back, came from, earlier
		{AskedNone, "el 2 no cuenta, es 7", 7},
		{AskedEvening, "un 7 no cuenta mucho, ayer 2", 7},
		{AskedEvening, "cambio mi 9 por un 2", 2},
		{AskedNextMorning, "antes le puse 3 era 6", 6},
		{AskedH48, "ya bajó a 2 de un 7", 2},
		{AskedH48, "3 en este instante antier 7", 3},
		{AskedNone, "seis, ayer fue 2", 6},
		// the scale, exercises and what else is rated
		{AskedNone, "3 del 1 al 10", 3},
		{AskedNone, "entre 0 y 10 diría 4", 4},
		{AskedEvening, "entre 4 y 6", 6},
		{AskedEvening, "un 6 gato camello 3 por 12", 6},
		{AskedEvening, "sentadillas 9 de 10, nada de dolor", 0},
		{AskedEvening, "sentadillas 9 de 10", 9},
		{AskedNextMorning, "al tráfico un 9 pero la espalda en 3", 3},
	} {
		got := Understand(tt.asked, tt.text, Spanish).Pain
		if (got == nil) != (tt.pain == none) || got != nil && *got != tt.pain {
			t.Errorf("[%s] %q: pain %v, want %v", tt.asked, tt.text, show(got), tt.pain)
		}
	}
}

// TestEvenSoUnable holds a "ni" that denies its verb by the phrase before it.
func TestEvenSoUnable(t *testing.T) {
	for text, want := range map[string]Interference{
		"ni con ayuda me pude parar de la cama":     InterferenceSevere,
		"ni un segundo puedo estar de pie":          InterferenceSevere,
		"ni dolor, me puedo parar":                  InterferenceUnknown,
		"no tengo fiebre ni dolor y me puedo parar": InterferenceUnknown,
	} {
		if got := Understand(AskedEvening, text, Spanish).Interference; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
