package reply_test

import (
	"slices"
	"strings"
	"testing"

	"backstop/flows/reply"
)

// TestALongTextIsHeardToItsEnd puts what must not be missed at every place of a text
// that is read in parts, so that it lies across each of the cuts too.
func TestALongTextIsHeardToItsEnd(t *testing.T) {
	const flag, stop = "I can't feel it when I wipe. ", "Stop texting me. "
	talk := "We had breakfast at the diner with the grandchildren. "
	for before := 0; before < 140; before += 3 {
		text := "My back is a 3 today. " + strings.Repeat(talk, before/2) + strings.Repeat("So it goes. ", before%5)
		got := reply.Explain(reply.AskedEvening, text+flag+strings.Repeat(talk, 20), reply.English)
		if got.RedFlag != reply.CaudaEquina || !slices.Equal(got.RedFlags, []reply.RedFlag{reply.CaudaEquina}) || got.Pain == nil || *got.Pain != 3 {
			t.Errorf("%d bytes before it: red flags %v, pain %v", len(text), got.RedFlags, got.Pain)
		}
		said := 0
		for _, b := range got.Because {
			if b.Words != (text + flag + strings.Repeat(talk, 20))[b.Start:b.End] {
				t.Errorf("%q is not at %d to %d", b.Words, b.Start, b.End)
			}
			if strings.HasPrefix(b.Finding, "red_flag") {
				said++
			}
		}
		if said == 0 {
			t.Errorf("%d bytes before it: nothing says why", len(text))
		}
		if got := reply.Understand(reply.AskedNone, text+stop, reply.English).Intent; got != reply.IntentStop {
			t.Errorf("%d bytes before the opt-out: %s", len(text), got)
		}
	}
	rest := reply.Understand(reply.AskedNone, strings.Repeat("é", 9000), reply.Spanish).LeftOver
	if got := strings.Join(rest, ""); strings.Count(got, "é") < 9000-2500/2 {
		t.Errorf("of 9,000 letters %d are left to a human", strings.Count(got, "é"))
	}
}
