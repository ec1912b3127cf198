package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

func TestANumberDroppedInPassingIsNoRating(t *testing.T) {
	none := -1.0
	for _, c := range []struct {
		asked reply.Asked
		text  string
		pain  float64
	}{
		{reply.AskedFlareCheck, "cant say, watching darts. it was 6 legs to 4", none},
		{reply.AskedEvening, "four. my back, not the tacos, those were 3", 4},
		{reply.AskedWeekly, "2 rough days, 4 okay ones", none},
		{reply.AskedNextMorning, "worse. 400 of ibuprofen at five, next one at nine", none},
		{reply.AskedNone, "it aches at midnight, at 2, at 4", none},
		{reply.AskedEvening, "the session was a 10/10, back feels great", none},
		{reply.AskedHomework, "should i go up 5 or 10?", none},
		{reply.AskedWeekly, "tough one", none},
		{reply.AskedNone, "cant feel a thing down there since monday", none},
		// what must stay a rating
		{reply.AskedEvening, "went from a 3 to 7", 7},
		{reply.AskedEvening, "session was a 9/10 pain", 9},
		{reply.AskedNextMorning, "woke at 6 at a 7", 7},
		{reply.AskedEvening, "up to 5 or 6", 6},
		{reply.AskedWeekly, "one", 1},
		{reply.AskedNextMorning, "cant feel a thing, no pain at all", 0},
	} {
		got := reply.Understand(c.asked, c.text, reply.English)
		switch {
		case got.Pain == nil && c.pain != none:
			t.Errorf("%q: no pain, want %g", c.text, c.pain)
		case got.Pain != nil && *got.Pain != c.pain:
			t.Errorf("%q: pain %g, want %g", c.text, *got.Pain, c.pain)
		}
	}
}
