package reply_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"backstop/flows/reply"
)

func TestInterference(t *testing.T) {
	for want, texts := range map[reply.Interference][]string{
		reply.InterferenceNone: {"workdays|0", "workdays|none", "workdays|didn't miss any", "interference|A", "interference|a. no", "interference|no", "workdays|nope, 5 for 5", "workdays|no worked every day", "next_morning|3 but im at work",
			"next_morning|working as usual, 2", "workdays|ninguno"},
		reply.InterferenceSome: {"interference|b", "interference|B some things", "evening|6 and had to lie down", "next_morning|5, barely slept", "workdays|left 2 hrs early on monday but didnt miss",
			"homework|skipped it, back was at a 6", "homework|got thru 1 set then quit, pain shot up to a 6", "homework|did half, back grabbed at a 5 so i stopped", "next_morning|5, going in late because of my back", "evening|2 sore 4 yoga", "next_morning|6 y no puedo agacharme",
			"h48|worse, 6, had to cancel golf", "evening|6, wife had to unload the groceries cause i couldnt", "next_morning|peor, no pude llevar a los niños a la escuela, 7", "evening|6, had to stop mowing"},
		reply.InterferenceSevere: {"interference|C", "workdays|2", "workdays|1 day", "workdays|two and a half days", "next_morning|cant get out of bed", "relapse|yes, 2 since then, lost 1 day of work",
			"next_morning|can't put my socks on", "next_morning|no pude levantarme de la cama", "workdays|falté 3 dias", "next_morning|called in sick",
			"next_morning|couldnt get my pants on by myself. 8", "next_morning|no me puedo ni vestir sola del dolor de espalda", "workdays|Out Mon and Tues", "workdays|just wednesday", "next_morning|7 mi esposo me vistió"},
		reply.InterferenceUnknown: {"evening|3", "next_morning|slept 6 hrs, pain 4", "next_morning|1. up all night w the baby", "evening|had to stop early, 4",
			"evening|hurts when i sneeze", "next_morning|slept 9 hours, 2", "none|A", "evening|b",
			"next_morning|limping around the house but my back's ok it's my toe", "homework|didnt get to it, work til 9. back is a 1", "next_morning|5. Is that normal day after?",
			"h48|5. need to cancel tomorrow", "evening|couldnt get a ride", "none|spasms started at work, 7", "none|back finally quit acting up",
			"homework|no. bailed, power went out at the gym", "evening|4, skipped dessert lol",
			"workdays|retired, nothing to miss", "homework|skipped, knee hurt", "next_morning|no work today its sunday, 3", "next_morning|took a sick day, stomach bug. back 1", "homework|no i pulled a calf muscle so i sat it out", "evening|the one w the red walker here. two", "none|cant get a full breath even sitting"},
	} {
		for _, c := range texts {
			asked, text, _ := strings.Cut(c, "|")
			if got := reply.Understand(reply.Asked(asked), text, reply.English).Interference; got != want {
				t.Errorf("[%s] %q: %q, want %q", asked, text, got, want)
			}
		}
	}
}

func TestFlare(t *testing.T) {
	for want, texts := range map[string][]string{
		"true": {"evening|flared up", "next_morning|my back went out", "next_morning|way worse", "next_morning|worse, couldnt sleep", "flare_check|yes", "flare_check|si", "relapse|2",
			"relapse|yes", "next_morning|se me trabó la espalda", "next_morning|locked up overnight", "weekly|missed 2 days of work", "evening|threw my back out again",
			"next_morning|seized up brushing my teeth", "flare_check|sí y no pude dormir", "flare_check|sí y no para", "flare_check|yes and no meds touch it",
			"evening|flare has not let up, 6"},
		"false": {"flare_check|no", "flare_check|not a flare", "relapse|none", "next_morning|fine", "next_morning|same as always", "next_morning|no pain", "evening|0",
			"next_morning|not worse", "next_morning|better, 2", "h48|all gone", "next_morning|mejor", "homework|done, back was fine before during and after",
			"next_morning|just great, 1", "h48|flare ended last night, 1 now", "flare_check|it passed"},
		"null": {"evening|3", "next_morning|a bit worse", "next_morning|worse", "flare_check|kinda", "next_morning|creeping up", "evening|9", "evening|did 3x5, felt good, back 3",
			"next_morning|coffee first. ok 3", "evening|not great, not terrible", "weekly|unos días bien, otros no", "next_morning|good, well not so good", "next_morning|un 3 no, mejor pon 4", "evening|oh lovely, a 7",
			"weekly|worst = 5. average = 2. today = 1.", "flare_check|sí y no", "flare_check|yes and no, comes and goes",
			"evening|5, a brand new ache in the spine"},
	} {
		for _, c := range texts {
			asked, text, _ := strings.Cut(c, "|")
			got := "null"
			if f := reply.Understand(reply.Asked(asked), text, reply.English).Flare; f != nil {
				got = fmt.Sprint(*f)
			}
			if got != want {
				t.Errorf("[%s] %q: %s, want %s", asked, text, got, want)
			}
		}
	}
}

func TestIntents(t *testing.T) {
	for want, texts := range map[reply.Intent][]string{
		reply.IntentStop: {"none|STOP", "none|Stop please", "none|pls stop texting me", "none|leave me alone", "none|remove me from your list", "none|no more texts", "none|quit bugging me",
			"none|can you stop texting me", "none|you text too much, stop", "none|these texts are annoying stop them", "none|i didnt sign up for this, stop", "none|how do i stop these texts",
			"none|unsubscribe", "none|opt out", "none|END", "none|Quit", "none|CANCEL", "none|i revoke my consent", "none|i said stop", "none|go away", "none|alto", "none|ALTO", "none|parar", "none|ya no quiero mensajes",
			"none|no me manden mas mensajes", "none|quiero darme de baja", "none|dejen de escribirme", "none|borren mi numero", "none|ya basta de mensajes", "none|STOP i cant feel my legs", "evening|stop",
			"none|wrong number, stop texting me", "none|STOP texting. i have chest pain",
			"none|stop this is the 3rd time ive asked", "none|this is his wife. He doesnt want the check ins, please take him off", "none|i get enough texts, i'd like out of this one", "none|i asked the front desk to take me off",
			"none|these texts are annoying", "none|delete me off this", "none|i dont want to be in this", "evening|3. stop", "none|mom says no more texts", "none|nooo more texts", "none|por favor cancelen", "none|i never agreed to be texted",
			"none|get me off this robot thing", "none|my wife says she wants these to stop", "none|not interested take me off", "none|im not a patient anymore take me off", "none|my daughter set this up i dont want it", "none|text me 1 more time and ill sue", "none|dice mi mama que ya no manden mensajes",
			"none|discharged last week so u can stop", "none|my wife would like to be taken off these", "none|🛑", "none|stop calling and texting me",
			"none|im not answering any more of your questions", "none|les he pedido varias veces que paren", "none|mi abuela no quiere seguir recibiendo mensajes", "none|sus mensajes me molestan",
			"none|stop or i call my lawyer", "homework|NO MORE", "homework|stop stop stop its 6 am", "homework|turn em off permanently", "homework|wrong person!! no more",
			"homework|3. btw stop these, i'll just tell Kim in person", "homework|skip. stop.", "homework|for the last time: STOP", "homework|no quiero esto",
			"none|how often do i have to say it. STOP. TEXTING. ME.", "evening|2. last one, im done getting these", "none|dad died last week please take his number off",
			"next_morning|these are stressful and make me think about my back all day. I'd like them to stop", "none|me quiero desapuntar de estos SMS",
			"none|le agradecería que borrara mi teléfono", "none|can u guys just not text me", "none|he doesnt want these anymore",
			"weekly|0 all week and im good without these now", "none|u need to stop w the msgs", "none|take me outta ur system", "none|why is it so hard to get off this list",
			"none|no quiero que este número reciba más mensajes", "none|prefiero ya no recibirlos",
			"none|stop -Jim", "none|my boss sees my phone so no more texts", "none|grandpa cant work a phone. take him off please", "none|what part of no dont u get",
			"none|my mother asks that you stop messaging her", "none|ya no quiero nada de la clínica", "none|time to unsubscribe"},
		reply.IntentStart: {"none|START", "none|unstop", "none|sign me back up"},
		reply.IntentHelp:  {"none|HELP", "none|INFO", "none|ayuda", "none|who is this", "none|is this a bot?", "none|quien es?"},
		reply.IntentWrongPerson: {"none|wrong number", "none|numero equivocado", "none|this isnt linda, she changed phones", "none|this is not marias phone", "none|this used to be my brothers phone, he's in Reno now", "none|nobody here by that name",
			"none|Maria passed away in march"},
		reply.IntentHomeworkDone: {"homework|DONE", "homework|done 1", "homework|yes", "homework|did 2 outta 3 sets", "homework|3x5 @ 185", "homework|hecho", "homework|had to stop after set 2, pain went up to 5",
			"homework|done, skipped nothing", "homework|si la hice", "homework|had to quit early, hamstring cramped up", "homework|2 outta 3", "homework|done, what's next?"},
		reply.IntentHomeworkSkipped: {"homework|SKIP", "homework|no", "homework|not yet, will do tonight", "homework|i was at work till 9 so no", "homework|forgot", "homework|no pude hoy", "homework|couldnt get a ride", "homework|my ride bailed", "homework|no i pulled a calf muscle at softball so i sat it out", "homework|dont want to do it today"},
		reply.IntentAnswer: {"evening|3", "evening|meh", "evening|😩", "evening|👍", "next_morning|fine", "weekly|not awesome", "next_morning|had to take 2 advil again", "evening|2 thumbs up", "workdays|0", "travel_pre|no", "travel_pre|nothing planned", "flare_check|kinda? not sure",
			"consent|YES", "consent|no", "relapse|no", "which|2", "score|7", "next_morning|feels like someone parked a truck on it", "flare_check|ni idea", `evening|Liked "BACK pain right now, 0-10?"`},
		reply.IntentPainReport: {"none|back is stiff", "none|my shoulder is killing me", "none|the pain wont go away", "none|pain is a 4", "none|my back just went out", "none|hurts every time i cough, should i be worried", "none|twisted my knee on the stairmaster", "homework|back is at a 6 today", "travel_pre|back is a 5 today",
			"evening|just my shoulder, 6/10", "next_morning|crick in my neck, 7/10"},
		reply.IntentTravelTrigger: {"travel_pre|flying to denver on the 14th", "none|driving 9 hours tomorrow", "none|just drove 8 hrs", "travel_pre|yes", "travel_pre|yes flying home for christmas dec 22"},
		reply.IntentReschedule: {"none|running 10 min late", "none|can we move my appt to friday", "none|need to cancel tomorrow", "none|book that free call", "none|cambiar mi cita", "none|need to end up moving my 3:30 to a 5", "none|my ride bailed cant make it",
			"none|me pueden dar de baja la sesión del jueves", "none|need to end my session early tomorrow", "none|opting out of tomorrows 9am, sick"},
		reply.IntentQuestion: {"none|can i swim?", "none|is 135 too much", "none|can kettlebells replace the barbell", "none|call me please", "none|puedo usar hielo", "none|dr said to stop the naproxen, is tylenol ok with the exercises", "none|did i miss a text or did they end",
			"homework|which day is the deadlift one again?", "homework|wait is it 3x5 or 5x3 this week?", "none|should i stop deadlifting?",
			"none|can you text me at 10 instead of 8:30?", "none|stop texting me at night", "none|no me manden mensajes en la noche", "none|could you text less often", "evening|Can u send the evening one at 6?",
			"none|how do i cancel the autopay on my account", "none|how do I revoke the release I signed"},
		reply.IntentThanks: {"none|thanks!", "none|ok will stop at 5", "none|no need to call back, thanks", "none|k", "none|👍", "none|got it", "none|gracias"},
		reply.IntentOther:  {"none|happy friday", "none|lol", "none|asdf", "none|the weather is killing me", "none|my dog will not stop barking at the mailman"},
	} {
		for _, c := range texts {
			asked, text, _ := strings.Cut(c, "|")
			if got := reply.Understand(reply.Asked(asked), text, reply.English).Intent; got != want {
				t.Errorf("[%s] %q: %s, want %s", asked, text, got, want)
			}
		}
	}
}

func TestWhatIsNoOptOut(t *testing.T) {
	for _, text := range []string{"had to stop after set 2", "cancel tomorrow's appointment", "the pain won't stop", "the pain wont go away", "pain wont leave me alone", "my wife had to get me off the floor",
		"how do i stop this pain", "should i stop everything for now", "done with these exercises", "i have taken off work", "make it stop", "no more squats please", "bus stop bench hurt my back",
		"i quit after 2 sets", "pain makes me want to quit", "take me off the meds?", "estoy de baja por la espalda", "me dieron de baja en el trabajo", "no mas un 3", "tuve que parar en la serie 2", "ya no me duele",
		"no para el dolor", "el dolor no me deja en paz", "cancelar mi cita", "can you stop by and look at my form", "is this the end of the program", "got off the list of blood thinners",
		"read your text. when pain hits 5 i stop", "should i text you if i have to stop?", "please stop sending me memes lol", "felt a twinge on rep 3, stop or keep going?",
		"told the car warranty people to take me off their list", "le dije al banco que ya no me mande mensajes", "BBVA: compra por $250. Responda BAJA para no recibir avisos", "omg stop 😂", "ya párenle jajaja, 80 kilos ni loca",
		"i sent stop to the pharmacy texts", "pause the texts while im away", "unsubscribe me from the email list, texts are fine", "alto nivel de estrés", "doc said stop lifting", "drop my mom off at 2", "these texts dont bother me",
		"did you take me off the list?", "2x10 and stop", "2 sets, enough", "did the first two sets, no more", "the timer said stop",
		"should i stop these", "wish these days would just end", "7, dont ask", "did all 3. no more after this one",
		"can you take her name off my emergency contact", "quiero dejar el programa de ejercicios", "how do i get off the couch", "hace años se me dormía el pie pero ya no", "me gusta que me pregunten, no paren",
		"before i block out friday, is dr lee in", "should i pause these for a week", "do you still text me on holidays?", "stop - go traffic all day, 4",
		"borren mi número viejo, este es el nuevo", "my coach says no more deadlifts",
		"mom says no more lifting", "how do i get off THEIR list", "por favor cancelen lo de mañana", "nooo more deadlifts", "did the texts end", "no more than usual"} {
		for _, asked := range []reply.Asked{reply.AskedNone, reply.AskedEvening, reply.AskedHomework} {
			if got := reply.Understand(asked, text, reply.English).Intent; got == reply.IntentStop {
				t.Errorf("[%s] %q opts out", asked, text)
			}
		}
	}
}

func TestDaysOffAndCounts(t *testing.T) {
	days := func(v float64) *float64 { return &v }
	for c, want := range map[string]*float64{
		"workdays|0": days(0), "workdays|nope, 5 for 5": days(0), "workdays|2": days(2), "workdays|two and a half days": days(2.5), "workdays|none": days(0), "workdays|missed monday and tuesday": days(2), "workdays|un día": days(1),
		"workdays|never missed a day": days(0), "workdays|12": nil, "weekly|7, missed 2 days": days(2), "evening|3": nil, "relapse|one flare, missed 3 days of work": days(3), "workdays|falté 3 dias": days(3),
	} {
		asked, text, _ := strings.Cut(c, "|")
		if got := reply.Understand(reply.Asked(asked), text, reply.English).DaysOff; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", c, shown(got), shown(want))
		}
	}
	count := func(v int) *int { return &v }
	for c, want := range map[string]*int{
		"relapse|2": count(2), "relapse|no": count(0), "relapse|twice": count(2), "relapse|none": count(0), "score|7": count(7), "score|7/10": count(7), "score|10": count(10), "score|11": nil, "score|ok": nil,
		"which|2": count(2), "which|1": count(1), "evening|2": nil, "score|siete": count(7),
	} {
		asked, text, _ := strings.Cut(c, "|")
		if got := reply.Understand(reply.Asked(asked), text, reply.English).Count; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", c, shown(got), shown(want))
		}
	}
}

func shown[T any](v *T) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprint(*v)
}

func TestTrips(t *testing.T) {
	for c, want := range map[string]*reply.Trip{
		"travel_pre|flying to denver on the 14th": {Kind: "flight", When: "14"},
		"travel_pre|driving to vegas friday":      {Kind: "drive", When: "friday"},
		"travel_pre|voy en avion el martes":       {Kind: "flight", When: "tuesday"},
		"none|just drove 8 hrs":                   {Kind: "drive", When: "just_finished"},
		"travel_pre|moving to a new house july 4": {Kind: "move", When: "july 4"},
		"travel_pre|no trips planned":             nil,
		"none|my car is red":                      nil,
	} {
		asked, text, _ := strings.Cut(c, "|")
		if got := reply.Understand(reply.Asked(asked), text, reply.English).Trip; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", c, got, want)
		}
	}
}

func TestEffortWorryAndGraph(t *testing.T) {
	got := reply.Understand(reply.AskedEvening, "rpe 8, back 3, a bit worried. how am i doing?", reply.English)
	if got.Effort == nil || *got.Effort != 8 || !got.Worry || !got.Graph || got.Pain == nil || *got.Pain != 3 {
		t.Errorf("%+v", got)
	}
	if got := reply.Understand(reply.AskedEvening, "3, not worried", reply.English); got.Worry || got.Effort != nil || got.Graph {
		t.Errorf("%+v", got)
	}
}

func TestAnAppointmentIsNamed(t *testing.T) {
	for text, want := range map[string]bool{
		"can we move my appointment to tuesday": true, "puedo cambiar mi cita para el martes?": true, "session with mike at 3?": true,
		"can we move it to tuesday": false, "tuesday works better": false, "lo hago el martes": false,
	} {
		if got := reply.Understand(reply.AskedHomework, text, reply.English); got.Visit != want {
			t.Errorf("%q names an appointment: %v, want %v", text, got.Visit, want)
		}
	}
}

func TestLeftOverIsWhatNobodyUnderstood(t *testing.T) {
	for text, want := range map[string]string{
		"3":                                "",
		"about a 4, back is tight":         "",
		"2 and the new insoles are great":  "insoles",
		"no numbness":                      "",
		"my dog ate the zorbler, pain 3":   "zorbler",
		"numb fingers after gripping":      "fingers",
		"the nurse said turmeric is magic": "turmeric",
	} {
		got := strings.Join(reply.Understand(reply.AskedEvening, text, reply.English).LeftOver, " / ")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: left over %q, want %q", text, got, want)
		}
	}
}
