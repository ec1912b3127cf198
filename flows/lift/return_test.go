package lift

import (
	"testing"

	"pgregory.net/rapid"

	"backstop/flows/protocol"
)

var p = protocol.Default()

func TestDeloadIsFewerSetsLessLoadAndFourRepsLeft(t *testing.T) {
	for _, c := range []struct {
		name string
		plan Plan
		e1rm float64
		want Plan
	}{
		{"half the sets, nine tenths of the load", Plan{kg(100), 4, 5}, 0, Plan{kg(90), 2, 5}},
		{"sets rounded up", Plan{kg(100), 5, 5}, 0, Plan{kg(90), 3, 5}},
		{"one set stays one", Plan{kg(100), 1, 3}, 0, Plan{kg(90), 1, 3}},
		{"reps so few that four are left", Plan{kg(100), 3, 5}, 120, Plan{kg(90), 2, 5}},
		{"after a heavy triple", Plan{kg(105), 3, 3}, 115, Plan{kg(92.5), 2, 3}},
		{"after a heavy single, the load gives way", Plan{kg(112.5), 1, 1}, 112.5, Plan{kg(100), 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := Deload(p.Deload, barKg(), c.plan, c.e1rm); !ok || got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	if _, ok := Deload(p.Deload, barKg(), Plan{kg(20), 3, 5}, 0); ok {
		t.Error("lighter than the empty bar")
	}
}

func TestDeloadAlwaysLeavesItsReps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e1rm := rapid.Float64Range(60, 400).Draw(t, "e1rm")
		load, ok := barKg().Floor(e1rm * rapid.Float64Range(0.5, 1).Draw(t, "share"))
		if !ok {
			t.Skip()
		}
		plan := Plan{load, rapid.IntRange(1, 6).Draw(t, "sets"), rapid.IntRange(1, 10).Draw(t, "reps")}
		got, ok := Deload(p.Deload, barKg(), plan, e1rm)
		if !ok {
			t.Skip()
		}
		left := 37 - 36*got.Load.Value/e1rm - float64(got.Reps)
		if left < float64(p.Deload.RepsLeft)-0.001 || got.Load.Value >= plan.Load.Value || got.Sets > plan.Sets || got.Reps > plan.Reps {
			t.Fatalf("%v to %v leaves %.1f reps of e1RM %.1f", plan, got, left, e1rm)
		}
	})
}

func TestEarlyDeload(t *testing.T) {
	calm := Session{E1RM: 100, RPE: rpe(8), Target: 8}
	weak, hard, sore := calm, calm, calm
	weak.E1RM, hard.RPE, sore.Amber = 95, rpe(9.5), true
	silent := Session{Target: 8}
	for _, c := range []struct {
		name     string
		sessions []Session
		want     Early
	}{
		{"nothing", []Session{calm, calm, calm, calm}, ""},
		{"weaker once", []Session{calm, weak}, ""},
		{"weaker twice", []Session{calm, weak, weak}, EarlyStrength},
		{"weaker twice, not in a row", []Session{weak, calm, weak}, ""},
		{"harder twice", []Session{hard, hard}, EarlyEffort},
		{"amber in three of four", []Session{sore, sore, calm, sore}, EarlyPain},
		{"amber in three of five", []Session{sore, sore, calm, calm, sore}, ""},
		{"nothing told", []Session{silent, silent, silent, silent}, ""},
		{"no session", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := EarlyDeload(p.Deload, 100, c.sessions); got != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v", got, ok)
			}
		})
	}
	if _, ok := EarlyDeload(p.Deload, 0, []Session{weak, weak}); ok {
		t.Error("weaker than a best nobody knows")
	}
}

func TestTheWayBackAfterAFlare(t *testing.T) {
	for _, c := range []struct {
		name    string
		near    bool
		days    int
		daysOff float64
		want    Return
	}{
		{"settled next morning", true, 1, 0, ReturnLighter},
		{"two days", false, 2, 0, ReturnSteps},
		{"seven days", false, 7, 0, ReturnSteps},
		{"eight days", false, 8, 0, ReturnCheckpoint},
		{"half a day off work", false, 2, 0.5, ReturnCheckpoint},
		{"settled next morning, but a day off work", true, 1, 1, ReturnCheckpoint},
	} {
		if got := AfterFlare(p.Flare, c.near, c.days, c.daysOff); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestStepsBackToTheOldLoad(t *testing.T) {
	want := []float64{70, 90, 107.5, 120}
	for i, w := range want {
		if got, ok := Step(p.Flare, barKg(), i, kg(120)); !ok || got != kg(w) {
			t.Errorf("step %d: %v, want %v", i, got, w)
		}
	}
	if _, ok := Step(p.Flare, barKg(), len(want), kg(120)); ok {
		t.Error("a step after the last")
	}
	if _, ok := Step(p.Flare, barKg(), 0, lb(120)); ok {
		t.Error("a step in another unit")
	}
	if got, ok := Lighter(barKg(), kg(105), p.Flare.ResumeFactorNear); !ok || got != kg(92.5) {
		t.Errorf("after a near-flare: %v", got)
	}
}

func TestAfterWeeksWithoutLifting(t *testing.T) {
	for weeks, want := range map[int]struct {
		factor float64
		toS4   bool
	}{0: {1, false}, 1: {1, false}, 2: {0.9, false}, 3: {0.8, false}, 4: {0.8, false}, 5: {0.7, true}, 30: {0.7, true}} {
		if factor, toS4 := AfterBreak(p.Restart, weeks); factor != want.factor || toS4 != want.toS4 {
			t.Errorf("%d weeks: %v, %v", weeks, factor, toS4)
		}
	}
}
