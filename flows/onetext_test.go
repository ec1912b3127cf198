package flows_test

import (
	"strings"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/reply"
)

// What is said of a reading and the question it leads to are one text, and cost no
// more than the two did.
func TestAWatchAsksItsQuestionInTheSameText(t *testing.T) {
	clinic := exampleClinic(t)
	now := time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	for lang, words := range map[reply.Lang]string{reply.English: "my back hurts, 4", reply.Spanish: "me duele la espalda, 4"} {
		p := flows.Patient{ID: "p", Language: lang, TimeZone: "America/Chicago", Usual: 1, Stage: flows.StageHeavy, Consent: flows.Consent{State: flows.ConsentGiven}}
		p, effects := flows.Step(clinic, p, flows.TextReceived{Message: "m", Text: words, SentAt: now}, now)
		var texts []flows.SendText
		for _, e := range effects {
			if text, ok := e.(flows.SendText); ok {
				texts = append(texts, text)
			}
		}
		if len(texts) != 1 || texts[0].Key != copy.Watch || !strings.Contains(texts[0].Body, "A=no") {
			t.Fatalf("%s: %+v, want the watch with its question", lang, texts)
		}
		if len(p.Questions) != 1 || p.Questions[0].Asked != reply.AskedInterference {
			t.Errorf("%s: open questions %+v", lang, p.Questions)
		}
		_, _, together := copy.Segments(texts[0].Body)
		question := clinic.Copy.Say(lang, copy.Interference, 0, copy.VarsOf(clinic.Clinic))
		_, _, first := copy.Segments(strings.TrimSuffix(texts[0].Body, " "+question))
		_, _, second := copy.Segments(question)
		if together > first+second {
			t.Errorf("%s: %d segments, the two had %d and %d", lang, together, first, second)
		}
	}
}
