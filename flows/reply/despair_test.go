package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

// TestIntentIsHeardThroughItsScope has wishes to be dead that stand after a denial, a
// condition or somebody else that they do not belong to, and some typed in haste.
func TestIntentIsHeardThroughItsScope(t *testing.T) {
	for _, text := range []string{
		"if this next shot doesnt work I'm killing myself, thats a promise",
		"im not fine i wanna die",
		"no point in pt if im going to kill myself",
		"i wasnt kidding about wanting to die",
		"I buried my wife in March and I'd like to join her. Soon.",
		"my wife hid all the pills from me",
		"this is the last time youll hear from me",
		"still here why. i wanted to die last night, fine now",
		"who do I call when I think I may do myself harm",
		"whats that number for people who wanna die",
		"i dnt wanna liv no mor",
		"dont want 2 b here no more",
		"i hve a plan 2 die",
		"su1cidal again",
		"i wnat to die",
		"lost the job lost my girl, dont wanna live no more",
		"wrote my kids goodbye letters last night",
		"my kids dont know i want to kill myself",
		"lost my wife to cancer, i want to kill myself",
		"my mom has cancer and dont want to live anymore",
		"after the surgery im suicidal",
		"without my wife i just want to hang myself",
		"llevo 3 días sin dormir y quiero matarme",
		"me corté anoche las muñecas",
		"se murió mi mamá y no quiero despertar",
		"mi hija está en la escuela y quisiera estar muerta",
		"mi hermano se mató el año pasado y voy a pegarme un tiro",
		"hace dos semanas que guardo las pastillas y pienso tomármelas todas",
		"mi hermano se quiso ahorcar anoche, es paciente de ustedes",
		"goodbye everyone. dont blame yourselves for me taking my life",
	} {
		if got := flagOf(text); got != reply.MentalHealthCrisis {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestHarmlessNeighboursStayQuiet has what shares the words of a wish to be dead.
func TestHarmlessNeighboursStayQuiet(t *testing.T) {
	for _, text := range []string{
		"havent done my homework yet, going to do it tonight",
		"tried last night, worked",
		"took all my pills for the day",
		"delete me from your text list",
		"put the gun in the safe and my back was fine",
		"pulled the trigger on the adjustable bed",
		"about to jump on a call",
		"picked out a rope at home depot for the swing",
		"goodbye old mattress",
		"left a note for my wife on the counter about dinner",
		"i wont be here next month, cruise",
		"need 2 more bands",
		"Kill me now this meeting could have been an email",
		"could sleep forever after that drive",
		"gonna end it there for today, 2 sets is plenty",
		"my time is up at 4, can we start early",
		"me da miedo lastimarme la espalda si levanto 40 kilos",
		"colgarme de la barra me ayuda?",
		"organicé todas mis pastillas en la cajita",
		"mi vecina se quiso matar la semana pasada, muy fuerte, yo bien",
	} {
		if got := flagOf(text); got != "" {
			t.Errorf("%q: %q", text, got)
		}
	}
}
