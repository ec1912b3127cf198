package reply

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/reply/lexicon"
)

// TestEveryKindOfScope has the words of a text and what the named word stands
// under: negated, impossible, hypothetical, someone else's, past, over, idiom.
func TestEveryKindOfScope(t *testing.T) {
	for name, c := range map[string]struct {
		kind       scope
		yes, never []string // the word looked at is in *stars*
	}{
		"negated": {negated,
			[]string{"no *numbness*", "no numbness or *weakness*", "no fever, *chills* or sweats", "not *numb* at all", "sin *fiebre*", "i dont have any *tingling*", "never had *chills*", "denies *numbness*", "short of *breath*? no.", "*numbness*: none", "*weakness*? nope, all good", "doc ruled out a *clot*", "no se me *duerme* la pierna", "*fiebre* no, puro calor", "*fever* no, just hot", "cero *fiebre*", "no he tenido *fiebre*", "ni me he *desmayado* ni mareado", "todo negativo: *fiebre*, caídas", "niego fiebre, debilidad o molestias de la *vejiga*"},
			[]string{"no pain but *numb*", "not sure but *numb*", "no i can *pee* fine", "not only *numb* but weak", "it doesnt get better i will *end* it", "no idea why im *numb*", "no pain, *numb* crotch", "no fever, *peed* the bed", "sin fiebre, todo normal al *orinar*", "*numb*? no feeling at all", "si no sale bien yo me *mato*", "sin mí todos *descansarían*"}},
		"impossible": {impossible,
			[]string{"cant *pee*", "unable to *lift* my foot", "no puedo *orinar*", "trouble *peeing*", "barely *feel* it", "hard to *pee*", "pressing the *clutch* is impossible"},
			[]string{"no trouble *peeing*", "i can *pee*", "cant sleep because i *pee* so much", "*stairs* are impossible today"}},
		"hypothetical": {hypothetical,
			[]string{"what if my foot goes *numb*", "if i get *fever* do i call", "watch out for *numbness*", "can squats cause *numbness*?", "si pierdo la *fuerza* que hago", "what should i watch for? *fever*?", "would *numbness* be an emergency", "whats *saddle* numbness mean?", "sciatica can cause *foot* drop", "my son wants to know if *numb* legs are bad", "*numbness* in both legs? i dont have it", "qué hago si se me *duerme* el pie", "would yall want to know if i got a *fever*?", "should i let you know if my foot goes *numb*?"},
			[]string{"is it normal that my foot is *numb*", "would you want to know if my foot is *numb*", "let me know if i should come in, i got a *fever*", "not sure if its *numb*", "my foot is *numb*. should i come in?", "as if its *numb*", "i check if im clean because i dont *feel* it", "can only pee if i push, otherwise it wont *come*", "if i stand for long my foot goes *numb*", "i got that *numb* thing you told me to watch for", "just like your handout said, *tingling* there", "cant tell the difference between *gas* and poop", "whats wrong with my *foot*", "eso sí, la rodilla se me *dobla*", "qué hago si no *siento* el pie, ya van dos días", "no siento si hay *silla*"}},
		"someone else": {someoneElse,
			[]string{"my mom has *fever*", "husband *passed* out at church", "my dad fell, he hurt his *back*", "im with my daughter, she *fainted*", "mi hijo tiene *fiebre*", "my dog cant *pee*", "my mama's in the hospital with *chest* pain", "took my wife to the er with *chest* pains", "carried a guy with chest *pain*", "moved a *stroke* patient all day", "a film about *suicide*", "asking for a coworker: her leg went *dead*", "puppy has *fever*", "a mi suegro le dio un *infarto*", "vi una película donde se quería *morir*"},
			[]string{"my wife says my foot is *numb*", "this is her husband, she is *numb*", "my mom had surgery and my foot is *numb*", "i lifted my kid and my foot went *numb*", "dialysis patient with *chills*", "im a guy with *numb* feet", "my 70 yr old *knees* gave", "its his wife, he is *numb*", "walking the dog he pulled and both *knees* caved", "mama has *fever*, shes yalls patient", "my wife took me to the er with *chest* pains", "mi esposo no puede *orinar* desde anoche", "espero a que mi esposo se vaya y *tomarme* todo"}},
		"past": {past,
			[]string{"years ago my foot was *numb*", "my foot was *numb* last year", "hace años se me *dormia* el pie", "had *chills* in 2015", "i used to get *numb*", "i couldnt *pee* for a day, that was 8 years ago", "*fell* off a horse when i was 12", "bad *wreck* back in 98", "left leg is *weaker*, always has been", "en el 2011 me *cai* de un caballo"},
			[]string{"*numb* since my fall two years ago", "my foot is *numb* today", "it does not *lift* like it used to", "my leg is not *strong* enough, it was easy last month", "infected last month now *fever*", "left leg is *weaker* than last month", "melanoma in 2018 and a new *ache*", "la pierna más *débil* que el mes pasado"}},
		"over": {over,
			[]string{"my foot was *numb* but its gone", "the *numbness* went away", "*numb* yesterday, fine now", "the *tingling* stopped", "se me quitó la *fiebre*", "nothing wrong with my *bladder*", "my foot was *asleep*, walked it off, fine", "my hand was *dead*, woke up in 2 min", "se me *durmió* el pie, camine y ya", "se me *dormía* el pie pero ya no"},
			[]string{"the *numbness* hasnt gone away", "the *feeling* is gone", "my foot is *numb* is that normal", "*numb* and not going away", "i cant *hold* gas anymore and its new", "cant *stand* on my left toes, right is fine", "*erections* are gone", "se me *dobla* la pierna y ya no puedo subir", "quiero *dormirme* y ya no despertar"}},
		"idiom": {idiomatic,
			[]string{"legs are *dead*", "*dying* laughing", "this killed me: *dead* tired", "me *muero* de risa", "*fell* asleep", "playoff *fever*", "overdosed on *turkey*", "me duele un *chorro*"},
			[]string{"my leg is *dead*", "i am *dying* here", "my foot fell *asleep*"}},
	} {
		for _, text := range c.yes {
			if !stands(t, text, c.kind) {
				t.Errorf("%s: %q does not stand under it", name, text)
			}
		}
		for _, text := range c.never {
			if stands(t, text, c.kind) {
				t.Errorf("%s: %q stands under it", name, text)
			}
		}
	}
}

// stands says whether the word in *stars* stands under a kind of scope.
func stands(t *testing.T, text string, kind scope) bool {
	t.Helper()
	before, rest, _ := strings.Cut(text, "*")
	word, after, ok := strings.Cut(rest, "*")
	if !ok {
		t.Fatalf("%q marks no word", text)
	}
	r := read(AskedNone, before+word+after, English)
	for i, tok := range r.toks {
		if int(tok.Start) == len(before) {
			return r.flags[i]&kind != 0
		}
	}
	t.Fatalf("%q: no token there", text)
	return false
}

// TestNoConceptIsIdle holds the word files to what the code and the rules ask for.
func TestNoConceptIsIdle(t *testing.T) {
	var code strings.Builder
	for _, pattern := range []string{"*.go", "lexicon/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(data)
		}
	}
	var ruled conceptSet
	for i := range flagRules {
		for j := range flagRules[i].needs {
			ruled.join(&flagRules[i].needs[j])
		}
		ruled.join(&flagRules[i].unless)
	}
	for c := lexicon.Concept(1); int(c) < lexicon.Named.Concepts(); c++ {
		name := lexicon.Named.Name(c)
		if !ruled.has(c) && !strings.Contains(code.String(), `"`+name+`"`) && !strings.HasPrefix(name, "num_") {
			t.Errorf("nothing asks for %s", name)
		}
	}
}
