package reply_test

import (
	"strings"
	"testing"

	"backstop/flows/reply"
)

// A grid is every combination of its lists in its frames, where {a} and {b}
// stand for one of each.
type grid struct {
	want   reply.RedFlag
	frames []string
	a, b   []string
}

func (g grid) texts() []string {
	b := g.b
	if len(b) == 0 {
		b = []string{""}
	}
	var out []string
	for _, frame := range g.frames {
		for _, x := range g.a {
			for _, y := range b {
				out = append(out, strings.NewReplacer("{a}", x, "{b}", y).Replace(frame))
			}
		}
	}
	return out
}

var (
	saddles = []string{"crotch", "groin", "genitals", "private parts", "butt", "bottom", "inner thighs", "saddle area", "vagina", "penis", "area between my legs", "rear end"}
	limbs   = []string{"foot", "left leg", "thigh", "big toe", "calf", "ankle", "shin", "toes"}
	bothOf  = []string{"both legs", "both feet", "my legs", "both calves"}
)

// grids are the parts of clinical rules 1 to 5, combined: no list of phrases
// could hold them.
var grids = []grid{
	{reply.CaudaEquina, []string{"my {a} is {b}", "my {a} feels {b} since yesterday", "back is a 3 but my {a} went {b}", "{b} in my {a}"}, saddles, []string{"numb", "asleep", "dead", "tingly", "numb and tingly"}},
	{reply.CaudaEquina, []string{"cant feel my {a}", "i have no feeling in my {a}", "lost feeling in my {a}", "the feeling in my {a} is gone", "i dont feel anything in my {a}", "less feeling in my {a} than normal", "numbness around my {a}", "my {a} isnt there when i sit, numb"}, saddles, nil},
	{reply.CaudaEquina, []string{"{a} are {b}", "{a} went {b} today", "{b} in {a}"}, bothOf, []string{"numb", "weak", "tingly", "tingling"}},
	{reply.CaudaEquina, []string{"cant feel {a}", "no feeling in {a}", "cant move {a}", "{a} keep giving out", "{a} wont hold me", "{a} are getting weaker", "pins and needles in {a}"}, bothOf, nil},
	{reply.CaudaEquina, []string{"{a} {b}"}, []string{"i cant", "i havent been able to", "unable to", "i can barely", "its hard to", "having trouble", "i struggle to"}, []string{"pee", "urinate", "empty my bladder", "start peeing", "hold my pee", "control my bowels", "feel when i pee"}},
	{reply.CaudaEquina, []string{"{a}", "back is a 4 and {a}", "hi this is his wife, {a}"}, []string{"i peed myself", "i wet the bed", "i pooped myself", "lost bowel control", "i lost control of my bladder", "im leaking urine", "cant tell when i need to pee", "no urge to pee", "cant feel when i wipe", "havent peed all day", "cant get an erection", "no sensation during sex"}, nil},
	{reply.NeuroDeficit, []string{"my {a} is {b}", "my {a} went {b}", "my {a} has been {b} since monday", "{b} {a}"}, limbs, []string{"numb", "weak", "completely numb", "dead"}},
	{reply.NeuroDeficit, []string{"cant feel my {a}", "i lost feeling in my {a}", "weakness in my {a}", "i cant lift my {a}", "my {a} wont move", "my {a} refuses to work", "losing strength in my {a}", "no power in my {a}", "the feeling in my {a} is gone"}, limbs, nil},
	{reply.NeuroDeficit, []string{"my {a} {b}", "my {a} {b} on the stairs"}, []string{"leg", "knee", "right leg"}, []string{"gave out", "keeps giving way", "buckled", "collapses", "folds under me", "went out from under me"}},
	{reply.CaudaEquina, []string{"my {a} feels like {b}", "it is like {b} on my {a}", "touching my {a} is like touching {b}"}, []string{"crotch", "bottom", "inner thighs", "private area"}, []string{"leather", "rubber", "a mannequin", "someone elses"}},
	{reply.CaudaEquina, []string{"my {a} {b}", "my {a} {b} when i walk"}, []string{"poop", "pee", "stool", "urine"}, []string{"slides out", "falls out of me", "comes out on its own", "runs down my leg"}},
	{reply.CaudaEquina, []string{"my {a} is {b}", "since monday my {a} {b}"}, []string{"bladder", "bowel"}, []string{"ignoring me", "on strike", "switched off", "offline"}},
	{reply.NeuroDeficit, []string{"i told my {a} to move and it {b}", "telling my {a} to lift, {b}"}, []string{"foot", "toes", "ankle"}, []string{"didnt", "stays", "ignores me", "nothing"}},
	{reply.NeuroDeficit, []string{"my {a} feels like {b}", "my {a} is like {b}"}, []string{"left foot", "shin", "calf"}, []string{"wood", "a prosthetic", "rubber", "someone elses"}},
	{reply.TraumaFracture, []string{"i {a} {b}", "back hurts, {a} {b}"}, []string{"fell off", "fell from", "slipped off", "got thrown off"}, []string{"a ladder", "the roof", "my bike", "a horse", "a stool"}},
	{reply.TraumaFracture, []string{"{a}", "{a} and my back hurts"}, []string{"i fell down the stairs", "i slipped on ice", "car accident", "i got rear ended", "got hit by a car", "a tree fell on me", "i landed on my tailbone", "my horse threw me"}, nil},
	{reply.Infection, []string{"{a}", "{a} and my back hurts", "i have {a}"}, []string{"fever", "chills", "temp of 101", "a 103 fever", "shaking chills"}, nil},
	{reply.Infection, []string{"my {a} is {b}"}, []string{"incision", "scar", "injection site"}, []string{"red", "oozing", "hot", "infected", "draining pus"}},
	{reply.Cancer, []string{"i had {a} cancer and {b}", "history of {a} cancer, {b}"}, []string{"breast", "prostate", "lung"}, []string{"now my back hurts at night", "new back pain", "the pain wakes me at night"}},
	{reply.Cancer, []string{"i lost {a} {b}", "down {a} {b}"}, []string{"10 lbs", "8 kilos"}, []string{"without trying", "and im not dieting", "for no reason"}},
	{reply.VascularAAA, []string{"{a} {b} pain in my back", "{a} {b} pain from belly to back"}, []string{"sudden", "out of nowhere a"}, []string{"tearing", "ripping"}},
	{reply.ChestPain, []string{"{a}", "back is fine but {a}", "{a} since this morning"}, []string{"chest pain", "my chest is tight", "pressure in my chest", "cant breathe", "trouble breathing", "coughing up blood", "left arm pain and sweating"}, nil},
	{reply.OtherEmergency, []string{"{a}", "{a} this morning"}, []string{"i passed out", "my face is drooping", "my speech is slurred", "my calf is swollen and hot", "had a seizure", "throat is closing", "lost vision in one eye", "throwing up blood"}, nil},
	{reply.MentalHealthCrisis, []string{"{a}", "{a} lol", "back is a 7. {a}"}, []string{"i want to die", "kms", "i want to end it all", "i dont want to live", "no point in living", "nobody would miss me", "wish i wouldnt wake up", "im gonna take all my pills", "thinking about driving off the bridge", "i dont see a reason to go on living"}, nil},
	{reply.CaudaEquina, []string{"no siento {a}", "se me durmio {a}", "hormigueo en {a}", "perdi la sensibilidad en {a}"}, []string{"la entrepierna", "el pene", "las nalgas", "entre las piernas"}, nil},
	{reply.CaudaEquina, []string{"{a}", "{a} desde ayer"}, []string{"no puedo orinar", "se me sale la orina", "no siento cuando me limpio", "se me duermen las dos piernas"}, nil},
	{reply.NeuroDeficit, []string{"no siento {a}", "no puedo mover {a}", "{a} no me responde", "perdi fuerza en {a}"}, []string{"el pie", "la pierna izquierda"}, nil},
}

func TestEveryCompositionRaisesItsFlag(t *testing.T) {
	n := 0
	for _, g := range grids {
		for _, text := range g.texts() {
			n++
			if got := flagOf(text); got != g.want {
				t.Errorf("%q: %q, want %q", text, got, g.want)
			}
		}
	}
	t.Logf("%d texts", n)
}

// company is what people write around it; none of it may take the flag back.
var company = []string{"idk if it matters but {a}", "{a}??", "hey {a} is that normal", "2. {a}", "3/10 but {a}", "not sure if related, {a}", "slept 7 hrs, took 2 advil, {a}", "no fever but {a}",
	"the pain is better but {a}", "my wife told me to text you, {a}", "{a}. should i still lift tomorrow?",
	"{a}. pain is better though", "{a}. back itself is fine", "{a}, the pain is gone", "my mom thinks i should tell you, {a}"}

func TestCompanyDoesNotTakeTheFlagBack(t *testing.T) {
	for i, text := range []string{"my crotch is numb", "i cant pee", "both feet tingly", "cant feel my foot", "my leg gave out", "i fell off a ladder", "my incision is oozing", "i lost 10 lbs without trying",
		"my chest is tight", "i passed out", "i want to die", "my calf is swollen and hot"} {
		want := flagOf(text)
		for _, frame := range company {
			if i == 7 && strings.Contains(frame, "lift") || want == reply.NoRedFlag {
				continue
			}
			said := strings.Replace(frame, "{a}", text, 1)
			if got := flagOf(said); got != want {
				t.Errorf("%q: %q, want %q", said, got, want)
			}
		}
	}
}

var symptoms = []string{"numbness", "weakness", "foot drop", "chest pain", "fever", "chills", "saddle numbness", "bladder problems", "leg weakness", "tingling in both legs", "shortness of breath",
	"numbness in my groin", "trouble peeing", "a blood clot", "loss of bladder control", "slurred speech", "chest tightness", "swelling in my calf"}

func TestNoCompositionSurvivesADenial(t *testing.T) {
	for _, g := range []grid{
		{a: symptoms, frames: []string{"no {a}", "no {a} at all", "i dont have any {a}", "havent had any {a}", "3, no {a}", "without {a}", "denies {a}", "negative for {a}", "no {a} or anything like that", "still no {a}", "no more {a}", "zero {a}"}},
		{a: symptoms, frames: []string{"what if i get {a}?", "what should i do if i get {a}", "is {a} something to watch for?", "how do i know if i have {a}?", "you said to call if i have {a}", "the sheet says to watch for {a}"}},
		{a: symptoms, frames: []string{"my mom has {a}", "my wife has {a}", "my dad had {a} yesterday", "my son has {a} so cant come in"}},
		{a: []string{"my foot goes numb", "i cant pee", "my leg gives out", "i get a fever", "i get chest pain", "i lose control of my bladder"}, frames: []string{"what if {a}?", "what should i do if {a}", "should i go to the er if {a}?", "if {a} should i stop?"}},
	} {
		for _, text := range g.texts() {
			if got := flagOf(text); got != reply.NoRedFlag {
				t.Errorf("%q raised %q", text, got)
			}
		}
	}
}

// TestANumberIsFoundAmongOthers puts a rating of 3 beside what else people
// count.
func TestANumberIsFoundAmongOthers(t *testing.T) {
	others := []string{"took 2 advil", "slept 7 hrs", "did 3x5 @ 135", "rpe 8", "walked 20 min", "sore at L5", "lifted at 7pm", "temp 98.6", "its been 2 days", "4 sets of 8 at 60kg", "10k steps today",
		"knee is a 6", "yesterday was a 7", "had 2 beers", "drove 4 hrs", "up at 5am", "took 800mg ibuprofen", "effort was 9", "usually a 2", "5/31 is my next visit", "hamstrings 6", "2 of my 3 kids are sick"}
	for _, asked := range []reply.Asked{reply.AskedEvening, reply.AskedNextMorning, reply.AskedH48} {
		for _, other := range others {
			for _, rating := range []string{"3/10", "pain 3", "back is a 3", "about a 3", "3 out of 10", "id say 3"} {
				for _, text := range []string{other + ", " + rating, rating + ", " + other, other + ". " + rating, other + " but " + rating} {
					got := reply.Understand(asked, text, reply.English)
					if got.Pain == nil || *got.Pain != 3 {
						t.Errorf("[%s] %q: pain %v, want 3", asked, text, shown(got.Pain))
					}
				}
			}
		}
	}
}
