package reply

import "testing"

// TestDaysByTheirInitials tells a week that is noted down from vertebrae and lifts.
func TestDaysByTheirInitials(t *testing.T) {
	for text, want := range map[string]string{
		"M2 T3 W5 Th2 F1":     "5",
		"L 3 M 3 X 6 J 2 V 1": "6",
		"M:2, T:4, W:1":       "4",
		"S 1 M 4 T 2":         "4",
		"L3 M3 Mi5":           "5",
		"T 2 W 6":             "6",
		"sore at L4 L5 S1":    "",
		"L4 L5 3":             "3",
		"3 x 5, 2":            "2",
	} {
		got := ""
		if pain := Understand(AskedWeekly, text, English).Pain; pain != nil {
			got = number(*pain)
		}
		if got != want {
			t.Errorf("%q: pain %q, want %q", text, got, want)
		}
	}
}
