package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

// TestSpanishSpelledByEar holds that a red flag is heard however it is spelled, and that what
// only looks like it is none.
func TestSpanishSpelledByEar(t *testing.T) {
	for _, c := range []struct{ meant, harmless string }{
		{"no ciento la nalga isquierda", "el dolor bajo un cincuenta por ciento"},
		{"cuando me vaño no ciento entre las piernas", "cargue ciento veinte libras, un 3"},
		{"las dos piernas no las ciento", "ciento la espalda bien"},
		{"lla no kiero bibir", "lla no kiero cafe"},
		{"la pata derexa se me dovla", "la derexa esta vien"},
		{"tengo dormida la horcajadura", "tengo dormida a la niña"},
		{"la pierna deja de responderme", "mi jefe deja de responder los mensajes"},
		{"no se detiene el sangrado de la encía", "no se detiene el camión en mi calle"},
		{"me dio un fierro en la columna y me duele", "me dio un tirón en la columna cargando fierros"},
		{"se me infló una pierna después del vuelo", "se me infló la panza con los frijoles"},
		{"ay no las dos pantorrillas dormidas", "ay no, otra vez tarde"},
		{"el dolor baja por las 2 piernas y hormiguean", "a las 2 me toca terapia"},
		{"ya no me interesa andar en esta tierra", "en esta tierra hace mucho calor"},
		{"en la silla y como si estuviera sentado en algodón", "y si me siento en una silla de algodón?"},
		{"hice del baño pura sangre", "hice del baño y hice sopa"},
		{"me anda del uno y no puedo", "del uno al diez un 3"},
	} {
		if got := reply.Understand(reply.AskedNone, c.meant, reply.Spanish).RedFlag; got == reply.NoRedFlag {
			t.Errorf("%q: no red flag", c.meant)
		}
		if got := reply.Understand(reply.AskedNone, c.harmless, reply.Spanish).RedFlag; got != reply.NoRedFlag {
			t.Errorf("%q: %s, want none", c.harmless, got)
		}
	}
}
