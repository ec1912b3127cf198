package lift

import (
	"testing"

	"pgregory.net/rapid"

	"backstop/flows/reply"
)

func TestTopSetByShareOfStrengthUnderTheWeeksCap(t *testing.T) {
	for _, c := range []struct {
		name string
		gear Gear
		e1rm float64
		reps int
		rpe  float64
		base Base
		want Load
		ok   bool
	}{
		{"3 at 8 of 120 kg", barKg(), 120, 3, 8, Base{kg(105), 1}, kg(105), true},
		{"a rise of 5 % at most", barKg(), 150, 3, 8, Base{kg(100), 1}, kg(105), true},
		{"a rise of 10 kg at most", barKg(), 400, 3, 8, Base{kg(250), 1}, kg(260), true},
		{"a rise of 20 lb at most", barLb(), 800, 3, 8, Base{lb(500), 1}, lb(520), true},
		{"never harder than RPE 9", barKg(), 100, 1, 10, Base{}, kg(95), true},
		{"5 % of a light load is less than a plate", barKg(), 60, 3, 8, Base{kg(40), 1}, kg(40), true},
		{"but weeks add up", barKg(), 60, 3, 8, Base{kg(40), 2}, kg(42.5), true},
		{"weaker than last week: less", barKg(), 100, 5, 8, Base{kg(100), 1}, kg(82.5), true},
		{"a base in the other unit", barKg(), 100, 5, 8, Base{lb(200), 1}, kg(0), false},
		{"weaker than the bar", barKg(), 20, 5, 8, Base{}, kg(0), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := TopSet(numbers, c.gear, c.e1rm, c.reps, c.rpe, c.base); got != c.want || ok != c.ok {
				t.Errorf("got %v, %v; want %v, %v", got, ok, c.want, c.ok)
			}
		})
	}
}

func TestTopSetIsNeverAboveItsCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]reply.Unit{reply.Kilogram, reply.Pound}).Draw(t, "unit")
		g := GearFor(numbers, "bar", unit)
		base := Base{Load{rapid.Float64Range(45, 400).Draw(t, "base"), unit}, rapid.IntRange(0, 4).Draw(t, "weeks")}
		e1rm := rapid.Float64Range(30, 600).Draw(t, "e1rm")
		reps := rapid.IntRange(1, 5).Draw(t, "reps")
		got, ok := TopSet(numbers, g, e1rm, reps, rapid.Float64Range(7, 10).Draw(t, "rpe"), base)
		if !ok {
			t.Skip()
		}
		if got.Value > WeekCap(numbers, base)+tiny || got.Value > e1rm*Percent(reps, 9)+tiny {
			t.Fatalf("%v over its cap %v", got, WeekCap(numbers, base))
		}
		if back, ok := BackOff(numbers, g, got, 0.8); ok && (!got.Above(back) || back.Value > got.Value*numbers.BackOffMax) {
			t.Fatalf("back-off %v after %v", back, got)
		}
	})
}

func TestBackOffSets(t *testing.T) {
	for _, c := range []struct{ top, share, want float64 }{{100, 0.80, 80}, {100, 0.85, 85}, {100, 0.95, 85}, {100, 0.5, 80}, {105, 0.80, 82.5}} {
		if got, ok := BackOff(numbers, barKg(), kg(c.top), c.share); !ok || got != kg(c.want) {
			t.Errorf("%v of %v: %v, want %v", c.share, c.top, got, c.want)
		}
	}
}
