package simulate

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"backstop/bot/sandbox"
)

// Stats is what a clinic would have seen.
type Stats struct {
	Patients     int
	PatientWeeks float64
	Texts        int // taken by Twilio
	Segments     int
	Inbound      int // typed by patients
	Undelivered  int
	Alerts       int // cards in Slack
	Calls        int
	Crashes      int
	Acknowledged []time.Duration // from an alert's opening
	Injected     map[string]int  // what went wrong, by name
}

func (s *Stats) add(o Stats) {
	s.Patients += o.Patients
	s.PatientWeeks += o.PatientWeeks
	s.Texts += o.Texts
	s.Segments += o.Segments
	s.Inbound += o.Inbound
	s.Undelivered += o.Undelivered
	s.Alerts += o.Alerts
	s.Calls += o.Calls
	s.Crashes += o.Crashes
	s.Acknowledged = append(s.Acknowledged, o.Acknowledged...)
	slices.Sort(s.Acknowledged)
	for name, count := range o.Injected {
		if s.Injected == nil {
			s.Injected = map[string]int{}
		}
		s.Injected[name] += count
	}
}

// segmentCost is what one segment costs in the United States, in dollars: Twilio's
// price and the carriers' fee, as listed in 2026.
const segmentCost = 0.0083 + 0.003

// Write prints it, one line for each thing.
func (s Stats) Write(out io.Writer, weeks int) {
	perWeek := func(n int) float64 { return float64(n) / max(s.PatientWeeks, 1) }
	minutes := func(percent int) float64 {
		if len(s.Acknowledged) == 0 {
			return 0
		}
		return s.Acknowledged[min(len(s.Acknowledged)*percent/100, len(s.Acknowledged)-1)].Minutes()
	}
	fmt.Fprintf(out, "patients                      %d for %d weeks\n", s.Patients, weeks)
	fmt.Fprintf(out, "texts a patient and week      %.2f in %.2f segments, about $%.3f\n", perWeek(s.Texts), perWeek(s.Segments), perWeek(s.Segments)*segmentCost)
	fmt.Fprintf(out, "texts typed a patient, week   %.2f\n", perWeek(s.Inbound))
	fmt.Fprintf(out, "texts not delivered           %.2f %%\n", 100*float64(s.Undelivered)/float64(max(s.Texts, 1)))
	fmt.Fprintf(out, "alerts a 100 patients and day %.2f\n", 100*float64(s.Alerts)/max(s.PatientWeeks*7, 1))
	fmt.Fprintf(out, "phones rung                   %d\n", s.Calls)
	fmt.Fprintf(out, "minutes to acknowledge        %.0f half of the time, %.0f nine of ten\n", minutes(50), minutes(90))
	fmt.Fprintf(out, "crashes survived              %d\n", s.Crashes)
	for _, name := range slices.Sorted(maps.Keys(s.Injected)) {
		fmt.Fprintf(out, "  %-27s %d\n", name, s.Injected[name])
	}
}

func segments(body string) int { return sandbox.Segments(body) }

func asJSON(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(out)
}
