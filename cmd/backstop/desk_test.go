package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"backstop/flows/protocol"
	"backstop/flows/reply"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// terminal runs commands as somebody at the command line would, on a database
// and a clinic file of its own.
type terminal struct {
	t   *testing.T
	url string
}

func newTerminal(t *testing.T, engine storage.Engine) *terminal {
	t.Helper()
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	if err := os.WriteFile(file, protocol.Example, 0o600); err != nil {
		t.Fatal(err)
	}
	url := storagetest.URL(t, engine)
	t.Setenv("DATABASE_URL", url)
	t.Setenv("BACKSTOP_KEYSET", storagetest.Keyset(t))
	t.Setenv("CLINIC_FILE", file)
	return &terminal{t: t, url: url}
}

// typed runs a command with a standard input.
func (term *terminal) typed(in string, args ...string) (out, errs string, err error) {
	term.t.Helper()
	var o, e bytes.Buffer
	err = run(term.t.Context(), args, &stdio{In: strings.NewReader(in), Out: &o, Err: &e})
	return o.String(), e.String(), err
}

// ok runs a command that must succeed, and returns what it printed.
func (term *terminal) ok(args ...string) string {
	term.t.Helper()
	out, _, err := term.typed("", args...)
	if err != nil {
		term.t.Fatalf("backstop %s: %v", strings.Join(args, " "), err)
	}
	return out
}

// refused runs a command that must fail, with one line that says what is wanted.
func (term *terminal) refused(says string, args ...string) {
	term.t.Helper()
	out, _, err := term.typed("", args...)
	switch {
	case err == nil:
		term.t.Errorf("backstop %s: printed %q, want an error with %q", strings.Join(args, " "), out, says)
	case !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n"):
		term.t.Errorf("backstop %s: says %q, want one line with %q", strings.Join(args, " "), err, says)
	case out != "":
		term.t.Errorf("backstop %s: failed, and printed %q", strings.Join(args, " "), out)
	}
}

// store opens the database for a look.
func (term *terminal) store() *storage.Store {
	term.t.Helper()
	return storagetest.OpenURL(term.t, term.url)
}

// decoded reads what a command printed as JSON.
func decoded[V any](t *testing.T, text string) V {
	t.Helper()
	var v V
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%q is not JSON: %v", text, err)
	}
	return v
}

// addAlex adds a patient who lives where it is noon, so that the first text need not
// wait for the morning.
func addAlex(t *testing.T) []string {
	return []string{"patient", "add", "--external-id", "MRN-1042", "--name", "Alex Rivera", "--phone", "(312) 555-0171",
		"--baseline", "2.5", "--stage", "S3", "--unit", "kg", "--time-zone", zoneAt(t, 12), "--consent", "written", "--consent-at", "now"}
}

func TestAPatientIsAddedOnceAndShown(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) { addAndShow(newTerminal(t, engine)) })
	}
}

func addAndShow(term *terminal) {
	t := term.t
	out := term.ok(addAlex(t)...)
	id, said, _ := strings.Cut(out, ": ")
	if said != "enrolled, consent given\n" {
		t.Errorf("says %q", out)
	}
	if out := term.ok(addAlex(t)...); out != id+": known already; nothing was changed, consent given\n" {
		t.Errorf("the second time: %q", out)
	}
	p, err := term.store().PatientByID(t.Context(), "northside", id)
	if err != nil || p.Phone != "+13125550171" || p.Name != "Alex Rivera" || p.Snapshot.Usual != 2.5 || p.Snapshot.Stage != "S3" ||
		p.Snapshot.Unit != reply.Kilogram || p.Snapshot.TimeZone != zoneAt(t, 12) || p.ExternalID != "MRN-1042" {
		t.Errorf("kept %+v: %v", p, err)
	}
	if list := term.ok("patient", "list"); !strings.Contains(list, id) || !strings.Contains(list, "Alex Rivera") || !strings.Contains(list, "2.5") {
		t.Errorf("the list is\n%s", list)
	}
	if p := decoded[map[string]any](t, term.ok("patient", "list", "--json")); p["id"] != id || p["phone"] != "+13125550171" {
		t.Errorf("the list is %v", p)
	}
	for _, name := range []string{id, "MRN-1042", "312-555-0171", "+1 312 555 0171"} {
		chart := term.ok("patient", "show", name)
		for _, part := range []string{id, "Alex Rivera", "+13125550171", "usual pain 2.5", "given", "Texts", "queued"} {
			if !strings.Contains(chart, part) {
				t.Errorf("show %s lacks %q:\n%s", name, part, chart)
			}
		}
	}
	trail, err := term.store().AuditTrail(t.Context(), "northside", time.Now().Add(-time.Hour), time.Now().Add(time.Hour), 20)
	if err != nil || len(trail) != 5 || trail[0].Action != "enrol" || trail[4].Action != "view" || trail[4].Subject != id {
		t.Errorf("audited %+v: %v", trail, err)
	}
}

func TestASessionIsAddedOnceAndStartsItsFollowUp(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	term.ok(addAlex(t)...)
	add := []string{"session", "add", "MRN-1042", "--ended-at", "now", "--kind", "visit", "--external-id", "v1", "--note", "Good hinge.", "--pain", "2"}
	out := term.ok(add...)
	id, _, _ := strings.Cut(out, ": ")
	if again := term.ok(append(add, "--json")...); decoded[map[string]any](t, again)["id"] != id {
		t.Errorf("the second time: %s", again)
	}
	c := decoded[chart](t, term.ok("patient", "show", "MRN-1042", "--json"))
	if len(c.Sessions) != 1 || c.Sessions[0].ID != id || c.Sessions[0].Note != "Good hinge." || len(c.Agenda) == 0 {
		t.Errorf("the chart has %+v", c)
	}
	if text := term.ok("patient", "show", "MRN-1042"); !strings.Contains(text, "Good hinge.") || !strings.Contains(text, "Agenda") {
		t.Errorf("the chart is\n%s", text)
	}
	term.ok("session", "cancel", id)
	if c := decoded[chart](t, term.ok("patient", "show", "MRN-1042", "--json")); len(c.Sessions) != 0 {
		t.Errorf("the chart has %+v after it was cancelled", c.Sessions)
	}
}

// Scenario 31: what is asked for at night waits for the day, and whoever asked is
// told so.
func TestScenario31ASessionLoggedAtNightSaysWhenItsQuestionLeaves(t *testing.T) {
	for hour, says := range map[int]string{22: "08:30 where the patient is", 12: "19:00 where the patient is"} {
		term := newTerminal(t, storage.SQLite)
		zone := zoneAt(t, hour)
		term.ok("patient", "add", "--external-id", "p", "--name", "Alex Rivera", "--phone", "+13125550171", "--baseline", "1",
			"--time-zone", zone, "--consent", "written", "--consent-at", "now")
		out := term.ok("session", "add", "p", "--ended-at", "now")
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		day := time.Now().In(location)
		if hour == 22 {
			day = day.AddDate(0, 0, 1)
		}
		if want := day.Format("Mon 2 Jan ") + says; !strings.Contains(out, want) {
			t.Errorf("logged at %d o'clock: %q, want %q", hour, out, want)
		}
	}
}

func TestWhatIsWrongIsSaidOnOneLine(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	term.ok(addAlex(t)...)
	for name, c := range map[string]struct {
		says string
		args []string
	}{
		"nothing":            {"--phone: a phone number is missing; --baseline: ", []string{"patient", "add"}},
		"no phone":           {"--phone: not a valid phone number", []string{"patient", "add", "--phone", "12", "--baseline", "2"}},
		"pain of 11":         {"--baseline: not a pain", []string{"patient", "add", "--phone", "+13125550172", "--baseline", "11"}},
		"NaN":                {"--baseline: not a pain", []string{"patient", "add", "--phone", "+13125550172", "--baseline", "NaN"}},
		"pain in words":      {"--baseline", []string{"patient", "add", "--phone", "+13125550172", "--baseline", "some"}},
		"no zone":            {"--time-zone: ", []string{"patient", "add", "--phone", "+13125550172", "--baseline", "2", "--time-zone", "Mars"}},
		"no such clinic":     {"--clinic: ", []string{"patient", "add", "--clinic", "southside", "--phone", "+13125550172", "--baseline", "2"}},
		"consent, no time":   {"--consent-at: when", []string{"patient", "add", "--phone", "+13125550172", "--baseline", "2", "--consent", "written"}},
		"time, no consent":   {"--consent: how", []string{"patient", "add", "--phone", "+13125550172", "--baseline", "2", "--consent-at", "now"}},
		"consent to come":    {"--consent-at: lies in the future", []string{"patient", "add", "--phone", "+13125550172", "--baseline", "2", "--consent", "written", "--consent-at", "2999-01-01T00:00:00Z"}},
		"nobody":             {"PATIENT: no patient", []string{"patient", "show", "MRN-7"}},
		"list of no clinic":  {`"southside" is not in the clinic file, which has northside`, []string{"patient", "list", "--clinic", "southside"}},
		"negative days":      {"--days", []string{"patient", "show", "MRN-1042", "--days=-1"}},
		"session, no time":   {"--ended-at", []string{"session", "add", "MRN-1042"}},
		"session, noon":      {`"noon" is neither now nor a time`, []string{"session", "add", "MRN-1042", "--ended-at", "noon"}},
		"session to come":    {"--ended-at: lies in the future", []string{"session", "add", "MRN-1042", "--ended-at", "2999-01-01T00:00:00Z"}},
		"session of nobody":  {"PATIENT: ", []string{"session", "add", "MRN-7", "--ended-at", "now"}},
		"cancel nothing":     {"SESSION: no session", []string{"session", "cancel", "s1"}},
		"pain of twelve":     {"--pain: not a pain", []string{"session", "add", "MRN-1042", "--ended-at", "now", "--pain", "12"}},
		"lift of nothing":    {`--lift "walked the dog": is not understood`, []string{"session", "add", "MRN-1042", "--ended-at", "now", "--lift", "walked the dog"}},
		"token, no name":     {"--name", []string{"token", "create"}},
		"token, blank name":  {"--name", []string{"token", "create", "--name", " "}},
		"token, no clinic":   {"--clinic", []string{"token", "create", "--name", "x", "--clinic", "southside"}},
		"revoke nothing":     {"no token x", []string{"token", "revoke", "x"}},
		"revoke the token":   {"this is the token itself", []string{"token", "revoke", "bst_x"}},
		"retry nothing":      {"give the id of one job, or --all", []string{"jobs", "retry"}},
		"retry both":         {"give the id of one job, or --all", []string{"jobs", "retry", "1", "--all"}},
		"retry no job":       {"no job 99", []string{"jobs", "retry", "99"}},
		"retry what waits":   {"job 1 is available", []string{"jobs", "retry", "1"}},
		"jobs of no state":   {"--state must be one of", []string{"jobs", "list", "--state", "lost"}},
		"no jobs":            {"--limit", []string{"jobs", "list", "--limit", "0"}},
		"no such command":    {"unexpected argument", []string{"patients"}},
		"no such flag":       {"unknown flag", []string{"version", "--colour"}},
		"no keys":            {"BACKSTOP_KEYSET", []string{"patient", "list", "--keyset", ""}},
		"keys that are none": {"BACKSTOP_KEYSET", []string{"patient", "list", "--keyset", "abc"}},
		"no clinic file":     {"CLINIC_FILE", []string{"patient", "list", "--clinic-file", "/nowhere/clinic.yaml"}},
	} {
		t.Run(name, func(t *testing.T) {
			term := &terminal{t: t, url: term.url}
			term.refused(c.says, c.args...)
		})
	}
	patients, err := term.store().ListPatients(t.Context(), "northside", "", 10)
	if err != nil || len(patients) != 1 {
		t.Errorf("%d patients: %v", len(patients), err)
	}
}

func TestWhatWasLiftedIsReadAsPeopleWriteIt(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	term.ok(addAlex(t)...)
	said := term.ok("session", "add", "MRN-1042", "--ended-at", "now", "--kind", "visit", "--json",
		"--lift", "deadlift 3x5 @ 185 lb", "--lift", "trap bar 225 lb for 3, rpe 8")
	var session struct {
		Lifts []struct {
			Exercise string   `json:"exercise"`
			Sets     int      `json:"sets"`
			Reps     []int    `json:"reps"`
			Load     float64  `json:"load"`
			Unit     string   `json:"unit"`
			RPE      *float64 `json:"rpe"`
		} `json:"lifts"`
	}
	if err := json.Unmarshal([]byte(said), &session); err != nil {
		t.Fatalf("%v in %s", err, said)
	}
	if len(session.Lifts) != 2 {
		t.Fatalf("kept %d lifts, want 2: %s", len(session.Lifts), said)
	}
	one, two := session.Lifts[0], session.Lifts[1]
	if one.Exercise != "deadlift" || one.Sets != 3 || !slices.Equal(one.Reps, []int{5}) || one.Load != 185 || one.Unit != "lb" {
		t.Errorf("the first lift is %+v", one)
	}
	if two.Exercise != "trap_bar" || !slices.Equal(two.Reps, []int{3}) || two.Load != 225 || two.RPE == nil || *two.RPE != 8 {
		t.Errorf("the second lift is %+v", two)
	}
	term.refused("the load needs its unit", "session", "add", "MRN-1042", "--ended-at", "now", "--lift", "deadlift 3x5 @ 185")
}

func TestCareIsChangedFromTheCommandLine(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	term.ok(addAlex(t)...)
	for _, args := range [][]string{
		{"patient", "pause", "MRN-1042"},
		{"patient", "resume", "MRN-1042"},
		{"patient", "phone", "MRN-1042", "(312) 555-0188"},
		{"patient", "discharge", "+13125550188"},
	} {
		if said := term.ok(args...); !strings.Contains(said, args[2]+": ") {
			t.Errorf("%v said %q", args, said)
		}
	}
	if show := term.ok("patient", "show", "MRN-1042"); !strings.Contains(show, "+13125550188") || !strings.Contains(show, "asked") {
		t.Errorf("after all that: %s", show)
	}
	term.refused("--phone: not a valid phone number", "patient", "phone", "MRN-1042", "12")
	term.refused("--until: lies in the past", "patient", "pause", "MRN-1042", "--until", "2020-01-01T00:00:00Z")
	term.refused("PATIENT: no patient", "patient", "resume", "MRN-7")
}

func TestKeysAreRotatedWithoutLosingAPatient(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			term := newTerminal(t, engine)
			term.ok(addAlex(t)...)
			old := os.Getenv("BACKSTOP_KEYSET")
			for _, step := range []string{"add", "promote"} {
				t.Setenv("BACKSTOP_KEYSET", strings.TrimSpace(term.ok("keys", "rotate", "--step", step)))
			}
			if said := term.ok("keys", "reseal"); !strings.Contains(said, "everything is sealed with the new key") {
				t.Errorf("reseal said %q", said)
			}
			t.Setenv("BACKSTOP_KEYSET", strings.TrimSpace(term.ok("keys", "rotate", "--step", "drop")))
			if show := term.ok("patient", "show", "+13125550171"); !strings.Contains(show, "Alex Rivera") {
				t.Errorf("after the rotation: %s", show)
			}
			t.Setenv("BACKSTOP_KEYSET", old)
			if _, _, err := term.typed("", "patient", "show", "MRN-1042"); err == nil {
				t.Error("the old keys still open what was sealed again")
			}
		})
	}
}

func TestADatabaseThatIsBehindIsRefused(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	t.Setenv("DATABASE_URL", storagetest.EmptyURL(t, storage.SQLite))
	for _, args := range [][]string{addAlex(t), {"patient", "list"}, {"patient", "show", "1"}, {"session", "add", "1", "--ended-at", "now"},
		{"token", "create", "--name", "x"}, {"token", "list"}, {"token", "revoke", "x"}, {"jobs", "list"}, {"jobs", "retry", "--all"}} {
		term.refused("backstop migrate up", args...)
	}
}

func TestOfSeveralClinicsOneIsNamed(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	file := os.Getenv("CLINIC_FILE")
	second := strings.NewReplacer("id: northside", "id: southside", "+13125550199", "+13125550198", "C0123ABCD", "C0456EFGH").Replace(string(protocol.Example))
	if err := os.WriteFile(file, append(protocol.Example, []byte(second)...), 0o600); err != nil {
		t.Fatal(err)
	}
	term.refused("--clinic: which clinic?", "patient", "add", "--phone", "+13125550172", "--baseline", "2")
	term.refused("--clinic: which one? the clinic file has northside, southside", "patient", "list")
	term.refused("--clinic: which one?", "token", "create", "--name", "x")
	term.ok("patient", "add", "--clinic", "southside", "--phone", "+13125550172", "--baseline", "2")
	if list := term.ok("patient", "list", "--clinic", "northside", "--json"); list != "" {
		t.Errorf("northside has %s", list)
	}
}

func TestATokenIsPrintedOnceAndCanBeRevoked(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	t.Setenv("BACKSTOP_KEYSET", "") // tokens are not encrypted: their hash is kept
	secret, said, err := term.typed("", "token", "create", "--name", "scheduling")
	secret = strings.TrimSpace(secret)
	if err != nil || !strings.HasPrefix(secret, "bst_") || strings.Contains(secret, "\n") || !strings.Contains(said, "cannot be shown again") {
		t.Fatalf("printed %q, said %q: %v", secret, said, err)
	}
	found, err := term.store().FindToken(t.Context(), secret, time.Now())
	if err != nil || found.ClinicID != "northside" || found.Name != "scheduling" {
		t.Fatalf("found %+v: %v", found, err)
	}
	if list := term.ok("token", "list"); !strings.Contains(list, found.ID) || strings.Contains(list, secret) {
		t.Errorf("the list is\n%s", list)
	}
	made := decoded[map[string]string](t, term.ok("token", "create", "--name", "second", "--json"))
	if made["clinic"] != "northside" || !strings.HasPrefix(made["token"], "bst_") {
		t.Errorf("made %v", made)
	}
	if out := term.ok("token", "revoke", found.ID); out != found.ID+": revoked\n" {
		t.Errorf("says %q", out)
	}
	if _, err := term.store().FindToken(t.Context(), secret, time.Now()); err == nil {
		t.Error("the token is still good")
	}
	term.refused("no token "+found.ID, "token", "revoke", found.ID)
	list := decoded[[]tokenLine](t, term.ok("token", "list", "--json"))
	if len(list) != 2 || list[0].RevokedAt.IsZero() || !list[1].RevokedAt.IsZero() {
		t.Errorf("the list is %+v", list)
	}
}

func TestNothingDoubtfulIsLogged(t *testing.T) {
	good := reply.Lift{Exercise: "deadlift", Sets: 3, Reps: []int{5}, Load: 185, Unit: reply.Pound}
	doubtful, unitless := good, good
	doubtful.Doubt = "the load is twice the last one"
	unitless.Unit = reply.UnitUnknown
	for name, c := range map[string]struct {
		meant reply.Reply
		says  string
	}{
		"a lift":    {reply.Reply{Lifts: []reply.Lift{good}}, ""},
		"nothing":   {reply.Reply{}, "not understood"},
		"two":       {reply.Reply{Lifts: []reply.Lift{good, good}}, "several"},
		"left over": {reply.Reply{Lifts: []reply.Lift{good}, LeftOver: []string{"with", "chains"}}, `"with chains"`},
		"doubt":     {reply.Reply{Lifts: []reply.Lift{doubtful}}, "the load is twice the last one"},
		"no unit":   {reply.Reply{Lifts: []reply.Lift{unitless}}, "unit"},
	} {
		l, err := theLift(c.meant)
		switch {
		case c.says == "" && (err != nil || l.Load != good.Load):
			t.Errorf("%s: %+v, %v", name, l, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func TestEveryCommandShowsAnExample(t *testing.T) {
	parser, err := kong.New(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(true) {
		_, example, _ := strings.Cut(leaf.Help+"\n"+leaf.Detail, "Example:")
		if !strings.Contains(example, "backstop "+leaf.Path()) {
			t.Errorf("%s shows no example", leaf.Path())
		}
	}
}

func TestTheVersionIsTheOneThatWasBuilt(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	Version = "v1.2.3"
	t.Cleanup(func() { Version = "" })
	if out := term.ok("version"); !strings.HasPrefix(out, "backstop v1.2.3") || !strings.Contains(out, "go1.") {
		t.Errorf("says %q", out)
	}
	if b := decoded[build](t, term.ok("version", "--json")); b.Version != "v1.2.3" || b.Go == "" {
		t.Errorf("says %+v", b)
	}
	Version = ""
	if b := decoded[build](t, term.ok("version", "--json")); b.Version == "" {
		t.Errorf("says %+v", b)
	}
}
