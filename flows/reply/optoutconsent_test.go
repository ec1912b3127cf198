package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

// wholeEnds end the texts by what is said about them as a whole.
var wholeEnds = []string{
	"I'd appreciate not receiving any more of these", "le ruego no volver a contactarme por este medio", "DNC this number",
	"last chance to take me off", "tell whoever runs this that Lorraine wants off", "please cease with these",
	"no more deadlift texts or any texts please", "I take back my ok", "you no longer have my ok", "my ok to text is taken back",
	"i dont give you permission to text me", "no les doy permiso para mandarme mensajes", "revoco mi autorización para los mensajes",
	"that was the last one i want to get", "please let this be the last message I get from you", "que este sea el último mensaje",
	"este es el último que quiero recibir", "ok enough with the robot", "basta ya con este robot", "wrong guy, please stop with the back pain stuff",
	"3 but I can't keep doing these every morning. Please take me off them altogether", "quitame de eso que me llega a cada rato",
	"Bot, go away and don't come back", "im on your list, take me off it", "my mom does not want these", "díganle al que maneja esto que me saque",
	"Would it be possible to be removed from the automated messages?", "no m escriban + x favor", "please re move me from the texts",
	"stop por favor, ya no quiero nada", "I never want to see another one of these", "please leave my mother alone", "ya me tienen cansado con tanto mensajito",
	"quiero que cesen los mensajes", "marking you as junk, bye", "will you make these stop", "can these texts please stop",
}

// otherEnds sound like it and end something else.
var otherEnds = []string{
	"I'd appreciate not getting the early slot", "let this be the last flare", "please let this be the last spasm",
	"i never gave permission for the surgery", "no di permiso para la cirugía", "doc took back the ok to lift", "my permission slip is expired",
	"i cut off contact with my ex", "gonna try 10 more lbs unless you say stop", "deja de mandarme stickers de gatos", "i take back my 5, its a 3", "that was the last text i got", "that was the last set i could get", "last one i want to do is deadlifts",
	"espero que sea el último brote", "enough with the lunges", "basta de sentadillas", "done with the computer for today", "enough with the snow already",
	"doc said to take me off them", "the pills make me sick, can you take me off them", "im on two planks a day, take me off them",
	"my mom doesnt want these exercises", "tell the clinic my back is fine", "tell the front desk i want out of the 3pm slot",
	"pain go away and don't come back", "fuera de eso bien", "no volver a cargar así, lección aprendida", "i beg you, fix my back",
	"no more deadlifts today", "would it be possible to be moved to 3pm", "le ruego que me llamen", "had to cease with the squats", "ya paré", "when will the texts stop", "will these end with week 12", "how will the texts stop", "my back wont leave my mother alone either",
}

func TestEndsByWhatIsSaidOfAll(t *testing.T) {
	for _, text := range wholeEnds {
		if got := reply.Understand(reply.AskedNone, text, reply.English).Intent; got != reply.IntentStop {
			t.Errorf("%q: %s, want stop", text, got)
		}
	}
	for _, text := range otherEnds {
		if got := reply.Understand(reply.AskedNone, text, reply.English).Intent; got == reply.IntentStop {
			t.Errorf("%q: stop", text)
		}
	}
}
