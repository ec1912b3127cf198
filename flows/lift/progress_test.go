package lift

import (
	"testing"

	"pgregory.net/rapid"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

func sets(count int, load Load, reps int, effort *float64) []Set {
	out := make([]Set, count)
	for i := range out {
		out[i] = Set{load, reps, effort}
	}
	return out
}

func TestDoubleProgression(t *testing.T) {
	build := Range{RepsLo: 5, RepsHi: 8, RPE: 8}
	bells := Range{RepsLo: 8, RepsHi: 10, RPE: 6}
	for _, c := range []struct {
		name string
		gear Gear
		r    Range
		last Plan
		done []Set
		want Plan
	}{
		{"not at the top: one rep more", barKg(), build, Plan{kg(50), 3, 5}, sets(3, kg(50), 5, nil), Plan{kg(50), 3, 6}},
		{"at the top, light bar: 5 kg", barKg(), build, Plan{kg(50), 3, 8}, sets(3, kg(50), 8, rpe(8)), Plan{kg(55), 3, 5}},
		{"at the top, 60 to 100 kg, easy: 5 kg", barKg(), build, Plan{kg(60), 3, 8}, sets(3, kg(60), 8, rpe(7)), Plan{kg(65), 3, 5}},
		{"the same, harder: 2.5 kg", barKg(), build, Plan{kg(60), 3, 8}, sets(3, kg(60), 8, rpe(7.5)), Plan{kg(62.5), 3, 5}},
		{"the same, effort not told: 2.5 kg", barKg(), build, Plan{kg(100), 3, 8}, sets(3, kg(100), 8, nil), Plan{kg(102.5), 3, 5}},
		{"over 100 kg: 2.5 kg however easy", barKg(), build, Plan{kg(102.5), 3, 8}, sets(3, kg(102.5), 8, rpe(6)), Plan{kg(105), 3, 5}},
		{"pounds, light", barLb(), build, Plan{lb(130), 3, 8}, sets(3, lb(130), 8, nil), Plan{lb(140), 3, 5}},
		{"pounds, middle, easy", barLb(), build, Plan{lb(135), 3, 8}, sets(3, lb(135), 8, rpe(7)), Plan{lb(145), 3, 5}},
		{"pounds, middle, harder", barLb(), build, Plan{lb(225), 3, 8}, sets(3, lb(225), 8, rpe(8)), Plan{lb(230), 3, 5}},
		{"pounds, heavy", barLb(), build, Plan{lb(230), 3, 8}, sets(3, lb(230), 8, rpe(6)), Plan{lb(235), 3, 5}},
		{"harder than the range: no more load", barKg(), build, Plan{kg(50), 3, 8}, sets(3, kg(50), 8, rpe(8.5)), Plan{kg(50), 3, 8}},
		{"a set left out", barKg(), build, Plan{kg(50), 3, 8}, sets(2, kg(50), 8, nil), Plan{kg(50), 3, 8}},
		{"done with less than planned", barKg(), build, Plan{kg(50), 3, 8}, sets(3, kg(45), 8, nil), Plan{kg(50), 3, 8}},
		{"done in the other unit", barKg(), build, Plan{kg(50), 3, 8}, sets(3, lb(110), 8, nil), Plan{kg(50), 3, 8}},
		{"nothing logged", barKg(), build, Plan{kg(50), 3, 5}, nil, Plan{kg(50), 3, 6}},
		{"next bell within 20 %", bellKg(), bells, Plan{kg(20), 3, 10}, sets(3, kg(20), 10, nil), Plan{kg(24), 3, 8}},
		{"next bell far heavier: more reps first", bellKg(), bells, Plan{kg(12), 3, 10}, sets(3, kg(12), 10, nil), Plan{kg(12), 3, 11}},
		{"until four more are done", bellKg(), bells, Plan{kg(12), 3, 14}, sets(3, kg(12), 13, nil), Plan{kg(12), 3, 14}},
		{"then the jump", bellKg(), bells, Plan{kg(12), 3, 14}, sets(3, kg(12), 14, nil), Plan{kg(16), 3, 8}},
		{"the heaviest bell stays", bellKg(), bells, Plan{kg(48), 3, 10}, sets(3, kg(48), 10, nil), Plan{kg(48), 3, 10}},
		{"body weight limits the load", barKg(), Range{5, 5, 6, kg(40)}, Plan{kg(37.5), 3, 5}, sets(3, kg(37.5), 5, rpe(6)), Plan{kg(37.5), 3, 5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Progress(numbers, c.gear, c.r, c.last, c.done); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestRegressIsATenthLessAndFewestReps(t *testing.T) {
	r := Range{RepsLo: 5, RepsHi: 8, RPE: 8}
	if got, ok := Regress(numbers, barKg(), r, Plan{kg(82.5), 3, 7}); !ok || got != (Plan{kg(72.5), 3, 5}) {
		t.Errorf("got %v, %v", got, ok)
	}
	if got, ok := Regress(numbers, bellKg(), r, Plan{kg(16), 3, 8}); !ok || got.Load != kg(12) {
		t.Errorf("got %v, %v", got, ok)
	}
	if _, ok := Regress(numbers, barKg(), r, Plan{kg(20), 3, 8}); ok {
		t.Error("lighter than the empty bar")
	}
}

func TestFirstLoads(t *testing.T) {
	p := protocol.Default()
	s3, _ := p.Stage("S3")
	first, _ := s3.Main("a")
	trap, _ := s3.Main("c")
	if got, ok := Start(bellKg(), RangeOf(s3, first, Load{}), first, Load{}); !ok || got != kg(8) {
		t.Errorf("first bell %v, %v", got, ok)
	}
	if got, ok := Start(GearFor(numbers, first.With, reply.Pound), RangeOf(s3, first, Load{}), first, Load{}); !ok || got != lb(20) {
		t.Errorf("first bell %v, %v", got, ok)
	}
	gear := GearFor(numbers, trap.With, reply.Kilogram)
	if got, ok := Start(gear, RangeOf(s3, trap, kg(80)), trap, kg(20)); !ok || got != kg(25) {
		t.Errorf("after a 20 kg bell: %v, %v", got, ok)
	}
	if got, ok := Start(gear, RangeOf(s3, trap, kg(80)), trap, kg(40)); !ok || got != kg(30) {
		t.Errorf("40 %% of 80 kg body weight on a trap bar: %v, %v", got, ok)
	}
	if got, ok := Start(gear, RangeOf(s3, trap, kg(60)), trap, kg(20)); ok {
		t.Errorf("an empty bar over 40 %% of body weight: %v", got)
	}
}

func TestProgressNeverLowersNorPassesTheLimitAndRegressAlwaysLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]reply.Unit{reply.Kilogram, reply.Pound}).Draw(t, "unit")
		g := GearFor(numbers, rapid.SampledFrom([]string{protocol.Bar, protocol.TrapBar, protocol.Kettlebell}).Draw(t, "with"), unit)
		start, ok := g.Floor(rapid.Float64Range(10, 300).Draw(t, "start"))
		if !ok {
			t.Skip()
		}
		r := Range{RepsLo: 5, RepsHi: 8, RPE: 8, Max: Load{rapid.Float64Range(start.Value, 400).Draw(t, "max"), unit}}
		plan := Plan{start, 3, 5}
		for range 40 {
			done := sets(rapid.IntRange(2, 3).Draw(t, "done"), plan.Load, rapid.IntRange(3, 12).Draw(t, "reps"), rpe(rapid.Float64Range(6, 9).Draw(t, "rpe")))
			next := Progress(numbers, g, r, plan, done)
			if next.Load.Value < plan.Load.Value || next.Load.Above(r.Max) || next.Load.Unit != unit || next.Reps < r.RepsLo {
				t.Fatalf("from %v to %v, limit %v", plan, next, r.Max)
			}
			if floor, _ := g.Floor(next.Load.Value); floor != next.Load {
				t.Fatalf("%v cannot be loaded", next.Load)
			}
			if back, ok := Regress(numbers, g, r, next); ok && back.Load.Value >= next.Load.Value {
				t.Fatalf("regress from %v to %v", next, back)
			}
			plan = next
		}
	})
}

func TestAPatientWhoDoesEverythingGetsStronger(t *testing.T) {
	for _, g := range []Gear{barKg(), barLb(), bellKg()} {
		first := Load{g.Bar, g.Unit}
		if len(g.Bells) > 0 {
			first.Value = g.Bells[0]
		}
		r := Range{RepsLo: 5, RepsHi: 8, RPE: 8}
		plan := Plan{first, 3, 5}
		for range 24 {
			plan = Progress(numbers, g, r, plan, sets(3, plan.Load, plan.Reps, rpe(7)))
		}
		if !plan.Load.Above(first) {
			t.Errorf("after 24 sessions still %v", plan)
		}
	}
}
