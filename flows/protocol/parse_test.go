package protocol

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestExampleParsesAndStatesTheDefaults(t *testing.T) {
	clinics, err := Parse("example.yaml", Example)
	if err != nil {
		t.Fatal(err)
	}
	got := clinics[0]
	if !reflect.DeepEqual(got.Protocol, Default()) {
		for i, n := range DescribeOf(got.Protocol) {
			if d := Describe()[i]; d != n {
				t.Errorf("%s: the example says %s, the default is %s", n.Key, n.Default, d.Default)
			}
		}
		t.Fatal("the example's protocol is not the default one")
	}
	want := defaultClinic()
	if got.Country != want.Country || got.Language != want.Language || got.Unit != want.Unit || got.Media != want.Media ||
		got.Slack.Show != want.Slack.Show || got.Slack.QuoteWords != want.Slack.QuoteWords ||
		got.Slack.RelayReplies != want.Slack.RelayReplies || got.Slack.Digest != want.Slack.Digest {
		t.Errorf("the example states other defaults than the package: %+v", got)
	}
	if got.ID != "northside" || got.TimeZone.String() != "America/Chicago" || got.Sender.Number != "+13125550199" {
		t.Errorf("read %q, %v, %q", got.ID, got.TimeZone, got.Sender.Number)
	}
	if len(got.OnCall) != 2 || got.OnCall[1].Name != "Sam Lee" || len(got.Holidays) != 2 {
		t.Errorf("on call %+v, holidays %v", got.OnCall, got.Holidays)
	}
	if s := got.OfficeHours.String(); !strings.Contains(s, "Fri 08:00-12:00, Fri 13:00-17:00") || strings.Contains(s, "Sun") {
		t.Errorf("office hours %s", s)
	}
}

// plain is the shortest clinic that is right; tests add to it.
const plain = `- id: a
  name: A
  signature: Dr. A
  phone: "+13125550142"
  time_zone: America/Chicago
  sender: {number: "+13125550199"}
  slack: {channel: C0123ABCD}
  office_hours: {monday: 08:00-18:00}
`

func TestEachMistakeIsOneLineWithItsPlace(t *testing.T) {
	for _, c := range []struct{ name, add, want string }{
		{"unknown key", "  colour: red\n", "f:9: [0].colour: unknown key"},
		{"misspelt key", "  langage: en\n", "f:9: [0].langage: unknown key, did you mean language?"},
		{"unknown number", "  protocol:\n    pain:\n      green: 2\n", "f:11: [0].protocol.pain.green: unknown key"},
		{"no number", "  protocol:\n    pain:\n      green_max: two\n", `f:11: [0].protocol.pain.green_max: "two" is not a number`},
		{"not a number", "  protocol:\n    pain:\n      green_max: .nan\n", `f:11: [0].protocol.pain.green_max: ".nan" is not a number`},
		{"half a text", "  protocol:\n    limits:\n      per_day: 1.5\n", `f:11: [0].protocol.limits.per_day: "1.5" is not a whole number`},
		{"out of range", "  protocol:\n    pain:\n      alert_abs: 11\n", "f:11: [0].protocol.pain.alert_abs: 11 is outside 1 to 10 (pain 0-10)"},
		{"impossible time", "  protocol:\n    windows:\n      morning_send: \"25:00\"\n", `f:11: [0].protocol.windows.morning_send: "25:00" is not a time of day like 08:30`},
		{"time without its zero", "  protocol:\n    windows:\n      morning_send: 8:30\n", `f:11: [0].protocol.windows.morning_send: "8:30" is not a time of day like 08:30`},
		{"bad duration", "  protocol:\n    alerts:\n      p1_ack: soon\n", `f:11: [0].protocol.alerts.p1_ack: "soon" is not a duration like 30m, 4h or 14d`},
		{"too long a duration", "  protocol:\n    alerts:\n      p1_ack: 2h\n", "f:11: [0].protocol.alerts.p1_ack: 2h is outside 1m to 30m (duration)"},
		{"asking in quiet hours", "  protocol:\n    schedule:\n      weekly_at: \"21:00\"\n", "f:11: [0].protocol.schedule.weekly_at: 21:00 lies in the quiet hours, 20:30 to 08:00"},
		{"reminder before its question", "  protocol:\n    windows:\n      morning_remind: \"08:15\"\n", "f:11: [0].protocol.windows.morning_remind: must be after morning_send 08:30"},
		{"bands upside down", "  protocol:\n    pain:\n      green_max: 6\n", "f:11: [0].protocol.pain.amber_max: must be above green_max 6"},
		{"bells out of order", "  protocol:\n    lift:\n      bells_kg: [8, 4]\n", "f:11: [0].protocol.lift.bells_kg: must rise from each value to the next"},
		{"unknown choice", "  protocol:\n    checkpoint:\n      mode: strickt\n", `f:11: [0].protocol.checkpoint.mode: "strickt" is none of strict, relative, did you mean strict?`},
		{"unknown stage", "  protocol:\n    stages:\n      S9: {days_per_week: 2}\n", "f:11: [0].protocol.stages.S9: no such stage"},
		{"exercise without anything to do", "  protocol:\n    stages:\n      S4:\n        exercises:\n          - {id: deadlift}\n", "f:13: [0].protocol.stages.S4.exercises[0]: deadlift says neither reps nor time nor metres nor breaths"},
		{"a stage nobody could leave", "  protocol:\n    stages:\n      S1: {days_per_week: 2, days_max: 2, lift_days: [monday, friday]}\n", "f:11: [0].protocol.stages.S1.exit.sessions: 6 sessions within 14d cannot be done on 2 days a week"},
		{"harder than homework may be", "  protocol:\n    stages:\n      S5: {rpe_max: 9.5}\n", "f:11: [0].protocol.stages.S5.rpe_max: 9.5 is over lift.rpe_cap_unsupervised 9"},
		{"more lift days than days", "  protocol:\n    stages:\n      S4: {lift_days: [monday, wednesday, friday]}\n", "f:11: [0].protocol.stages.S4.lift_days: names 3 days, days_max is 2"},
		{"a load that could never rise", "  protocol:\n    lift:\n      heavy_step_kg: 1\n", "f:11: [0].protocol.lift.heavy_step_kg: 1 is less than a step of plates, 2.5: no load would ever rise"},
		{"on-call phone", "  on_call:\n    - {name: Sam, phone: \"555\"}\n", `f:10: [0].on_call[0].phone: "555" is not a phone number like +13125550142`},
		{"on-call without a phone", "  on_call:\n    - name: Sam\n", "f:10: [0].on_call[0].phone: missing"},
		{"holiday", "  holidays: [2026-02-30]\n", `f:9: [0].holidays[0]: "2026-02-30" is not a date like 2026-12-25`},
		{"link", "  booking_link: http://x.example/\n", `f:9: [0].booking_link: "http://x.example/" is not an address that starts with https://`},
		{"text in place of true", "  media: \"yes\"\n", `f:9: [0].media: "yes" is neither true nor false`},
		{"a list for a value", "  language: [en]\n", "f:9: [0].language: wants a single value, not a list"},
		{"a value for a list", "  on_call: Sam\n", "f:9: [0].on_call: wants a list, not a single value"},
		{"nothing", "  protocol:\n", "f:9: [0].protocol: has nothing in it"},
		{"the same key twice", "  name: B\n", "f:9: [0].name: stands twice, first on line 2"},
		{"an anchor", "  language: &l en\n", "f:9: [0].language: anchors, aliases and tags are not understood here"},
		{"unknown language", "  wording:\n    fr: {hold: merci}\n", "f:10: [0].wording.fr: no such language: en and es"},
		{"wording that is no text", "  wording:\n    en:\n      hold: {a: b}\n", "f:11: [0].wording.en.hold: wants a text, or a list of texts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse("f", []byte(plain+c.add))
			var mistakes Errors
			if !errors.As(err, &mistakes) {
				t.Fatalf("got %v, want Errors", err)
			}
			if len(mistakes) != 1 || !strings.HasPrefix(mistakes[0].Error(), c.want) {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}

func TestMistakesInThePlainClinic(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown zone", "America/Chicago", "America/Chicgo", `f:5: [0].time_zone: "America/Chicgo" is not a time zone`},
		{"the machine's own zone", "America/Chicago", "Local", `f:5: [0].time_zone: "Local" is not a time zone`},
		{"long name", "name: A\n", "name: The Northside Orthopedic and Sports Institute\n", `f:2: [0].name: "The Northside Orthopedic and Sports Institute" has 45 characters, at most 30 fit`},
		{"no sender", `sender: {number: "+13125550199"}`, "sender: {}", "f:6: [0].sender: needs a number or a messaging_service"},
		{"a channel's name", "C0123ABCD", "'#alerts'", `f:7: [0].slack.channel: "#alerts" is not a Slack channel id`},
		{"missing", "  signature: Dr. A\n", "", "f:1: [0].signature: missing"},
		{"never open", "{monday: 08:00-18:00}", "{monday: closed}", "f:8: [0].office_hours: the clinic is never open"},
		{"hours upside down", "08:00-18:00", "18:00-08:00", `f:8: [0].office_hours.monday: "18:00-08:00" ends before it begins`},
		{"hours that YAML takes apart", "{monday: 08:00-18:00}", "{monday: [08:00-12:00]}", `f:8: [0].office_hours.monday: wants hours in quotes, like "08:00-18:00"`},
		{"hours that overlap", "08:00-18:00", `["08:00-12:00", "11:00-18:00"]`, "f:8: [0].office_hours.monday: 11:00-18:00 begins before the hours in front of it end"},
		{"a weekday misspelt", "{monday:", "{mondays:", `f:8: [0].office_hours.mondays: "mondays" is not a weekday, did you mean monday?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(plain, c.old, c.new, 1)
			if text == plain {
				t.Fatal("nothing was replaced")
			}
			_, err := Parse("f", []byte(text))
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}

func TestAllMistakesAreReportedAtOnceInOrder(t *testing.T) {
	text := strings.ReplaceAll(plain, "America/Chicago", "Mars/Base") + "  media: maybe\n  protocol: {pain: {green_max: 99}, lift: {step_kg: -1}}\n"
	_, err := Parse("f", []byte(text))
	var mistakes Errors
	if !errors.As(err, &mistakes) {
		t.Fatalf("got %v", err)
	}
	var lines []int
	for _, m := range mistakes {
		lines = append(lines, m.Line)
	}
	if !reflect.DeepEqual(lines, []int{5, 9, 10, 10}) {
		t.Errorf("mistakes on lines %v:\n%v", lines, err)
	}
}

func TestClinicsMustNotShareWhatTellsThemApart(t *testing.T) {
	_, err := Parse("f", []byte(plain+plain))
	want := "f:9: [1].id: \"a\" is the one of clinic [0] already\nf:14: [1].sender.number: \"+13125550199\" is the one of clinic [0] already\nf:15: [1].slack.channel: \"C0123ABCD\" is the one of clinic [0] already"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestWhatIsNoListOfClinics(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "f:1: wants a list of clinics",
		"id: a\n":                 "f:1: wants a list of clinics",
		"- id: a\n  name: [x\n":   "f:",
		plain + "---\n" + plain:   "f:10: a second document",
		"- just a word\n":         "f:1: [0]: wants keys and values, not a single value",
		"- id: \"a\x00b\"\n":      "f:1:",
		strings.Repeat("[", 5000): "f:1:",
	} {
		_, err := Parse("f", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.40q: got %v, want %s", text, err, want)
		}
	}
}

func TestOverridesChangeOnlyWhatTheyName(t *testing.T) {
	clinics, err := Parse("f", []byte(plain+`  country: DE
  protocol:
    pain: {green_max: 1}
    windows: {h48: 2d}
    stages:
      S5: {lift_days: [monday, thursday], days_max: 2}
  wording:
    en:
      hold: Same again.
      evening: [One?, Two?]
`))
	if err != nil {
		t.Fatal(err)
	}
	p := clinics[0].Protocol
	if p.Pain.GreenMax != 1 || p.Pain.AmberMax != 5 || p.Windows.H48 != 48*time.Hour {
		t.Errorf("pain %+v, h48 %v", p.Pain, p.Windows.H48)
	}
	s5, _ := p.Stage("S5")
	if !reflect.DeepEqual(s5.LiftDays, []time.Weekday{time.Monday, time.Thursday}) || s5.DaysMax != 2 || len(s5.Exercises) != 2 {
		t.Errorf("S5 %+v", s5)
	}
	if again, _ := Default().Stage("S5"); again.DaysMax != 3 {
		t.Error("an override changed the default ladder")
	}
	if p.Locale.EmergencyNumber != "" || p.Locale.CrisisLine != "" {
		t.Errorf("a clinic in Germany got %+v", p.Locale)
	}
	w := clinics[0].Wording
	if len(w) != 2 || w[0].Texts[0] != "Same again." || len(w[1].Texts) != 2 {
		t.Fatalf("wording %+v", w)
	}
	if m := w[1].Mistake("too long").Error(); m != "f:18: [0].wording.en.evening: too long" {
		t.Errorf("a mistake in it reads %q", m)
	}
}

func FuzzParseNeverPanics(f *testing.F) {
	f.Add([]byte(plain))
	f.Add(Example)
	f.Add([]byte("- &a [*a]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		clinics, err := Parse("f", data)
		if err == nil && len(clinics) == 0 {
			t.Errorf("%d clinics and %v", len(clinics), err)
		}
	})
}
