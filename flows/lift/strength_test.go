package lift

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"backstop/flows/protocol"
)

func TestE1RMByBothFormulas(t *testing.T) {
	epley := numbers
	epley.Formula = protocol.Epley
	for _, c := range []struct {
		w             float64
		reps          int
		rir           float64
		brzycki, eply float64
	}{
		{100, 1, 0, 100.00, 100.00},
		{100, 5, 0, 112.50, 116.67},
		{100, 5, 2, 120.00, 123.33},
		{60, 10, 0, 80.00, 80.00},
		{80, 8, 2, 106.67, 106.67},
		{135, 5, 2, 162.00, 166.50},
		{185, 5, 0, 208.12, 215.83},
		{225, 1, 1, 231.43, 240.00},
		{225, 3, 2, 253.12, 262.50},
	} {
		s := Set{Load: kg(c.w), Reps: c.reps, RPE: rpe(10 - c.rir)}
		if got, ok := E1RM(numbers, s); !ok || math.Abs(got-c.brzycki) > 0.01 {
			t.Errorf("Brzycki %v x %d, %v left: %.2f, want %.2f", c.w, c.reps, c.rir, got, c.brzycki)
		}
		if got, ok := E1RM(epley, s); !ok || math.Abs(got-c.eply) > 0.01 {
			t.Errorf("Epley %v x %d, %v left: %.2f, want %.2f", c.w, c.reps, c.rir, got, c.eply)
		}
	}
}

func TestSetsThatSayTooLittle(t *testing.T) {
	for _, c := range []struct {
		name string
		set  Set
		ok   bool
	}{
		{"an effort not told counts as none left", Set{kg(100), 5, nil}, true},
		{"ten reps", Set{kg(60), 10, nil}, true},
		{"eleven", Set{kg(60), 11, nil}, false},
		{"eight and three left", Set{kg(60), 8, rpe(7)}, false},
		{"four left is believed", Set{kg(60), 3, rpe(6)}, true},
		{"five left is not", Set{kg(60), 3, rpe(5)}, false},
		{"no reps", Set{kg(60), 0, nil}, false},
		{"no unit", Set{Load{60, ""}, 5, nil}, false},
		{"more than everything", Set{kg(60), 5, rpe(11)}, false},
	} {
		if _, ok := E1RM(numbers, c.set); ok != c.ok {
			t.Errorf("%s: %v", c.name, ok)
		}
	}
	sets := []Set{{kg(100), 5, nil}, {kg(110), 3, nil}, {kg(60), 20, nil}}
	if best, ok := BestE1RM(numbers, sets); !ok || math.Abs(best-110*36.0/34) > 0.01 || Rated(numbers, sets) != 2 {
		t.Errorf("best %v of %d rated", best, Rated(numbers, sets))
	}
	if _, ok := BestE1RM(numbers, []Set{{kg(100), 5, nil}, {lb(200), 5, nil}}); ok {
		t.Error("a best of two units")
	}
	if _, ok := BestE1RM(numbers, nil); ok {
		t.Error("a best of nothing")
	}
}

func TestPercentByRepsAndRPE(t *testing.T) {
	efforts := []float64{6, 7, 7.5, 8, 8.5, 9, 9.5, 10}
	for reps, row := range map[int][]float64{
		1: {88.9, 91.7, 93.1, 94.4, 95.8, 97.2, 98.6, 100.0},
		2: {86.1, 88.9, 90.3, 91.7, 93.1, 94.4, 95.8, 97.2},
		3: {83.3, 86.1, 87.5, 88.9, 90.3, 91.7, 93.1, 94.4},
		4: {80.6, 83.3, 84.7, 86.1, 87.5, 88.9, 90.3, 91.7},
		5: {77.8, 80.6, 81.9, 83.3, 84.7, 86.1, 87.5, 88.9},
		6: {75.0, 77.8, 79.2, 80.6, 81.9, 83.3, 84.7, 86.1},
		8: {69.4, 72.2, 73.6, 75.0, 76.4, 77.8, 79.2, 80.6},
	} {
		for i, want := range row {
			if got := Percent(reps, efforts[i]) * 100; math.Abs(got-want) > 0.051 {
				t.Errorf("%d reps at %v: %.1f, want %.1f", reps, efforts[i], got, want)
			}
		}
	}
}

func TestMoreWeightOrMoreRepsMeansMoreStrength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := numbers
		n.Formula = rapid.SampledFrom([]string{protocol.Brzycki, protocol.Epley}).Draw(t, "formula")
		w := rapid.Float64Range(10, 400).Draw(t, "w")
		reps := rapid.IntRange(1, 9).Draw(t, "reps")
		e, _ := E1RM(n, Set{kg(w), reps, nil})
		more, _ := E1RM(n, Set{kg(w), reps + 1, nil})
		heavier, _ := E1RM(n, Set{kg(w + 1), reps, nil})
		if e < w-tiny || more <= e || heavier <= e {
			t.Fatalf("%v x %d: %v, one rep more %v, heavier %v", w, reps, e, more, heavier)
		}
	})
}

func TestHeavySetsAreEightyPercentAndMore(t *testing.T) {
	if !Heavy(numbers, Set{Load: kg(80)}, 100) || Heavy(numbers, Set{Load: kg(77.5)}, 100) || Heavy(numbers, Set{Load: kg(80)}, 0) {
		t.Error("the share of a heavy set is wrong")
	}
}
