package flows

import (
	"strings"
	"testing"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// decisions are the test vectors of the decision rules, generated from a
// reference implementation of the clinical specification.
var decisions = []struct {
	number   int
	answers  Answers
	decision Decision
	rule     string
}{
	{1, Answers{Baseline: 0, Evening: new(1.0), Morning: new(0.0)}, Progress, "R8"},
	{2, Answers{Baseline: 0, Evening: new(2.0), Morning: new(1.0)}, Progress, "R8"},
	{3, Answers{Baseline: 0, Evening: new(3.0), Morning: new(0.0)}, Hold, "R7d"},
	{4, Answers{Baseline: 0, Evening: new(5.0), Morning: new(1.0)}, Hold, "R7d"},
	{5, Answers{Baseline: 0, Evening: new(6.0), Morning: new(1.0)}, Regress, "R7c"},
	{6, Answers{Baseline: 0, Evening: new(2.0), Morning: new(2.0)}, Hold, "R6"},
	{7, Answers{Baseline: 0, Evening: new(5.0), Morning: new(3.0)}, FlareWatch, "R3b"},
	{8, Answers{Baseline: 0, Evening: new(4.0), Morning: new(3.0), H48: new(0.0)}, Hold, "R6"},
	{9, Answers{Baseline: 0, Evening: new(4.0), Morning: new(3.0), H48: new(3.0)}, AlertFlare, "R2d"},
	{10, Answers{Baseline: 0, Evening: new(4.0), Morning: new(4.0)}, AlertFlare, "R2f"},
	{11, Answers{Baseline: 0, Evening: new(3.0), Morning: new(2.0), Interference: reply.InterferenceSome}, FlareWatch, "R3b"},
	{12, Answers{Baseline: 0, Evening: new(2.0), Morning: new(3.0)}, FlareWatch, "R3b"},
	{13, Answers{Baseline: 0, Evening: new(4.0), Morning: new(3.0), H48: new(2.0)}, Hold, "R6"},
	{14, Answers{Baseline: 1, Evening: new(3.0), Morning: new(2.0), Interference: reply.InterferenceSome}, Hold, "R7d"},
	{15, Answers{Baseline: 1, Evening: new(3.0), Morning: new(3.0), Interference: reply.InterferenceSome}, AlertFlare, "R2e"},
	{16, Answers{Baseline: 1, Evening: new(2.0), Morning: new(3.0), Interference: reply.InterferenceNone}, FlareWatch, "R3b"},
	{17, Answers{Baseline: 2, Evening: new(2.0), Morning: new(2.0)}, Progress, "R8"},
	{18, Answers{Baseline: 2, Evening: new(3.0), Morning: new(3.0)}, Hold, "R7d"},
	{19, Answers{Baseline: 3, Evening: new(3.0), Morning: new(3.0)}, Progress, "R8"},
	{20, Answers{Baseline: 3, Evening: new(4.0), Morning: new(3.0)}, Hold, "R7d"},
	{21, Answers{Baseline: 3, Evening: new(5.0), Morning: new(5.0)}, FlareWatch, "R3b"},
	{22, Answers{Baseline: 4, Evening: new(4.0), Morning: new(4.0)}, Progress, "R8"},
	{23, Answers{Baseline: 4, Evening: new(5.0), Morning: new(5.0)}, Hold, "R7d"},
	{24, Answers{Baseline: 5, Evening: new(5.0), Morning: new(6.0)}, Regress, "R7a"},
	{25, Answers{Baseline: 5, Evening: new(6.0), Morning: new(5.0)}, Regress, "R7c"},
	{26, Answers{Baseline: 6, Evening: new(4.0), Morning: new(4.0)}, ClinicianManaged, "R4"},
	{27, Answers{Baseline: 0, Evening: new(7.0), Morning: new(0.0)}, AlertFlare, "R2c"},
	{28, Answers{Baseline: 5, Evening: new(7.0), Morning: new(5.0)}, AlertFlare, "R2c"},
	{29, Answers{Baseline: 6, Evening: new(7.0), Morning: new(6.0)}, ClinicianManaged, "R4"},
	{30, Answers{Baseline: 0, Evening: new(6.0)}, FlareWatch, "R3c"},
	{31, Answers{Baseline: 0, Evening: new(2.0)}, Hold, "R5b"},
	{32, Answers{Baseline: 0, Evening: new(2.0), WindowOpen: true}, Await, "R5a"},
	{33, Answers{Baseline: 0, Morning: new(0.0)}, Hold, "R7b"},
	{34, Answers{Baseline: 0, Interference: reply.InterferenceSevere}, AlertFlare, "R2a"},
	{35, Answers{Baseline: 1, Flare: new(true)}, AlertFlare, "R2b"},
	{36, Answers{Baseline: 1, Morning: new(2.0), Interference: reply.InterferenceNone, Flare: new(true)}, FlareWatch, "R3a"},
	{37, Answers{Baseline: 1, Morning: new(2.0), Interference: reply.InterferenceSome, Flare: new(true)}, AlertFlare, "R2b"},
	{38, Answers{Baseline: 1, Evening: new(4.0), Morning: new(1.0), Flare: new(false)}, Hold, "R7d"},
	{39, Answers{Baseline: 0, Morning: new(3.0), RedFlag: reply.CaudaEquina}, Emergency, "R0"},
	{40, Answers{Baseline: 0, Evening: new(0.0), Morning: new(0.0), RedFlag: reply.Infection}, UrgentSameDay, "R1"},
	{41, Answers{Baseline: 2, Evening: new(0.0), Morning: new(0.0)}, Progress, "R8"},
	{42, Answers{Baseline: 0, Evening: new(2.5), Morning: new(0.0)}, Hold, "R7d"},
	{43, Answers{Baseline: 1, Evening: new(3.0), Morning: new(2.5)}, Hold, "R7d"},
}

func TestDecideFollowsTheClinicalVectors(t *testing.T) {
	limits := protocol.Default().Pain
	for _, c := range decisions {
		got := Decide(limits, c.answers)
		if got.Decision != c.decision || got.Rule != c.rule {
			t.Errorf("vector %d: got %s by %s (%s), want %s by %s", c.number, got.Decision, got.Rule, got.Because, c.decision, c.rule)
		}
		if got.Because == "" || strings.Contains(got.Because, "%!") {
			t.Errorf("vector %d: says %q", c.number, got.Because)
		}
	}
}
