package reply

import "testing"

// TestSpanishNumbers holds which number of a Spanish text is the pain's now, and the twins in which
// the same words leave it as it was.
func TestSpanishNumbers(t *testing.T) {
	none := -1.0
	for _, tt := range []struct {
		asked Asked
		text  string
		pain  float64
	}{
		// another sentence begins after the number
		{AskedEvening, "un 6 planché toda la tarde 3 horas", 6},
		{AskedNextMorning, "anda por el 4 fui por 2 garrafones", 4},
		{AskedH48, "un 7 naproxeno de 250", 7},
		{AskedH48, "tomé 2 naproxeno de 250, un 7", 7},
		{AskedNextMorning, "la espalda en 5 hora y media en el camión", 5},
		{AskedNone, "tengo 5 horas manejando", none},
		// what is rated is no pain
		{AskedEvening, "de sed un 8 y me duele la cintura", none},
		{AskedEvening, "de dolor un 8 y mucha sed", 8},
		{AskedNextMorning, "al partido le doy un 9 y me arde la espalda", none},
		{AskedNextMorning, "al dolor le doy un 9", 9},
		{AskedEvening, "después de la cena un 5", 5},
		{AskedEvening, "ánimo 7 dolor 3 energía 5", 3},
		{AskedHomework, "hecho, esfuerzo 8 dolor 2", 2},
		// whose the time between two numbers is
		{AskedNextMorning, "amanecí con la espalda en un 7 ayer 2", 7},
		{AskedH48, "peor, 6 ayer era 3", 6},
		{AskedH48, "8 ayer 3 hoy", 3},
		{AskedH48, "3 ayer 5", 5},
		{AskedNextMorning, "bajó de 6 anoche a 2", 2},
		{AskedH48, "hace 4 días que ando en 6", 6},
		// the usual number, and today worse without one
		{AskedH48, "normal es 3 pero hoy me duele más", none},
		{AskedH48, "normal es 3 pero hoy mejor", none},
		{AskedH48, "peor que ayer que fue 3", none},
		// named to be taken back, or not reached
		{AskedEvening, "7 uy 4 quise decir", 4},
		{AskedEvening, "no llega a 9, es un 6", 6},
		{AskedEvening, "no llega a 9", 9},
		{AskedEvening, "no es un 9 pero sí un 6", 6},
		{AskedEvening, "6, no 3 como puse", 6},
		{AskedH48, "pensé que iba a ser 2 pero fue 6", 6},
		{AskedH48, "un 6 espero bajar a 2", 6},
		{AskedFlareCheck, "no un 4", 4},
		{AskedFlareCheck, "no un 4, un 5", 5},
		{AskedFlareCheck, "si un 6", 6},
		// the ends of the scale
		{AskedEvening, "si el 10 es un parto ando en 4", 4},
		{AskedEvening, "siendo 10 lo más fuerte, 6", 6},
		{AskedEvening, "llegué a 10 y ya es un 6", 10},
		// somebody else's
		{AskedNextMorning, "mi cuñada dice que es un 9 pero es un 6", 6},
		{AskedNextMorning, "mi cuñada dice que ponga 6", 6},
		{AskedNextMorning, "mi suegro anda mal de la espalda, en un 9, yo en 4", 4},
		{AskedNextMorning, "mi nieta pesa 20 libras el dolor anda por el 7", 7},
		// counts
		{AskedWeekly, "4 días me dolió y 3 no tanto", none},
		{AskedHomework, "hice cuatrox8 y me duele", none},
		{AskedEvening, "hoy fue la sesión 6 y me duele", none},
		{AskedEvening, "hago 2 series o 4? un 5", 5},
		{AskedEvening, "la presión en 14 con 9, dolor 3", 3},
		{AskedEvening, "son las 9 y ando en 4", 4},
		{AskedH48, "hoy 0 ejercicio, me duele feo", none},
		{AskedH48, "hoy 0, hice ejercicio", 0},
		// what nobody asked for
		{AskedNone, "le pongo 6, son muchas vueltas", 6},
		{AskedNone, "igual, un 7, ya van 3 semanas", 7},
		{AskedNone, "ayer estaba en 9, hoy en 3", 3},
		{AskedNone, "un 8 digo un 4", 4},
		{AskedNone, "entre 4 y 5", 5},
		{AskedNone, "entre 4 y 5 llego", none},
		{AskedNone, "mínimo un mes", none},
		{AskedNone, "un 10 para la terapeuta", none},
		{AskedNone, "hoy 3 sesiones", none},
		{AskedNone, "no pude enderezarme, 8", 8},
		{AskedNone, "no puedo ir, 5 minutos tarde", none},
	} {
		got := Understand(tt.asked, tt.text, Spanish).Pain
		if (got == nil) != (tt.pain == none) || got != nil && *got != tt.pain {
			t.Errorf("[%s] %q: pain %v, want %v", tt.asked, tt.text, show(got), tt.pain)
		}
	}
}
