package lift

import (
	"math"
	"strconv"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Load is a weight in the unit it was lifted in.
type Load struct {
	Value float64    `json:"value"`
	Unit  reply.Unit `json:"unit"`
}

// Known reports whether the load has a weight and a unit.
func (l Load) Known() bool {
	return l.Value > 0 && (l.Unit == reply.Kilogram || l.Unit == reply.Pound)
}

// String writes the load as texts do: "102.5 kg".
func (l Load) String() string {
	return strconv.FormatFloat(l.Value, 'f', -1, 64) + " " + string(l.Unit)
}

// Comparable reports whether two loads are known and in the same unit.
func (l Load) Comparable(other Load) bool { return l.Known() && other.Known() && l.Unit == other.Unit }

// Above reports whether the load is heavier than another in the same unit.
func (l Load) Above(other Load) bool { return l.Comparable(other) && l.Value > other.Value+tiny }

// times is the load by a factor, not yet one that can be put on a bar.
func (l Load) times(factor float64) float64 { return l.Value * factor }

// tiny absorbs what floating point adds: far below any plate.
const tiny = 1e-6

// Gear is what a load is made of: a bar with plates on both sides, or bells.
type Gear struct {
	Unit  reply.Unit
	Bar   float64   // the empty bar
	Step  float64   // the smallest step of plates, both sides together
	Bells []float64 // light to heavy; then there is no bar
}

// GearFor is the gear of an exercise where the patient's own is not known. For
// another bar, set Bar.
func GearFor(n protocol.Lift, with string, unit reply.Unit) Gear {
	pick := func(kg, lb float64) float64 {
		if unit == reply.Pound {
			return lb
		}
		return kg
	}
	g := Gear{Unit: unit, Step: pick(n.StepKg, n.StepLb)}
	switch with {
	case protocol.Kettlebell:
		g.Bells = n.BellsKg
		if unit == reply.Pound {
			g.Bells = n.BellsLb
		}
	case protocol.TrapBar:
		g.Bar = pick(n.TrapBarKg, n.TrapBarLb)
	case protocol.Bar:
		g.Bar = pick(n.BarKg, n.BarLb)
	}
	return g
}

// Floor is the heaviest load there is that is not above a target. It reports
// false when even the empty bar or the lightest bell is above it: then an easier
// variant is needed.
func (g Gear) Floor(target float64) (Load, bool) {
	if len(g.Bells) > 0 {
		best := 0.0
		for _, bell := range g.Bells {
			if bell <= target+tiny {
				best = bell
			}
		}
		return Load{best, g.Unit}, best > 0
	}
	if g.Step <= 0 || target+tiny < g.Bar || target <= 0 || math.IsNaN(target) || math.IsInf(target, 0) {
		return Load{0, g.Unit}, false
	}
	steps := math.Floor((target-g.Bar)/g.Step + tiny)
	return Load{g.Bar + steps*g.Step, g.Unit}, g.Bar+steps*g.Step > 0
}

// heavierBell is the next bell above a weight; false at the heaviest.
func (g Gear) heavierBell(weight float64) (float64, bool) {
	for _, bell := range g.Bells {
		if bell > weight+tiny {
			return bell, true
		}
	}
	return 0, false
}

// FromPlates is the load of a patient who counts plates: "two plates" are two
// full-size ones on each side, and the bar.
func FromPlates(n protocol.Lift, g Gear, perSide float64) Load {
	plate := n.PlateKg
	if g.Unit == reply.Pound {
		plate = n.PlateLb
	}
	return Load{g.Bar + 2*perSide*plate, g.Unit}
}

// kgInLb is used to show a load to people who think in the other unit, and to
// notice a wrong unit; never to compute what to lift.
const kgInLb = 2.20462

// Shown is about how much a load is in the other unit, to the nearest whole
// number: information, never a load to lift.
func Shown(l Load) Load {
	unit := other(l.Unit)
	return Load{math.Round(about(l, unit)), unit}
}

// about is roughly what a load is in a unit.
func about(l Load, unit reply.Unit) float64 {
	switch {
	case l.Unit == unit:
		return l.Value
	case unit == reply.Kilogram:
		return l.Value / kgInLb
	}
	return l.Value * kgInLb
}

// other is the other unit.
func other(u reply.Unit) reply.Unit {
	if u == reply.Pound {
		return reply.Kilogram
	}
	return reply.Pound
}
