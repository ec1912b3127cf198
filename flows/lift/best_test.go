package lift

import "testing"

func TestRepBest(t *testing.T) {
	earlier := []Set{{kg(100), 5, nil}, {kg(110), 2, nil}, {kg(120), 1, nil}, {lb(500), 5, nil}}
	for _, c := range []struct {
		name    string
		earlier []Set
		set     Set
		want    bool
	}{
		{"more for three", earlier[:3], Set{kg(105), 3, nil}, true},
		{"as much as before", earlier[:3], Set{kg(100), 5, nil}, false},
		{"more for two", earlier[:3], Set{kg(112.5), 2, nil}, true},
		{"less than a set with more reps", []Set{{kg(110), 5, nil}}, Set{kg(105), 3, nil}, false},
		{"nothing to beat", earlier[:3], Set{kg(60), 8, nil}, false},
		{"eleven reps", []Set{{kg(50), 12, nil}}, Set{kg(60), 11, nil}, false},
		{"never across units", earlier, Set{kg(105), 3, nil}, false},
		{"no unit", earlier[:3], Set{Load{200, ""}, 3, nil}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := RepBest(numbers, c.earlier, c.set); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestE1RMBestNeedsOnePercentAndAPlate(t *testing.T) {
	for _, c := range []struct {
		name string
		best float64
		load Load
		want bool
	}{
		{"a plate and 2.5 % more", 100, kg(102.5), true},
		{"less than a plate", 100, kg(102), false},
		{"a plate but less than 1 %", 300, kg(302.5), false},
		{"1 % and a plate", 250, kg(252.5), true},
		{"nothing to beat", 0, kg(100), false},
		{"another unit", 100, lb(250), false},
	} {
		if got := E1RMBest(numbers, barKg(), c.best, Set{c.load, 1, nil}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestWhatDoesNotCountAsABest(t *testing.T) {
	good := Around{Evening: rpe(2), PlannedRPE: 9, LastLoad: kg(100)}
	sore, edge, unknown, planned := good, good, good, good
	sore.Evening, edge.Evening, unknown.Evening, planned.PlannedRPE = rpe(5.5), rpe(5), nil, 10
	for _, c := range []struct {
		name   string
		set    Set
		around Around
		want   bool
	}{
		{"a good set", Set{kg(105), 3, rpe(9)}, good, true},
		{"evening over 5", Set{kg(105), 3, rpe(9)}, sore, false},
		{"evening 5", Set{kg(105), 3, rpe(9)}, edge, true},
		{"evening not told yet", Set{kg(105), 3, rpe(9)}, unknown, true},
		{"to failure, not planned", Set{kg(105), 3, rpe(10)}, good, false},
		{"to failure, planned", Set{kg(105), 3, rpe(10)}, planned, true},
		{"no unit", Set{Load{105, ""}, 3, nil}, good, false},
		{"20 % more", Set{kg(120), 3, nil}, good, true},
		{"more than 20 % more", Set{kg(122.5), 3, nil}, good, false},
	} {
		if got := BestCounts(numbers, p.Pain, c.set, c.around); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	for _, c := range []struct {
		name        string
		last, now   Load
		implausible bool
		guess       Load
		ok          bool
	}{
		{"a small rise", kg(100), kg(105), false, Load{}, false},
		{"pounds written as kilograms", kg(60), kg(132), true, lb(132), true},
		{"the other unit by mistake", lb(135), kg(135), true, lb(135), true},
		{"the other unit, but right", kg(60), lb(135), false, Load{}, false},
		{"a digit too many", kg(60), kg(625), true, kg(62.5), true},
		{"no idea", kg(60), kg(90), true, Load{}, false},
		{"nothing to compare with", Load{}, kg(300), false, Load{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Implausible(numbers, c.last, c.now); got != c.implausible {
				t.Errorf("implausible: %v", got)
			}
			if !c.implausible {
				return
			}
			if got, ok := DidYouMean(numbers, c.last, c.now); got != c.guess || ok != c.ok {
				t.Errorf("got %v, %v; want %v, %v", got, ok, c.guess, c.ok)
			}
		})
	}
}
