package reply

import "testing"

// Numbers beside numbers, each kind with its twin.
func TestNumbersOfActivities(t *testing.T) {
	t.Parallel()
	const none = -1
	for _, c := range []struct {
		asked Asked
		text  string
		want  float64
	}{
		{AskedNextMorning, "2 at the counter n 6 sitting in the car", 6},
		{AskedNextMorning, "2 this morning, 6 in the car after my session", 2},
		{AskedH48, "1 in bed, 5 on my feet", 5},
		{AskedNextMorning, "woke up at a 2, an 8 after three stretches", 8},
		{AskedNextMorning, "driving 7 walking 3", 7},
		{AskedEvening, "3 kneeling 7 getting up", 7},
		{AskedEvening, "no pain on squats, a 6 on good mornings", 6},
		{AskedEvening, "2 tonight, mornings are a 6", 2},
		{AskedEvening, "2 pre 6 post", 6},
		{AskedEvening, "2 at noon 7 by 5", 7},
		{AskedWeekly, "5 days of 3 and one day of 9", 9},
		{AskedWeekly, "6 days of 3 and one of 10", 10},
		{AskedWeekly, "5 days of 2 and 2 of 8", 8},
		{AskedWeekly, "one day of 7 i skipped", none},
		{AskedEvening, "somewhere round a 6 hon", 6},
		{AskedEvening, "4 nurse visits this week", none},
		{AskedEvening, "5 sweetheart", 5},
		{AskedEvening, "back hurts 4 real", none},
		{AskedEvening, "back hurts 4", 4},
		{AskedEvening, "tight 4 3 weeks", none},
		{AskedEvening, "was a 9 last year. since the session its sore", none},
		{AskedEvening, "was a 4 before, during and after", 4},
		{AskedEvening, "had a 9 three years ago. sore", none},
		{AskedEvening, "its been a 9 since three years ago", 9},
		{AskedEvening, "biked 20 min at level 4, back is ok", none},
		{AskedEvening, "sat 20 min, at level 4", 4},
		{AskedHomework, "got 3 in", none},
		{AskedHomework, "got 3 in, pain 6", 6},
		{AskedWeekly, "a 7 for the left hip... back is cranky", none},
		{AskedWeekly, "a 7 for the hip and back", 7},
		{AskedEvening, "my tooth hurts worse than my back which is a 3", 3},
		{AskedNextMorning, "7 for me, my aunt who has a bad back is a 3", 7},
		{AskedEvening, "pain:8 reps:4", 8},
		{AskedEvening, "8 reps, pain 4", 4},
		{AskedEvening, "no change from the 6 yesterday", 6},
		{AskedEvening, "no change, the 6 was yesterday", none},
		{AskedEvening, "gonna be an 8 tomorrow, right now a 3", 3},
		{AskedEvening, "gonna be an 8 if i keep this up", 8},
		{AskedEvening, "class was a 10/10, pain 3", 3},
		{AskedEvening, "class was a 10/10", 10},
	} {
		out := Understand(c.asked, c.text, English)
		got := float64(none)
		if out.Pain != nil {
			got = *out.Pain
		}
		if got != c.want {
			t.Errorf("%s %q: %v, want %v", c.asked, c.text, got, c.want)
		}
	}
}
