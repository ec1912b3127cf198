package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

func TestAMishapIsSomebodys(t *testing.T) {
	for _, text := range []string{"my hat fell off", "the tent collapsed", "our mailbox got hit by a car", "my flip flop fell in the creek", "and the curtain rod came down", "the kite crashed", "my burrito slipped off the table"} {
		if got := flagOf(text); got != reply.NoRedFlag {
			t.Errorf("%q raised %q", text, got)
		}
	}
	for _, text := range []string{"my dumb ass fell off the roof", "my clumsy self fell down the stairs", "this morning fell on ice", "last night wiped out on the motorcycle", "my cane slipped and down i went", "my ladder fell with me on it", "my truck flipped over",
		"a drunk crashed my car with me in it", "the deck collapsed with me on it", "my hat blew off and i fell off the ladder"} {
		if got := flagOf(text); got != reply.TraumaFracture {
			t.Errorf("%q: %q, want %q", text, got, reply.TraumaFracture)
		}
	}
}

func TestAReasonIsNotSupposed(t *testing.T) {
	for text, want := range map[string]reply.RedFlag{
		"can you get numb from the waist down from a bad disc cause i am":   reply.CaudaEquina,
		"what are the signs of foot drop bc my foot slaps":                  reply.NeuroDeficit,
		"how do i know if its a clot because my calf is swollen and red":    reply.OtherEmergency,
		"what are the warning signs of cauda equina because I worry a lot":  reply.NoRedFlag,
		"how would i know if i had foot drop?":                              reply.NoRedFlag,
		"you said to call if anything changes so my foot is numb now":       reply.NeuroDeficit,
		"if it gets so numb i cant feel it should i call?":                  reply.NoRedFlag,
		"you told me to watch for numbness so i know what to do, thanks":    reply.NoRedFlag,
		"my crotch is numb. everything else is normal":                      reply.CaudaEquina,
		"can you get a fever from the shot? just asking because im curious": reply.NoRedFlag,
	} {
		if got := flagOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWhatPassedMayStillBeAnEmergency(t *testing.T) {
	for _, text := range []string{"passed out this morning, ok now", "face drooped for 5 minutes, back to normal now", "couldnt talk right for a while this morning, fine now", "whole right side went weak for ten min then came back"} {
		if got := flagOf(text); got != reply.OtherEmergency {
			t.Errorf("%q: %q, want %q", text, got, reply.OtherEmergency)
		}
	}
}
