package reply_test

import (
	"strings"
	"testing"
	"time"

	"backstop/flows/reply"
)

func TestTextsThatAreNoTexts(t *testing.T) {
	for _, c := range []struct {
		what, text string
		pain       float64 // -1 is none
		automatic  bool
		intent     reply.Intent
	}{
		{"empty", "", -1, false, reply.IntentOther},
		{"spaces", " \t\n ", -1, false, reply.IntentOther},
		{"invalid UTF-8", "\xff\xfe\xfa", -1, false, reply.IntentOther},
		{"invalid UTF-8 around a number", "\xff3\xfe", 3, false, reply.IntentAnswer},
		{"null bytes", "\x00\x003\x00", 3, false, reply.IntentAnswer},
		{"right to left", "שלום", -1, false, reply.IntentOther},
		{"right to left with a number", "\u202e3\u202c", 3, false, reply.IntentAnswer},
		{"emoji only", "😩😩😩", -1, false, reply.IntentAnswer},
		{"keycap", "4️⃣", 4, false, reply.IntentAnswer},
		{"HTML", "<p>back is a <b>3</b></p>", 3, false, reply.IntentAnswer},
		{"HTML entities", "3 &amp; fine", 3, false, reply.IntentAnswer},
		{"our question quoted", "0-10? 3", 3, false, reply.IntentAnswer},
		{"our question quoted whole", "Worst BACK pain during or since today's session, 0-10 (0=none, 10=worst)? Just text a number. 4", 4, false, reply.IntentAnswer},
		{"do not disturb", "I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going.", -1, true, reply.IntentOther},
		{"out of office", "Automatic reply: I am out of the office until Monday 5/12", -1, true, reply.IntentOther},
		{"bounce", "Message blocked: the number you are trying to reach is not in service", -1, true, reply.IntentOther},
		{"one-time code", "Your verification code is 482913. Do not share it.", -1, true, reply.IntentOther},
		{"tapback", `Liked "BACK pain right now, 0-10?"`, -1, true, reply.IntentAnswer},
		{"chain joke", "Send this to 10 friends or you will have bad luck for 7 years 😂", -1, true, reply.IntentOther},
		{"a number too big", strings.Repeat("9", 500), -1, false, reply.IntentAnswer},
		{"punctuation", "?!...---,,,", -1, false, reply.IntentQuestion},
		{"zalgo", "p\u0335a\u0335i\u0335n\u0335 3", 3, false, reply.IntentAnswer},
	} {
		got := reply.Understand(reply.AskedEvening, c.text, reply.English)
		pain := -1.0
		if got.Pain != nil {
			pain = *got.Pain
		}
		if pain != c.pain || got.Automatic != c.automatic || got.Intent != c.intent || got.RedFlag != reply.NoRedFlag {
			t.Errorf("%s: pain %v, automatic %v, intent %s, red flag %q; want %v, %v, %s, none", c.what, pain, got.Automatic, got.Intent, got.RedFlag, c.pain, c.automatic, c.intent)
		}
	}
}

func TestTenKilobytes(t *testing.T) {
	filler := strings.Repeat("and then we went to the store and bought milk. ", 220)
	got := reply.Understand(reply.AskedEvening, filler+"my crotch is numb.", reply.English)
	if got.RedFlag != reply.CaudaEquina {
		t.Errorf("%d bytes: red flag %q, want cauda_equina", len(filler), got.RedFlag)
	}
	got = reply.Understand(reply.AskedEvening, filler, reply.English)
	if got.RedFlag != reply.NoRedFlag || got.Pain != nil {
		t.Errorf("%d bytes: red flag %q, pain %v, want none", len(filler), got.RedFlag, got.Pain)
	}
	if took := timeOf(t, filler); took > time.Second {
		t.Errorf("%d bytes took %v", len(filler), took)
	}
}

func TestAnAlarmInAnAutomaticTextIsNotRaised(t *testing.T) {
	got := reply.Understand(reply.AskedNone, "Automatic reply: I am out of the office. For chest pain call 911.", reply.English)
	if got.RedFlag != reply.NoRedFlag || !got.Automatic {
		t.Errorf("%+v", got)
	}
}
