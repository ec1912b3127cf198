package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

// leavings end the texts by leaving what they belong to, or by an order that is turned to us.
var leavings = []string{
	// the program left
	"please drop me from the pain survey program", "I'm withdrawing from the reminder thing", "i want to end my enrollment in your back texting service",
	"cancel my place with the check in program", "count me out of the whole progam", "me gustaría salir del seguimiento", "cancelen mi lugar en lo de los textos",
	"ya no voy a seguir con el programa de textos si se puede", "sáquenme del monitoreo de la espalda",
	// a list named by its kind
	"remove me from the call and text list", "can u take me off the follow up list", "6 today. take me off of the sms list",
	// what follows a wish: a plea, thanks, a reason
	"stop your messages if thats ok", "please opt me out if it's not too much trouble", "dont message me for now on", "no further texts since im moving",
	"no more texts bc my plan charges me", "take me off your list because my wife signed me up", "no me escriban porque me despiertan", "bórrenme de la lista mil gracias",
	"turn off the reminders ok", "paren con los textos si es tan amable",
	// an order turned to us, whatever was said before
	"my dad died last month pls stop the texts", "this isnt helping me please unsubscribe me", "mi marido se enoja denme de baja", "se despierta la niña quiero cancelar los mensajes",
	"mi hermana usa este cel quiten el número",
	// the texts named by what they are about
	"make the pain check texts go away", "stop the exercise reminders", "quit bugging me with these back surveys", "i dont want any more messages about my stretches",
	"dont sned me anymore", "dejn d mandar eso", "opt oit", "ya no use este numero por favor", "no longer contact this number", "reply stop", "para los mensajes", "ALTO prefiero llamar", "kill the notifications",
}

// stayings sound like it and leave something else, or nothing.
var stayings = []string{
	"i quit the gym program last week", "cancel my place in the yoga class", "cancel my spot for the 3pm", "i left the group class early", "drop out of the race hurt my back",
	"im thinking about quitting the pool program", "what happens if i leave the program", "changed my mind about quitting the texts, start them up", "leave me a text when the doc is in",
	"dejé el programa de natación", "no quiero salirme del seguimiento", "no quiero dejar el programa", "no quiero seguir con los ejercicios", "voy a dejar un mensaje en la oficina",
	"done with phase 1 of the program, 100 kg", "quiero dejar el programa de ejercicios para la tarde",
	"Can you remove my brother as my emergency contact?", "unsubscribe me from back pain lol. 6 today", "my meds kill my immune system and i hurt",
	"stop calling, texts are perfect", "no me llamen, los mensajes sí", "dont text me before noon please", "please no texts in the morning, nights are fine",
	"drop my old number and put 555-0128", "remove Nora from my contacts, put Luis, its 919 555 0125", "quiten mi num viejo y usen el 512 555 0188",
	"had to block some telemarketer", "gotta unsubscribe from some political texts", "tuve que bloquear un número de spam",
	"told my group chat to lose my number", "mi comadre ya no quiere mensajes pero yo sigo", "ya le dije a mi sobrino que ya no, que deje de molestar",
	"done mano, 185 x 5, el belt ni lo usé", "rather not guess a number, could somebody phone me", "I revoke my last answer, its a 3",
	"la espalda baja no deja de molestar", "I no longer use this phone for work", "he can no longer text and drive", "ya no me llegan los recordatorios, pasó algo?",
}

func TestLeavesTheTexts(t *testing.T) {
	for _, text := range leavings {
		if got := reply.Understand(reply.AskedNone, text, reply.English).Intent; got != reply.IntentStop {
			t.Errorf("%q: %s, want stop", text, got)
		}
	}
	for _, text := range stayings {
		if got := reply.Understand(reply.AskedNone, text, reply.English).Intent; got == reply.IntentStop {
			t.Errorf("%q: stop", text)
		}
	}
}
