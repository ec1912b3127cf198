package copy

import (
	"errors"
	"strings"
	"testing"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

func TestAClinicsWordingIsJudged(t *testing.T) {
	for _, c := range []struct{ name, lang, key, text, want string }{
		{"no such text", "en", "hodl", "Same.", "there is no such text"},
		{"no such variable", "en", "hold", "Same. -{clinc}", "there is no variable {clinc}"},
		{"a variable that is not known then", "en", "hold", "Same, {load}. -{clinic}", "{load} is not known when this text leaves; it may use {clinic}"},
		{"an open bracket", "en", "hold", "Same. -{clinic", "a { without a variable and its }"},
		{"a bracket in a bracket", "en", "progress", "Nice[ on [{plan}]].", "a [ inside another"},
		{"an optional part without a variable", "en", "hold", "Same[ again].", "a [ without its ], or without a variable"},
		{"a promise nobody can keep", "en", "hold", "This prevents flare-ups.", `says "prevents", which nothing supports`},
		{"a frightening word", "en", "regress", "Let's not damage it.", `says "damage", which nothing supports`},
		{"the same in Spanish", "es", "hold", "Esto previene el dolor.", `says "previene", which nothing supports`},
		{"a disclaimer that decides nothing", "en", "hold", "Not a medical device.", `says "medical device", which nothing supports`},
		{"curly quotes", "en", "hold", "Don’t add.", `'’' (use "'") is outside the SMS alphabet and makes the text cost more`},
		{"an emoji", "es", "hold", "Gracias 🙂", "'🙂' is outside the SMS alphabet and makes the text cost more"},
		{"a hidden space", "en", "hold", "Same\u00a0weight.", `U+00A0 (use "  ") is outside the SMS alphabet and makes the text cost more`},
		{"too long with long names", "en", "hold", strings.Repeat("Same weight. ", 10) + "-{clinic}", "takes 2 segments (161 GSM-7 units) with long names, at most 1 allowed"},
		{"an exercise with a broken name", "en", "exercise.sled", "sled [push", "a [ without its ], or without a variable"},
		{"no emergency number", "en", "rf.chest_pain", "Sit down and rest.", "must contain {emergency}"},
		{"an alert that nobody has", "en", "rf.infection", "Call {emergency}. We have told your therapist.", `says "have told", and leaves before anybody has been told`},
		{"no way to stop", "en", "help", "{clinic}, {phone}, {emergency}", "must contain STOP"},
		{"health to a stranger", "en", "consent.ask", "{clinic}: May we text you about your pain? YES or STOP", `says "pain", and somebody else may read this text`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := protocol.Wording{Lang: c.lang, Key: c.key, Texts: []string{c.text}, File: "clinic.yaml", Line: 7, Path: "wording." + c.lang + "." + c.key}
			cat, mistakes := Default().With([]protocol.Wording{w})
			want := "clinic.yaml:7: wording." + c.lang + "." + c.key + ": " + c.want
			if len(mistakes) == 0 || mistakes[0].Error() != want {
				t.Errorf("got %v\nwant %s", mistakes, want)
			}
			if kept, ok := cat.Lookup(reply.Lang(c.lang), Key(c.key)); ok && kept.Texts[0] == c.text {
				t.Error("wording with a mistake was taken")
			}
		})
	}
}

func TestGoodWordingTakesThePlaceOfOurs(t *testing.T) {
	before := Default().Say(reply.English, Hold, 0, LongVars())
	cat, mistakes := Default().With([]protocol.Wording{
		{Lang: "en", Key: "hold", Texts: []string{"Same again. -{clinic}", "As last time. -{clinic}"}},
		{Lang: "es", Key: "hold", Texts: []string{"Lo mismo otra vez, así está bien. -{clinic}"}},
		{Lang: "en", Key: "exercise.sled_push", Texts: []string{"sled push"}},
	})
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	if got := cat.Say(reply.English, Hold, 1, Vars{Clinic: "A"}); got != "As last time. -A" {
		t.Errorf("got %q", got)
	}
	if got := cat.Exercise(reply.English, "sled_push"); got != "sled push" {
		t.Errorf("a clinic's own exercise is %q", got)
	}
	if Default().Say(reply.English, Hold, 0, LongVars()) != before {
		t.Error("the default catalogue was changed")
	}
}

const clinicFile = `- id: a
  name: A
  signature: Dr. A
  phone: "+13125550142"
  time_zone: America/Chicago
  sender: {number: "+13125550199"}
  slack: {channel: C0123ABCD}
  office_hours: {monday: 08:00-18:00}
  protocol:
    stages:
      S6: {exercises: [{id: sled_push, sets: 3, reps: 5}]}
`

func TestAnExerciseWithoutWordsIsAMistake(t *testing.T) {
	clinics, err := protocol.Parse("clinic.yaml", []byte(clinicFile))
	if err != nil {
		t.Fatal(err)
	}
	_, err = For(clinics[0])
	var mistakes protocol.Errors
	if !errors.As(err, &mistakes) || err.Error() != "clinic.yaml:1: a.protocol.stages.S6: the exercise sled_push needs wording.en.exercise.sled_push" {
		t.Errorf("got %v", err)
	}
	clinics, err = protocol.Parse("clinic.yaml", []byte(clinicFile+"  wording: {en: {exercise.sled_push: sled push}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := For(clinics[0]); err != nil {
		t.Error(err)
	}
}

func TestVarsComeFromTheClinic(t *testing.T) {
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		t.Fatal(err)
	}
	cat, err := For(clinics[0])
	if err != nil {
		t.Fatal(err)
	}
	got, err := cat.Text(reply.English, Help, 0, VarsOf(clinics[0]))
	want := "Northside PT check-in texts about your PT. Call (312) 555-0142 for help. Emergency: 911. Crisis: call/text 988. Reply STOP to end."
	if err != nil || got != want {
		t.Errorf("got %q, %v\nwant %q", got, err, want)
	}
}

func TestAllMistakesOfAFileComeAtOnce(t *testing.T) {
	file := strings.Replace(clinicFile, "name: A", "name: ''", 1) + "  wording: {en: {hold: proven}}\n"
	clinics, catalogs, err := Load("clinic.yaml", []byte(file))
	want := `clinic.yaml:1: a.protocol.stages.S6: the exercise sled_push needs wording.en.exercise.sled_push
clinic.yaml:2: [0].name: is empty
clinic.yaml:12: [0].wording.en.hold: says "proven", which nothing supports`
	if err == nil || err.Error() != want || clinics != nil || catalogs != nil {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	clinics, catalogs, err = Load("example.yaml", protocol.Example)
	if err != nil || len(clinics) != 1 || len(catalogs) != 1 {
		t.Errorf("%d clinics, %d catalogues, %v", len(clinics), len(catalogs), err)
	}
}

func TestABookingLinkThatMakesItsTextTooLong(t *testing.T) {
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		t.Fatal(err)
	}
	clinics[0].BookingLink = "https://book.example.com/" + strings.Repeat("x", 250)
	_, err = For(clinics[0])
	if err == nil || !strings.Contains(err.Error(), "northside.wording.en.free_call: takes 3 segments with the clinic's names and link, at most 2 allowed") {
		t.Errorf("got %v", err)
	}
}

func TestNamesOutsideTheAlphabetAreFoundOut(t *testing.T) {
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		t.Fatal(err)
	}
	clinics[0].Name = "Clínica Núñez"
	if _, err = For(clinics[0]); err == nil || !strings.Contains(err.Error(), "wording.en.evening: takes 2 segments") {
		t.Errorf("got %v", err)
	}
}
