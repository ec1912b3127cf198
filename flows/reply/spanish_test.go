package reply_test

import (
	"strings"
	"testing"

	"backstop/flows/reply"
)

// spanishGrids are the compositions in Spanish.
var spanishGrids = []grid{
	{reply.MentalHealthCrisis, []string{"{a} {b}"},
		[]string{"quiero", "quisiera", "tengo ganas de", "estoy pensando en", "no dejo de pensar en", "he decidido", "prefiero", "me dan ganas de", "lo único que quiero es", "se me antoja", "estoy a punto de", "traté de"},
		[]string{"morirme", "matarme", "quitarme la vida", "suicidarme", "no despertar", "dejar de existir", "acabar con mi vida", "irme de este mundo", "colgarme", "tirarme del puente", "cortarme las venas", "tomarme todas las pastillas", "pegarme un tiro", "dormir para siempre", "hacerme daño"}},
	{reply.CaudaEquina, []string{"no siento {a}", "se me durmió {a}", "{a} sin sensibilidad", "apenas siento {a}", "me toco {a} y no siento", "dejé de sentir {a}", "{a} como de corcho"},
		[]string{"las nalgas", "la entrepierna", "la vagina", "el pene", "los testículos", "el periné", "la zona íntima", "las partes", "el ano", "la cola"}, nil},
	{reply.CaudaEquina, []string{"no puedo {a}", "no he podido {a} desde ayer", "me cuesta mucho {a}", "quiero {a} y no puedo", "tengo ganas de {a} y no sale nada"},
		[]string{"orinar", "hacer pipí", "mear", "vaciar la vejiga"}, nil},
	{reply.CaudaEquina, []string{"{a} {b}"}, []string{"se me sale", "se me escapa", "no controlo", "no retengo"}, []string{"la orina", "la pipí", "el pipí", "el popó", "la caca"}},
	{reply.NeuroDeficit, []string{"{a} se me dobla", "no puedo levantar {a}", "{a} no me obedece", "no tengo fuerza en {a}", "dejé de sentir {a}", "no me sostiene {a}", "{a} se queda atrás"},
		[]string{"la pierna", "el pie izquierdo", "la pierna derecha"}, nil},
}

func TestEverySpanishCompositionRaisesItsFlag(t *testing.T) {
	for _, g := range spanishGrids {
		for _, text := range g.texts() {
			if got := flagOf(text); got != g.want {
				t.Errorf("%q: %q, want %q", text, got, g.want)
			}
		}
	}
}

// spanishCompany is what people write around it.
var spanishCompany = []string{"no sé si importa pero {a}", "3, {a}", "perdón la hora, {a}", "{a}, es normal?", "el dolor va mejor pero {a}", "mi esposa me dijo que les escribiera, {a}",
	"no tengo fiebre pero {a}", "hice los ejercicios y {a}", "{a}. mañana voy a la cita", "no hice la tarea porque {a}"}

func TestSpanishCompanyDoesNotTakeTheFlagBack(t *testing.T) {
	for _, text := range []string{"no siento la entrepierna", "no puedo orinar", "se me duermen las dos piernas", "no siento el pie", "se me dobla la pierna", "me caí de la escalera", "la herida supura",
		"me duele el pecho", "me desmayé", "me quiero morir", "pienso en matarme", "tengo la pantorrilla hinchada y caliente"} {
		want := flagOf(text)
		if want == reply.NoRedFlag {
			t.Errorf("%q raises nothing", text)
		}
		for _, frame := range spanishCompany {
			said := strings.Replace(frame, "{a}", text, 1)
			if got := flagOf(said); got != want {
				t.Errorf("%q: %q, want %q", said, got, want)
			}
		}
	}
}

func TestNoSpanishCompositionSurvivesADenial(t *testing.T) {
	for _, g := range []grid{
		{frames: []string{"no tengo {a}", "nunca he tenido {a}", "ya no tengo {a}", "sin {a}", "no he tenido {a}", "dolor 3, nada de {a}", "niego {a}", "todavía no tengo {a}"},
			a: []string{"adormecimiento en las nalgas", "hormigueo en las piernas", "debilidad en la pierna", "fiebre", "dolor de pecho", "problemas para orinar", "ganas de morirme", "pensamientos suicidas", "falta de aire", "incontinencia"}},
		{frames: []string{"qué hago si {a}", "qué pasa si {a}?", "si algún día {a} voy a urgencias", "a quién llamo si {a}"},
			a: []string{"se me duermen las piernas", "no puedo orinar", "se me duerme la entrepierna", "me da fiebre", "me falta el aire", "se me sale la orina"}},
		{frames: []string{"{a}"}, a: []string{"no me orino", "no se me sale la orina", "no tengo sangre en la orina", "dejé de sentir hormigueo en la pierna", "hoy no siento nada de dolor en las piernas", "apenas siento dolor en la pierna",
			"se me durmió el pie, brinqué tantito y se me pasó", "siento la pierna cansada y no puedo correr", "hoy me mató la sesión", "me preguntó si quería hacerme daño y le dije que no"}},
	} {
		for _, text := range g.texts() {
			if got := flagOf(text); got != reply.NoRedFlag {
				t.Errorf("%q raised %q", text, got)
			}
		}
	}
}
