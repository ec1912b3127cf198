package twilio

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"backstop/bot"
)

// What each code asks for when it comes as the answer to a send, by what we do
// about it. A code may stand in one place only.
var wantCodes = map[bot.Verdict][]int{
	bot.OptedOut:  {21610},
	bot.NumberBad: {21211, 21214, 21216, 21217, 21612, 21614, 21635, 30005, 30006},
	bot.GiveUp: {
		14107, 21408, 21602, 21604, 21617, 21618, 21619, 21620, 21621, 21623, 21654, 21656, 21658,
		30004, 30007, 30009, 30010, 30011, 30019, 30039, 30045, 30450, 30640,
		35111, 35112, 35113, 35114, 35115, 35116, 35117, 90007,
	},
	bot.Retry:      {20409, 20429, 30017, 30020, 30021, 30022, 30036},
	bot.RetryLater: {21611, 30001, 30003, 30008, 30023, 30025, 30026, 30027, 30035, 30410, 30610, 35125},
	bot.Ambiguous:  {20500, 20503},
	bot.Operator: {
		10001, 20003, 20005, 20404, 21210, 21212, 21215, 21219, 21222, 21224, 21601, 21603, 21606, 21608, 21609,
		21701, 21702, 21703, 21704, 21705, 23002, 30002, 30018, 30024, 30032, 30033, 30034, 572002, 572005, 572006,
	},
}

func TestEveryCodeIsSorted(t *testing.T) {
	var listed []int
	for want, list := range wantCodes {
		for _, code := range list {
			listed = append(listed, code)
			if got, _ := VerdictOf(code, false); got != want {
				t.Errorf("%d is sorted into %s, want %s", code, got, want)
			}
		}
	}
	for code := range codes {
		if n := len(slices.DeleteFunc(slices.Clone(listed), func(c int) bool { return c != code })); n != 1 {
			t.Errorf("%d is listed %d times, want once", code, n)
		}
	}
	if len(listed) != len(codes) {
		t.Errorf("%d codes listed, %d in the table", len(listed), len(codes))
	}
}

func TestReasonsArePlainWords(t *testing.T) {
	for code, known := range codes {
		switch first := []rune(known.reason); {
		case known.reason == "":
			t.Errorf("%d has no reason", code)
		case strings.HasSuffix(known.reason, "."):
			t.Errorf("%d: %q ends with a full stop; it stands inside a sentence", code, known.reason)
		case unicode.IsUpper(first[0]) && !strings.HasPrefix(known.reason, "Twilio") && !strings.HasPrefix(known.reason, "TWILIO_"):
			t.Errorf("%d: %q starts with a capital", code, known.reason)
		}
	}
}

func TestReportsOfFailureAreNeverAmbiguous(t *testing.T) {
	client := &Client{}
	for code := range codes {
		if verdict, reason := client.Sort(code); verdict == bot.Ambiguous || reason == "" {
			t.Errorf("%d in a report is %s (%q)", code, verdict, reason)
		}
	}
	for code, want := range map[int]bot.Verdict{0: bot.RetryLater, 20503: bot.RetryLater, 21610: bot.OptedOut, 30003: bot.RetryLater, 29999: bot.GiveUp} {
		if verdict, reason := client.Sort(code); verdict != want || reason == "" {
			t.Errorf("%d in a report is %s (%q), want %s", code, verdict, reason, want)
		}
	}
	if verdict, _ := VerdictOf(29999, false); verdict != bot.GiveUp {
		t.Errorf("an unknown refusal is %s, want %s", verdict, bot.GiveUp)
	}
}
