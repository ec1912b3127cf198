package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

// TestKindsOfIntent holds kinds of saying that lie near each other: who writes and what is asked, whom
// a stranger was taken for, what was begun and never begun, what is called off.
func TestKindsOfIntent(t *testing.T) {
	for _, c := range []struct {
		asked reply.Asked
		text  string
		want  reply.Intent
	}{
		{reply.AskedNone, "which company is this?", reply.IntentHelp},
		{reply.AskedNone, "no tengo este número guardado, quién es?", reply.IntentHelp},
		{reply.AskedNone, "which company makes the band you use", reply.IntentQuestion},
		{reply.AskedNone, "you reached a law office, no patients here", reply.IntentWrongPerson},
		{reply.AskedNone, "pretty sure you are off by a digit", reply.IntentWrongPerson},
		{reply.AskedEvening, "oops mixed up a digit, its a 4", reply.IntentAnswer},
		{reply.AskedHomework, "called it off before the first rep, back was stiff", reply.IntentHomeworkSkipped},
		{reply.AskedHomework, "chickened out, back is a 4", reply.IntentHomeworkSkipped},
		{reply.AskedHomework, "couldnt stop at 3 so i did 5 sets", reply.IntentHomeworkDone},
		{reply.AskedHomework, "stretched before starting, all sets done", reply.IntentHomeworkDone},
		{reply.AskedHomework, "me quedé en la segunda serie", reply.IntentHomeworkDone},
		{reply.AskedTravelPre, "bus to El Paso on the 12th", reply.IntentTravelTrigger},
		{reply.AskedNone, "if i cancel same day is there a charge", reply.IntentQuestion},
		{reply.AskedNone, "did you cancel my appointment? i got a weird text", reply.IntentReschedule},
		{reply.AskedNextMorning, "better today. can we move friday to monday?", reply.IntentAnswer},
		{reply.AskedNextMorning, "can we move friday to monday", reply.IntentReschedule},
		{reply.AskedNone, "i'll stop by tmrw to drop off the loaner band", reply.IntentOther},
		{reply.AskedNone, "me anda molestando la cintura", reply.IntentPainReport},
		{reply.AskedNone, "START please, my nephew wrote stop on my phone for a joke", reply.IntentStart},
	} {
		if got := reply.Understand(c.asked, c.text, reply.English).Intent; got != c.want {
			t.Errorf("[%s] %q: %s, want %s", c.asked, c.text, got, c.want)
		}
	}
}
