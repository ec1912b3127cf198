package simulate

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
)

func example(t testing.TB) *flows.Clinic {
	t.Helper()
	clinic, err := exampleClinic()
	if err != nil {
		t.Fatal(err)
	}
	return clinic
}

func exampleClinic() (*flows.Clinic, error) {
	clinics, catalogs, err := copy.Load("example.yaml", protocol.Example)
	if err != nil {
		return nil, err
	}
	return &flows.Clinic{Clinic: clinics[0], Copy: catalogs[0]}, nil
}

func live1(t *testing.T, o Options) Result {
	t.Helper()
	o.Clinic = example(t)
	result, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestHeavyFaultsBreakNothing(t *testing.T) {
	result := live1(t, Options{Patients: 60, Weeks: 4, Seed: 3, Faults: HeavyFaults})
	if v := result.Violation; v != nil {
		t.Fatalf("seed %d, patient %d: %v\n%s", v.Seed, v.Patient, v, strings.Join(v.Events, "\n"))
	}
	for _, fault := range []string{
		"429", "5xx", "5xx, though taken", "answer lost", "request lost", "Twilio down", "Slack down", "callback lost", "callbacks reordered", "webhook lost", "webhook twice",
		"clock set", "clock hours wrong", "statement failed", "connection lost", "commit unknown",
		"crash before a call", "crash after a call", "crash before a commit", "crash after a commit",
	} {
		if result.Injected[fault] == 0 {
			t.Errorf("%q never happened: %v", fault, result.Injected)
		}
	}
	if result.Crashes == 0 || result.Texts < 100 || result.Inbound < 50 || result.Alerts == 0 {
		t.Errorf("too little happened to prove anything: %+v", result.Stats)
	}
}

// A run that was ended before its time has shown nothing.
func TestARunThatIsEndedIsNoResult(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	o := Options{Patients: 2 * perShard, Weeks: 1, Seed: 1, Faults: NoFaults, Clinic: example(t), Progress: func(int, int) { cancel() }}
	if _, err := Run(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that was ended: %v", err)
	}
}

func TestTheSameSeedIsTheSameRun(t *testing.T) {
	o := Options{Patients: 15, Weeks: 2, Seed: 7, Faults: HeavyFaults}
	first, second := live1(t, o), live1(t, o)
	if !reflect.DeepEqual(first, second) {
		t.Errorf("the same seed gave\n%+v\nand\n%+v", first, second)
	}
	o.Seed = 8
	if third := live1(t, o); reflect.DeepEqual(first, third) {
		t.Error("another seed gave the same run")
	}
}

// doubling lets every delivery of a text through as a text of its own.
type doubling struct {
	*bot.Bot

	count int
}

func (d *doubling) ReceiveText(ctx context.Context, t bot.InboundText) error {
	d.count++
	t.ProviderID = fmt.Sprintf("%s-%d", t.ProviderID, d.count)
	return d.Bot.ReceiveText(ctx, t)
}

// unconsenting texts whoever has stopped.
var unconsenting = mutation{mayLeave: func(c *flows.Clinic, p flows.Patient, class flows.Class, expires, now time.Time) flows.Leave {
	p.Consent.State = flows.ConsentGiven
	return flows.MayLeave(c, p, class, expires, now)
}}

// TestAMutationIsCaught breaks the bot in three ways; each must show.
func TestAMutationIsCaught(t *testing.T) {
	awake := example(t)
	awake.Protocol.Windows.QuietFrom, awake.Protocol.Windows.QuietTo = clockAt(t, "23:58"), clockAt(t, "00:01")
	unbroken := Options{Patients: 120, Weeks: 2, Seed: 5, Faults: HeavyFaults, stops: 30}
	if v := live1(t, unbroken).Violation; v != nil {
		t.Fatalf("the bot as it is: %v\n%s", v, strings.Join(v.Events, "\n"))
	}
	for name, test := range map[string]struct {
		mutation mutation
		rules    []string
	}{
		"consent is not looked at again before sending": {
			unconsenting, []string{"nothing leaves after STOP"},
		},
		"a text that comes twice is taken in twice": {
			mutation{inbox: func(b *bot.Bot) inbox { return &doubling{Bot: b} }}, []string{"every inbound text is stored once", "an opt-out is confirmed once"},
		},
		"quiet hours are ignored": {
			mutation{clinic: awake}, []string{"unasked texts leave in the patient's own hours"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broken := unbroken
			broken.mutate = test.mutation
			result := live1(t, broken)
			v := result.Violation
			if v == nil {
				t.Fatalf("not noticed: %+v", result.Stats)
			}
			if !slices.Contains(test.rules, v.Rule) {
				t.Errorf("noticed as %q, want one of %q: %s\n%s", v.Rule, test.rules, v.What, strings.Join(v.Events, "\n"))
			}
		})
	}
}

func clockAt(t *testing.T, s string) protocol.Clock {
	t.Helper()
	c, err := protocol.ParseClock(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
