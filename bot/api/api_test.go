package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/api"
	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// now is a Tuesday afternoon at the clinic.
var now = time.Date(2026, 3, 3, 21, 0, 0, 0, time.UTC)

type clock struct{}

func (clock) Now() time.Time { return now }

// office is the API in front of the real bot and a real database, with two
// clinics and a token for each.
type office struct {
	t      *testing.T
	store  *storage.Store
	bot    *bot.Bot
	server *httptest.Server
	doc    *document
	token  string // northside's
	other  string // southside's

	mu  sync.Mutex
	log bytes.Buffer
}

func (o *office) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.log.Write(p)
}

func (o *office) logged() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.log.String()
}

func open(t *testing.T, store *storage.Store) *office {
	t.Helper()
	o := &office{t: t, store: store, doc: readDocument(t)}
	var clinics []*flows.Clinic
	for _, id := range []string{"northside", "southside"} {
		c := must(protocol.Parse("example.yaml", protocol.Example))[0]
		c.ID = id
		clinics = append(clinics, &flows.Clinic{Clinic: c, Copy: must(copy.For(c))})
		storagetest.Clinic(t, store, id)
	}
	log := slog.New(slog.NewTextHandler(o, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.bot = must(bot.New(bot.Config{Store: store, Clinics: clinics, Clock: clock{}, Log: log}))
	mux := http.NewServeMux()
	api.New(o.bot, store, log).Register(mux)
	o.server = httptest.NewServer(mux)
	t.Cleanup(o.server.Close)
	o.token = o.newToken("northside")
	o.other = o.newToken("southside")
	return o
}

func (o *office) newToken(clinic string) string {
	o.t.Helper()
	secret, _, err := o.store.CreateToken(o.t.Context(), clinic, "scheduling", now)
	if err != nil {
		o.t.Fatal(err)
	}
	return secret
}

// got is an answer of the API.
type got struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

// field is a value of the body, "" where there is none.
func (g got) field(name string) string {
	if g.body[name] == nil {
		return ""
	}
	return fmt.Sprint(g.body[name])
}

// wrong lists the fields a problem names.
func (g got) wrong() []string {
	var fields []string
	errors, _ := g.body["errors"].([]any)
	for _, e := range errors {
		fields = append(fields, e.(map[string]any)["field"].(string))
	}
	slices.Sort(fields)
	return fields
}

func (o *office) post(path, body string, headers ...string) got {
	o.t.Helper()
	return o.send("POST", path, body, headers...)
}

// send makes a request with northside's token unless headers say otherwise, and
// holds the answer against the OpenAPI document.
func (o *office) send(method, path, body string, headers ...string) got {
	o.t.Helper()
	r, err := http.NewRequestWithContext(o.t.Context(), method, o.server.URL+path, strings.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+o.token)
	if method == "POST" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if r.Header.Del(headers[i]); headers[i+1] != "" {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	response, err := o.server.Client().Do(r)
	if err != nil {
		o.t.Fatal(err)
	}
	defer response.Body.Close()
	raw := string(must(io.ReadAll(response.Body)))
	g := got{status: response.StatusCode, header: response.Header, raw: raw}
	if cached := g.header.Get("Cache-Control"); cached != "no-store" {
		o.t.Errorf("%s %s: the answer may be cached: %q", method, path, cached)
	}
	if method != "HEAD" {
		if err := json.Unmarshal([]byte(raw), &g.body); err != nil {
			o.t.Fatalf("%s %s: answered %q: %v", method, path, raw, err)
		}
		o.doc.checkAnswer(o.t, method, path, g)
	}
	return g
}

// patients counts a clinic's patients.
func (o *office) patients(clinic string) int {
	o.t.Helper()
	return len(must(o.store.ListPatients(o.t.Context(), clinic, "", 100)))
}

func must[V any](v V, err error) V {
	if err != nil {
		panic(err)
	}
	return v
}

const alex = `{"clinic": "northside", "external_id": "MRN-1042", "name": "Alex Rivera", "phone": "(312) 555-0171",
	"time_zone": "America/Denver", "language": "en", "baseline": 2.5, "stage": "S3", "unit": "lb",
	"consent": {"method": "written", "at": "2026-03-02T17:30:00-06:00"}}`

func TestAPatientIsEnrolledOnceForEachExternalID(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		first := o.post("/api/v1/patients", alex)
		if first.status != 201 {
			t.Fatalf("answered %d: %s", first.status, first.raw)
		}
		for field, want := range map[string]string{"clinic": "northside", "external_id": "MRN-1042", "name": "Alex Rivera",
			"phone": "+13125550171", "time_zone": "America/Denver", "language": "en", "baseline": "2.5", "stage": "S3",
			"unit": "lb", "paused": "false", "consent": "map[at:2026-03-02T23:30:00Z method:written state:given]"} {
			if first.field(field) != want {
				t.Errorf("%s is %q, want %q", field, first.field(field), want)
			}
		}
		again := o.post("/api/v1/patients", alex)
		if again.status != 200 || again.raw != first.raw {
			t.Errorf("the same again: %d %s, want 200 %s", again.status, again.raw, first.raw)
		}
		where := first.header.Get("Location")
		if read := o.send("GET", where, ""); read.status != 200 || read.raw != first.raw {
			t.Errorf("%s: %d %s", where, read.status, read.raw)
		}
		if n := o.patients("northside"); n != 1 {
			t.Errorf("%d patients", n)
		}
		id := first.field("id")
		if c := must(s.Consents(t.Context(), "northside", id)); len(c) != 1 || c[0].Method != "written" {
			t.Errorf("consents: %+v", c)
		}
		trail := must(s.AuditTrail(t.Context(), "northside", time.Time{}.AddDate(1969, 0, 0), time.Now().Add(time.Hour), 10))
		var did []string
		for _, e := range trail {
			if !strings.HasPrefix(e.Actor, "token:") || e.Subject != id {
				t.Errorf("audit: %+v", e)
			}
			did = append(did, e.Action)
		}
		if slices.Sort(did); !slices.Equal(did, []string{"enrol", "view"}) {
			t.Errorf("audited %v", did)
		}
	})
}

func TestAPatientWithoutConsentIsAskedByText(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		g := o.post("/api/v1/patients", `{"phone": "+13125550171", "baseline": 0, "name": null, "consent": null}`)
		if g.status != 201 || g.field("consent") != "map[at:2026-03-03T21:00:00Z method:text state:asked]" {
			t.Errorf("answered %d %s", g.status, g.raw)
		}
		if g.field("language") != "en" || g.field("unit") != "lb" || g.field("time_zone") != "America/Chicago" || g.field("stage") != "S1" {
			t.Errorf("the clinic's defaults were not taken: %s", g.raw)
		}
	})
}

func TestASessionStartsItsFollowUpOnceForEachExternalID(t *testing.T) {
	const session = `{"patient": %q, "external_id": "visit-9001", "ended_at": "2026-03-03T14:00:00-06:00", "kind": "visit",
		"lifts": [{"exercise": "deadlift", "sets": 3, "reps": 5, "load": 185, "unit": "lb", "rpe": 7.5}, {"reps": [8, 8, 6], "bodyweight": true}],
		"note": "Good hinge.\nWatch the left hip."}`
	for name, patient := range map[string]func(got) string{
		"our id":         func(g got) string { return g.field("id") },
		"external id":    func(got) string { return "MRN-1042" },
		"phone, written": func(got) string { return "312-555-0171" },
	} {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, s *storage.Store) {
				o := open(t, s)
				enrolled := o.post("/api/v1/patients", alex)
				body := fmt.Sprintf(session, patient(enrolled))
				first := o.post("/api/v1/sessions", body)
				if first.status != 201 {
					t.Fatalf("answered %d: %s", first.status, first.raw)
				}
				id := enrolled.field("id")
				for field, want := range map[string]string{"patient": id, "clinic": "northside", "external_id": "visit-9001",
					"ended_at": "2026-03-03T20:00:00Z", "kind": "visit", "note": "Good hinge.\nWatch the left hip.",
					"lifts": "[map[exercise:deadlift load:185 reps:[5] rpe:7.5 sets:3 unit:lb] map[bodyweight:true reps:[8 8 6]]]"} {
					if first.field(field) != want {
						t.Errorf("%s is %q, want %q", field, first.field(field), want)
					}
				}
				o.post("/api/v1/sessions", `{"patient": "MRN-1042", "ended_at": "2026-03-03T20:00:00Z", "external_id": "gym-1", "lifts": [{"sets": 1}]}`)
				if again := o.post("/api/v1/sessions", body); again.status != 200 || again.raw != first.raw {
					t.Errorf("the same again: %d %s, want 200 %s", again.status, again.raw, first.raw)
				}
				if sessions := must(s.Sessions(t.Context(), "northside", id, time.Time{})); len(sessions) != 2 {
					t.Errorf("sessions: %+v", sessions)
				}
				if len(must(s.Agenda(t.Context(), "northside", id))) == 0 {
					t.Error("no follow-up was begun")
				}
			})
		})
	}
}

func TestTheSameExternalIDAtOnceIsOnePatient(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		var (
			wait    sync.WaitGroup
			mu      sync.Mutex
			created int
		)
		for range 8 {
			wait.Go(func() {
				g := o.post("/api/v1/patients", alex)
				mu.Lock()
				defer mu.Unlock()
				if g.status == 201 {
					created++
				} else if g.status != 200 {
					t.Errorf("answered %d %s", g.status, g.raw)
				}
			})
		}
		wait.Wait()
		if n := o.patients("northside"); created != 1 || n != 1 {
			t.Errorf("%d answers of 201, %d patients", created, n)
		}
	})
}

func TestATokenOpensItsOwnClinicOnly(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		enrolled := o.post("/api/v1/patients", alex)
		if g := o.send("GET", enrolled.header.Get("Location"), "", "Authorization", "Bearer "+o.other); g.status != 404 {
			t.Errorf("the other clinic reads the patient: %d", g.status)
		}
		if g := o.post("/api/v1/patients", alex, "Authorization", "Bearer "+o.other); g.status != 403 || o.patients("southside") != 0 {
			t.Errorf("the other clinic enrols at northside: %d %s", g.status, g.raw)
		}
		for _, patient := range []string{enrolled.field("id"), "MRN-1042", "+13125550171"} {
			g := o.post("/api/v1/sessions", fmt.Sprintf(`{"patient": %q, "ended_at": "2026-03-03T20:00:00Z"}`, patient), "Authorization", "Bearer "+o.other)
			if g.status != 422 || !slices.Equal(g.wrong(), []string{"patient"}) {
				t.Errorf("the other clinic logs a session of %s: %d %s", patient, g.status, g.raw)
			}
		}
		if g := o.post("/api/v1/patients", strings.Replace(alex, `"clinic": "northside",`, "", 1), "Authorization", "Bearer "+o.other); g.status != 201 || g.field("clinic") != "southside" {
			t.Errorf("the same external id at another clinic: %d %s", g.status, g.raw)
		}
		none := o.newToken("")
		for _, body := range []string{alex, strings.Replace(alex, `"clinic": "northside",`, "", 1)} {
			if g := o.post("/api/v1/patients", body, "Authorization", "Bearer "+none); g.status != 403 {
				t.Errorf("a token without a clinic: %d %s", g.status, g.raw)
			}
		}
	})
}

func TestWithoutAGoodTokenNothingIsRead(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		for _, token := range must(s.Tokens(t.Context())) {
			if token.ClinicID == "southside" {
				if err := s.RevokeToken(t.Context(), token.ID, now); err != nil {
					t.Fatal(err)
				}
			}
		}
		for name, c := range map[string]struct{ header, challenge string }{
			"none":     {"", `Bearer realm="backstop"`},
			"basic":    {"Basic YTpi", `Bearer realm="backstop"`},
			"empty":    {"Bearer ", `Bearer realm="backstop"`},
			"unknown":  {"Bearer bst_nonsense", `Bearer realm="backstop", error="invalid_token"`},
			"revoked":  {"Bearer " + o.other, `Bearer realm="backstop", error="invalid_token"`},
			"prefixed": {"Bearer x" + o.token, `Bearer realm="backstop", error="invalid_token"`},
		} {
			t.Run(name, func(t *testing.T) {
				for _, r := range [][2]string{{"POST", "/api/v1/patients"}, {"POST", "/api/v1/sessions"}, {"GET", "/api/v1/patients/1"}} {
					g := o.send(r[0], r[1], "not even JSON", "Authorization", c.header)
					if g.status != 401 || g.header.Get("WWW-Authenticate") != c.challenge {
						t.Errorf("%s %s: %d, challenge %q", r[0], r[1], g.status, g.header.Get("WWW-Authenticate"))
					}
				}
			})
		}
		r := must(http.NewRequestWithContext(t.Context(), "POST", o.server.URL+"/api/v1/patients", strings.NewReader(alex)))
		r.Header = http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + o.token, "Bearer bst_nonsense"}}
		response := must(o.server.Client().Do(r))
		if response.Body.Close(); response.StatusCode != 401 {
			t.Errorf("two tokens: %d", response.StatusCode)
		}
		if n := o.patients("northside"); n != 0 {
			t.Errorf("%d patients were enrolled", n)
		}
		if g := o.post("/api/v1/patients", alex, "Authorization", "bearer "+o.token); g.status != 201 {
			t.Errorf("the scheme in lower case: %d", g.status)
		}
	})
}

func TestEveryWrongFieldIsNamedAtOnce(t *testing.T) {
	patient := map[string]struct {
		body  string
		wrong []string
	}{
		"nothing":           {`{}`, []string{"baseline", "phone"}},
		"all of the values": {`{"phone": "12", "time_zone": "Mars/Base", "language": "fr", "baseline": 11, "stage": "S9", "unit": "stone", "consent": {"method": "written"}}`, []string{"baseline", "consent.at", "language", "phone", "stage", "time_zone", "unit"}},
		"all of the types":  {`{"clinic": 1, "external_id": [], "name": {}, "phone": 13125550171, "time_zone": false, "language": 1, "baseline": "2", "stage": 3, "unit": 1, "consent": "yes"}`, []string{"baseline", "clinic", "consent", "external_id", "language", "name", "phone", "stage", "time_zone", "unit"}},
		"unknown keys":      {`{"Phone": "+13125550171", "baseline": 2, "consent": {"how": "written"}, "mrn": 1}`, []string{"Phone", "consent.how", "mrn", "phone"}},
		"types and values":  {`{"phone": "12", "baseline": "two", "shoe_size": 44}`, []string{"baseline", "phone", "shoe_size"}},
		"twice":             {`{"phone": "+13125550171", "phone": "+13125550172", "baseline": 2}`, []string{"phone"}},
		"NaN by size":       {`{"phone": "+13125550171", "baseline": 1e999}`, []string{"baseline"}},
		"quarters":          {`{"phone": "+13125550171", "baseline": 2.25}`, []string{"baseline"}},
		"negative":          {`{"phone": "+13125550171", "baseline": -1}`, []string{"baseline"}},
		"null byte":         {`{"phone": "+13125550171", "baseline": 2, "external_id": "a\u0000b", "name": "A\nB"}`, []string{"external_id", "name"}},
		"too long":          {`{"phone": "+13125550171", "baseline": 2, "name": "` + strings.Repeat("é", 201) + `"}`, []string{"name"}},
		"consent to come":   {`{"phone": "+13125550171", "baseline": 2, "consent": {"method": "written", "at": "2026-03-04T17:30:00Z"}}`, []string{"consent.at"}},
		"consent unsaid":    {`{"phone": "+13125550171", "baseline": 2, "consent": {"at": "2026-03-02T17:30:00Z"}}`, []string{"consent.method"}},
		"consent no time":   {`{"phone": "+13125550171", "baseline": 2, "consent": {"method": "written", "at": "yesterday"}}`, []string{"consent.at"}},
		"consent no zone":   {`{"phone": "+13125550171", "baseline": 2, "consent": {"method": "written", "at": "2026-03-02T17:30:00"}}`, []string{"consent.at"}},
		"local zone":        {`{"phone": "+13125550171", "baseline": 2, "time_zone": "Local"}`, []string{"time_zone"}},
	}
	session := map[string]struct {
		body  string
		wrong []string
	}{
		"nothing":          {`{}`, []string{"ended_at", "patient"}},
		"nobody":           {`{"patient": "MRN-7", "ended_at": "2026-03-03T20:00:00Z"}`, []string{"patient"}},
		"to come":          {`{"patient": "MRN-1042", "ended_at": "2026-03-05T20:00:00Z"}`, []string{"ended_at"}},
		"no time":          {`{"patient": "MRN-1042", "ended_at": "noon"}`, []string{"ended_at"}},
		"year zero":        {`{"patient": "MRN-1042", "ended_at": "0001-01-01T00:00:00Z"}`, []string{"ended_at"}},
		"types":            {`{"patient": 7, "ended_at": 1772568000, "kind": {}, "lifts": {}, "note": []}`, []string{"ended_at", "kind", "lifts", "note", "patient"}},
		"unknown and none": {`{"patient": "MRN-7", "ended_at": "2026-03-03T20:00:00Z", "pain": 7}`, []string{"pain", "patient"}},
		"unknown key":      {`{"patient": "MRN-1042", "ended_at": "2026-03-03T20:00:00Z", "pain": 7}`, []string{"pain"}},
		"lifts": {`{"patient": "MRN-1042", "ended_at": "2026-03-03T20:00:00Z", "lifts": [
			{"reps": 5, "load": 100}, {"reps": 5, "load": -5, "unit": "kg"}, {"sets": 3, "reps": [5, 5]}, {"sets": 1.5, "reps": "five"},
			{"reps": [], "unit": "stone"}, 7, {"weight": 100}, {"reps": 5, "rpe": 11, "sets": 99}]}`,
			[]string{"lifts[0].unit", "lifts[1].load", "lifts[2].reps", "lifts[3].reps", "lifts[3].sets", "lifts[4].reps", "lifts[4].unit", "lifts[5]", "lifts[6].reps", "lifts[6].weight", "lifts[7].rpe", "lifts[7].sets"}},
		"null byte": {`{"patient": "MRN-1042", "ended_at": "2026-03-03T20:00:00Z", "note": "a\u0000", "kind": "\u0000"}`, []string{"kind", "note"}},
	}
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		for name, c := range patient {
			g := o.post("/api/v1/patients", c.body)
			if g.status != 422 || !slices.Equal(g.wrong(), c.wrong) {
				t.Errorf("patient, %s: %d names %v, want %v: %s", name, g.status, g.wrong(), c.wrong, g.raw)
			}
		}
		if n := o.patients("northside"); n != 0 {
			t.Errorf("%d patients were enrolled", n)
		}
		id := o.post("/api/v1/patients", alex).field("id")
		for name, c := range session {
			g := o.post("/api/v1/sessions", c.body)
			if g.status != 422 || !slices.Equal(g.wrong(), c.wrong) {
				t.Errorf("session, %s: %d names %v, want %v: %s", name, g.status, g.wrong(), c.wrong, g.raw)
			}
		}
		if n := len(must(s.Sessions(t.Context(), "northside", id, time.Time{}))); n != 0 {
			t.Errorf("%d sessions were logged", n)
		}
	})
}

func TestWhatIsNoRequestIsAProblemToo(t *testing.T) {
	o := open(t, storagetest.Open(t, storage.Postgres))
	const patients, sessions = "/api/v1/patients", "/api/v1/sessions"
	for name, c := range map[string]struct {
		method, path, body string
		headers            []string
		status             int
		allow              string
	}{
		"no body":             {method: "POST", path: patients, status: 400},
		"half a body":         {method: "POST", path: patients, body: alex[:80], status: 400},
		"two bodies":          {method: "POST", path: patients, body: alex + alex, status: 400},
		"a list":              {method: "POST", path: patients, body: "[" + alex + "]", status: 400},
		"a word":              {method: "POST", path: sessions, body: `"MRN-1042"`, status: 400},
		"null":                {method: "POST", path: sessions, body: `null`, status: 400},
		"Latin-1":             {method: "POST", path: patients, body: "{\"name\": \"Luc\xeda\"}", status: 400},
		"deep":                {method: "POST", path: patients, body: strings.Repeat(`{"a":`, 12000), status: 400},
		"a form":              {method: "POST", path: patients, body: "phone=1", headers: []string{"Content-Type", "application/x-www-form-urlencoded"}, status: 415},
		"no type":             {method: "POST", path: patients, body: alex, headers: []string{"Content-Type", ""}, status: 415},
		"a broken type":       {method: "POST", path: patients, body: alex, headers: []string{"Content-Type", "application/json; charset"}, status: 415},
		"another charset":     {method: "POST", path: patients, body: alex, headers: []string{"Content-Type", "application/json; charset=latin1"}, status: 415},
		"compressed":          {method: "POST", path: patients, body: alex, headers: []string{"Content-Encoding", "gzip"}, status: 415},
		"too much":            {method: "POST", path: patients, body: `{"name": "` + strings.Repeat("x", 64<<10) + `"}`, status: 413},
		"reading all":         {method: "GET", path: patients, status: 405, allow: "POST"},
		"deleting":            {method: "DELETE", path: patients + "/1", status: 405, allow: "GET, HEAD"},
		"putting":             {method: "PUT", path: sessions, body: "{}", status: 405, allow: "POST"},
		"writing the doc":     {method: "POST", path: "/api/v1/openapi.json", body: "{}", status: 405, allow: "GET, HEAD"},
		"another address":     {method: "GET", path: "/api/v1/lifts", status: 404},
		"another version":     {method: "POST", path: "/api/v2/patients", body: alex, status: 404},
		"a slash more":        {method: "POST", path: patients + "/", body: alex, status: 404},
		"nobody":              {method: "GET", path: patients + "/019503aa-0000-7000-8000-000000000000", status: 404},
		"nobody, a null byte": {method: "GET", path: patients + "/a%00b", status: 404},
		"nobody, Latin-1":     {method: "GET", path: patients + "/a%ffb", status: 404},
	} {
		t.Run(name, func(t *testing.T) {
			g := o.send(c.method, c.path, c.body, c.headers...)
			if g.status != c.status || g.header.Get("Allow") != c.allow {
				t.Errorf("answered %d, Allow %q: %s", g.status, g.header.Get("Allow"), g.raw)
			}
			if kind := g.header.Get("Content-Type"); kind != "application/problem+json" {
				t.Errorf("the answer is %s", kind)
			}
			if g.field("status") != fmt.Sprint(c.status) || g.field("title") == "" || g.field("detail") == "" {
				t.Errorf("the problem says too little: %s", g.raw)
			}
		})
	}
	if g := o.post(patients, alex, "Content-Type", "application/json; charset=UTF-8"); g.status != 201 {
		t.Errorf("with its charset: %d", g.status)
	}
	if g := o.send("HEAD", "/api/v1/openapi.json", ""); g.status != 200 || g.raw != "" {
		t.Errorf("HEAD: %d %q", g.status, g.raw)
	}
}

func TestAFailureOfOursIsAProblemThatTheLogCanFind(t *testing.T) {
	store := storagetest.Open(t, storage.SQLite)
	o := open(t, store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	g := o.post("/api/v1/patients", alex)
	id, named := strings.CutPrefix(g.field("instance"), "urn:uuid:")
	if g.status != 500 || !named || !strings.Contains(o.logged(), "request="+id) || strings.Contains(g.raw, "closed") {
		t.Errorf("answered %d %s; log:\n%s", g.status, g.raw, o.logged())
	}
}

func TestNothingAboutAPatientIsLoggedOrInAnError(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		const secret = "Xaviera"
		where := o.post("/api/v1/patients", strings.Replace(alex, "Alex Rivera", secret, 1)).header.Get("Location")
		o.send("GET", where, "")
		o.post("/api/v1/sessions", `{"patient": "+13125550171", "ended_at": "2026-03-03T20:00:00Z", "note": "Xaviera hurts"}`)
		for _, body := range []string{
			`{"phone": "Xaviera", "language": "Xaviera", "time_zone": "Xaviera", "unit": "Xaviera", "stage": "Xaviera", "baseline": 1}`,
			`{"clinic": "Xaviera"}`, `{"name": Xaviera}`, `{"name": ["Xaviera"]}`, `{"consent": {"method": "x", "at": "Xaviera"}}`,
		} {
			if g := o.post("/api/v1/patients", body); g.status < 400 || strings.Contains(g.raw, secret) {
				t.Errorf("%s: answered %d %s", body, g.status, g.raw)
			}
		}
		if g := o.post("/api/v1/sessions", `{"patient": "Xaviera", "ended_at": "2026-03-03T20:00:00Z"}`); strings.Contains(g.raw, secret) {
			t.Errorf("answered %s", g.raw)
		}
		for _, word := range []string{secret, "5550171", "hurts", "MRN"} {
			if strings.Contains(strings.ReplaceAll(o.logged(), where, ""), word) {
				t.Errorf("the log has %q:\n%s", word, o.logged())
			}
		}
		if strings.Contains(where, "MRN") || strings.Contains(where, "5550171") {
			t.Errorf("the address is %s", where)
		}
	})
}
