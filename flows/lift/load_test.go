package lift

import (
	"testing"

	"pgregory.net/rapid"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

var numbers = protocol.Default().Lift

func kg(v float64) Load { return Load{v, reply.Kilogram} }
func lb(v float64) Load { return Load{v, reply.Pound} }

func barKg() Gear  { return GearFor(numbers, protocol.Bar, reply.Kilogram) }
func barLb() Gear  { return GearFor(numbers, protocol.Bar, reply.Pound) }
func bellKg() Gear { return GearFor(numbers, protocol.Kettlebell, reply.Kilogram) }

func rpe(v float64) *float64 { return &v }

func TestLoadsAreRoundedDownToPlates(t *testing.T) {
	fifteen := barKg()
	fifteen.Bar = 15
	for _, c := range []struct {
		name   string
		gear   Gear
		target float64
		want   Load
		ok     bool
	}{
		{"83.3 kg", barKg(), 83.3, kg(82.5), true},
		{"61.9 kg", barKg(), 61.9, kg(60), true},
		{"102.4 kg", barKg(), 102.4, kg(100), true},
		{"162 lb", barLb(), 162, lb(160), true},
		{"208.1 lb", barLb(), 208.1, lb(205), true},
		{"exactly a load", barKg(), 82.5, kg(82.5), true},
		{"a share that floating point leaves just below", barKg(), 100 * 0.9 * 0.75, kg(67.5), true},
		{"the empty bar", barKg(), 20, kg(20), true},
		{"below the bar", barKg(), 19.9, kg(0), false},
		{"a lighter bar", fifteen, 19.9, kg(17.5), true},
		{"the trap bar", GearFor(numbers, protocol.TrapBar, reply.Pound), 58, lb(55), true},
		{"a bell", bellKg(), 15.9, kg(12), true},
		{"a bell exactly", bellKg(), 16, kg(16), true},
		{"below the lightest bell", bellKg(), 3.9, kg(0), false},
		{"a bell in pounds", GearFor(numbers, protocol.Kettlebell, reply.Pound), 52, lb(50), true},
		{"nothing", barKg(), 0, kg(0), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := c.gear.Floor(c.target); got != c.want || ok != c.ok {
				t.Errorf("got %v, %v; want %v, %v", got, ok, c.want, c.ok)
			}
		})
	}
}

func TestRoundingNeverGoesUpAndLosesLessThanAStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]reply.Unit{reply.Kilogram, reply.Pound}).Draw(t, "unit")
		with := rapid.SampledFrom([]string{protocol.Bar, protocol.TrapBar, protocol.Kettlebell}).Draw(t, "with")
		g := GearFor(numbers, with, unit)
		target := rapid.Float64Range(0, 700).Draw(t, "target")
		got, ok := g.Floor(target)
		if got.Unit != unit || got.Value > target+tiny*10 {
			t.Fatalf("%v of %v", got, target)
		}
		if ok && len(g.Bells) == 0 && target-got.Value > g.Step {
			t.Fatalf("%v of %v loses more than a step", got, target)
		}
		if again, _ := g.Floor(got.Value); ok && again != got {
			t.Fatalf("%v rounds to %v", got, again)
		}
	})
}

func TestUnitsDoNotMix(t *testing.T) {
	if kg(100).Above(lb(50)) || lb(500).Above(kg(50)) || kg(100).Comparable(lb(100)) {
		t.Error("two units were compared")
	}
	if (Load{100, reply.UnitUnknown}).Known() || kg(0).Known() {
		t.Error("a load without unit or weight is known")
	}
	if kg(102.5).String() != "102.5 kg" || lb(160).String() != "160 lb" {
		t.Errorf("%v, %v", kg(102.5), lb(160))
	}
	if Shown(kg(100)) != lb(220) || Shown(lb(225)) != kg(102) {
		t.Errorf("shown %v, %v", Shown(kg(100)), Shown(lb(225)))
	}
}

func TestPlatesAreCountedPerSideWithTheBar(t *testing.T) {
	if got := FromPlates(numbers, barKg(), 2); got != kg(100) {
		t.Errorf("two plates are %v", got)
	}
	if got := FromPlates(numbers, barLb(), 2); got != lb(225) {
		t.Errorf("two plates are %v", got)
	}
	if got := FromPlates(numbers, GearFor(numbers, protocol.TrapBar, reply.Pound), 1); got != lb(145) {
		t.Errorf("one plate on a trap bar is %v", got)
	}
}
