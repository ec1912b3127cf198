package reply_test

import (
	"reflect"
	"testing"

	"backstop/flows/reply"
)

func TestLiftsAsPeopleLogThem(t *testing.T) {
	rpe := func(v float64) *float64 { return &v }
	for text, want := range map[string][]reply.Lift{
		"3x5 @ 185":                          {{Sets: 3, Reps: []int{5}, Load: 185}},
		"185x5x3":                            {{Sets: 3, Reps: []int{5}, Load: 185}},
		"185lb x 5 x 3":                      {{Sets: 3, Reps: []int{5}, Load: 185, Unit: reply.Pound}},
		"60kgx5":                             {{Reps: []int{5}, Load: 60, Unit: reply.Kilogram}},
		"70kg x 5, 5, 4, back 1":             {{Sets: 3, Reps: []int{5, 5, 4}, Load: 70, Unit: reply.Kilogram}},
		"24kg kb x 10 x 3":                   {{Exercise: "kettlebell", Sets: 3, Reps: []int{10}, Load: 24, Unit: reply.Kilogram}},
		"5 @ 60kg":                           {{Reps: []int{5}, Load: 60, Unit: reply.Kilogram}},
		"1 @ 275":                            {{Reps: []int{1}, Load: 275}},
		"3x5x185 lbs":                        {{Sets: 3, Reps: []int{5}, Load: 185, Unit: reply.Pound}},
		"5,5,5 at 80kg":                      {{Sets: 3, Reps: []int{5, 5, 5}, Load: 80, Unit: reply.Kilogram}},
		"10 10 10 w the 25":                  {{Sets: 3, Reps: []int{10, 10, 10}, Load: 25}},
		"5 5 5 at 80 kg":                     {{Sets: 3, Reps: []int{5, 5, 5}, Load: 80, Unit: reply.Kilogram}},
		"trap bar 225 for 3, rpe 8":          {{Exercise: "trap_bar", Reps: []int{3}, Load: 225, RPE: rpe(8)}},
		"did them all w the 24kg bell, easy": {{Exercise: "kettlebell", Load: 24, Unit: reply.Kilogram}},
		"2 plates 5 reps":                    {{Plates: 2, Reps: []int{5}}},
		"PR 275x1!!":                         {{Load: 275, Reps: []int{1}}},
		"hice 3x5 con 60 kilos":              {{Sets: 3, Reps: []int{5}, Load: 60, Unit: reply.Kilogram}},
		"3 sets of 8 w the 35lb kettlebell. pain 2": {{Exercise: "kettlebell", Sets: 3, Reps: []int{8}, Load: 35, Unit: reply.Pound}},
		"deadlift 5x5 @ 80kg easy":                  {{Exercise: "deadlift", Sets: 5, Reps: []int{5}, Load: 80, Unit: reply.Kilogram}},
		"yes! 185 for 5 new PR 💪":                   {{Load: 185, Reps: []int{5}}},
		"4 sets of 6 at 70kg felt heavy":            {{Sets: 4, Reps: []int{6}, Load: 70, Unit: reply.Kilogram}},
		"hit 225 today no pain at all!!":            {{Load: 225}},
		"3 series de 8 con 20 kg":                   {{Sets: 3, Reps: []int{8}, Load: 20, Unit: reply.Kilogram}},
		"3x5@80":                                    {{Sets: 3, Reps: []int{5}, Load: 80}},
		"175 lbs":                                   {{Load: 175, Unit: reply.Pound}},
		"two plates":                                {{Plates: 2}},
		"deadlift 3x5 185, rdl 3x8 95":              {{Exercise: "deadlift", Sets: 3, Reps: []int{5}, Load: 185}, {Exercise: "rdl", Sets: 3, Reps: []int{8}, Load: 95}},
		"done 1":                                    nil,
		"SKIP":                                      nil,
	} {
		got := reply.Understand(reply.AskedHomework, text, reply.English).Lifts
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %+v\nwant %+v", text, got, want)
		}
	}
}

func TestDoubtfulLiftsSaySo(t *testing.T) {
	for _, text := range []string{"3x8 with 25s", "3x5 at 20 kg each hand", "deadlift 3x5 at 1850"} {
		lifts := reply.Understand(reply.AskedHomework, text, reply.English).Lifts
		if len(lifts) != 1 || lifts[0].Doubt == "" {
			t.Errorf("%q: %+v, want one lift in doubt", text, lifts)
		}
	}
}

func TestNumbersThatAreNoLifts(t *testing.T) {
	for _, text := range []string{"lost 15 lbs without trying", "2", "pain 4", "7/10 and had to lie down", "took 2 advil", "down 8 lbs on my diet and back is a 1"} {
		if lifts := reply.Understand(reply.AskedEvening, text, reply.English).Lifts; len(lifts) > 0 {
			t.Errorf("%q: %+v, want no lift", text, lifts)
		}
	}
}

func TestALoadWithItsUnitIsALiftWhateverWasAsked(t *testing.T) {
	for _, text := range []string{"60kg x 5", "60kgx5x3", "5 @ 60kg", "5@135lb", "225 lbs x3", "70kg x 5, 5, 5"} {
		for _, asked := range []reply.Asked{reply.AskedEvening, reply.AskedNextMorning, reply.AskedWeekly, reply.AskedNone} {
			if got := reply.Understand(asked, text, reply.English); got.Pain != nil || len(got.Lifts) != 1 || got.Lifts[0].Load == 0 || len(got.Lifts[0].Reps) == 0 {
				t.Errorf("%s %q: pain %v, lifts %+v", asked, text, got.Pain, got.Lifts)
			}
		}
	}
	for text, pain := range map[string]float64{"pain 3 @ 60kg": 3, "5 at 80kg": 5, "60kg x 5, 2": 2} {
		if got := reply.Understand(reply.AskedEvening, text, reply.English); got.Pain == nil || *got.Pain != pain {
			t.Errorf("%q: pain %v, want %v", text, got.Pain, pain)
		}
	}
}
