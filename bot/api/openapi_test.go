package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"backstop/bot/api"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// document is the OpenAPI document, as far as these tests read it.
type document struct {
	OpenAPI    string
	Paths      map[string]map[string]operation
	Components struct {
		Schemas         map[string]schema
		Responses       map[string]response
		SecuritySchemes map[string]any
	}
}

type operation struct {
	OperationID string
	RequestBody struct{ Content map[string]media }
	Responses   map[string]response
	Security    *[]map[string][]string
}

type response struct {
	Ref     string `json:"$ref"`
	Content map[string]media
}

type media struct {
	Schema  schema
	Example json.RawMessage
}

type schema map[string]any

func readDocument(t *testing.T) *document {
	t.Helper()
	data, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatalf("openapi.json: %v", err)
	}
	return &d
}

// operation finds what the document says about a request; nil for nothing.
func (d *document) operation(method, path string) *operation {
	for template, methods := range d.Paths {
		want, have := strings.Split(template, "/"), strings.Split(path, "/")
		fits := len(want) == len(have)
		for i := 0; fits && i < len(want); i++ {
			fits = want[i] == have[i] || strings.HasPrefix(want[i], "{") && have[i] != ""
		}
		if op, ok := methods[strings.ToLower(method)]; fits && ok {
			return &op
		}
	}
	return nil
}

func (d *document) response(op *operation, status int) (response, bool) {
	r, ok := op.Responses[fmt.Sprint(status)]
	if name, is := strings.CutPrefix(r.Ref, "#/components/responses/"); is {
		r, ok = d.Components.Responses[name]
	}
	return r, ok
}

// checkAnswer holds an answer against what the document says about it. What is
// not in the document may only be answered as nothing that there is.
func (d *document) checkAnswer(t *testing.T, method, path string, g got) {
	t.Helper()
	op := d.operation(method, path)
	if op == nil {
		if g.status != http.StatusNotFound && g.status != http.StatusMethodNotAllowed {
			t.Errorf("%s %s is not in the document, and answers %d", method, path, g.status)
		}
		return
	}
	r, ok := d.response(op, g.status)
	if !ok {
		t.Errorf("the document does not say that %s %s answers %d", method, path, g.status)
		return
	}
	kind := g.header.Get("Content-Type")
	m, ok := r.Content[kind]
	if !ok {
		t.Errorf("the document does not say that %s %s answers %d as %s", method, path, g.status, kind)
		return
	}
	for _, wrong := range d.validate(m.Schema, g.body, "") {
		t.Errorf("%s %s: the %d does not fit the document: %s", method, path, g.status, wrong)
	}
}

// validate says where a value does not fit a schema. It knows the keywords the
// document uses, and fails on any other.
func (d *document) validate(s schema, value any, at string) (wrong []string) {
	add := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	for keyword, want := range s {
		switch keyword {
		case "description", "properties", "additionalProperties":
		case "$ref":
			name, _ := strings.CutPrefix(want.(string), "#/components/schemas/")
			target, ok := d.Components.Schemas[name]
			if !ok {
				add("no schema %s", want)
			}
			wrong = append(wrong, d.validate(target, value, at)...)
		case "type":
			types, several := want.([]any)
			if !several {
				types = []any{want}
			}
			if !slices.ContainsFunc(types, func(t any) bool { return isA(t.(string), value) }) {
				add("%v is not %v", value, want)
			}
		case "enum":
			if !slices.Contains(want.([]any), value) {
				add("%v is not one of %v", value, want)
			}
		case "const":
			if want != value {
				add("%v is not %v", value, want)
			}
		case "anyOf":
			fits := slices.ContainsFunc(want.([]any), func(o any) bool { return len(d.validate(o.(map[string]any), value, at)) == 0 })
			if !fits {
				add("%v fits none of %v", value, want)
			}
		case "required":
			if o, is := value.(map[string]any); is {
				for _, field := range want.([]any) {
					if _, has := o[field.(string)]; !has {
						add("lacks %s", field)
					}
				}
			}
		case "items":
			if list, is := value.([]any); is {
				for i, item := range list {
					wrong = append(wrong, d.validate(want.(map[string]any), item, fmt.Sprintf("%s[%d]", at, i))...)
				}
			}
		case "minimum", "maximum", "multipleOf":
			n, is := value.(float64)
			limit := want.(float64)
			if is && (keyword == "minimum" && n < limit || keyword == "maximum" && n > limit || keyword == "multipleOf" && math.Mod(n, limit) != 0) {
				add("%v breaks %s %v", n, keyword, limit)
			}
		case "minItems", "maxItems":
			list, is := value.([]any)
			if n := float64(len(list)); is && (keyword == "minItems" && n < want.(float64) || keyword == "maxItems" && n > want.(float64)) {
				add("%v items break %s %v", n, keyword, want)
			}
		case "maxLength":
			if text, is := value.(string); is && float64(utf8.RuneCountInString(text)) > want.(float64) {
				add("is too long")
			}
		case "format":
			text, is := value.(string)
			if _, err := time.Parse(time.RFC3339, text); is && want == "date-time" && err != nil {
				add("%q is no date-time", text)
			}
			if is && want == "uuid" && len(text) != 36 {
				add("%q is no uuid", text)
			}
		default:
			add("the document uses %s, which these tests do not know", keyword)
		}
	}
	o, is := value.(map[string]any)
	if !is {
		return wrong
	}
	properties, _ := s["properties"].(map[string]any)
	for field, v := range o {
		if p, known := properties[field]; known {
			wrong = append(wrong, d.validate(p.(map[string]any), v, at+"."+field)...)
		} else if s["additionalProperties"] == false {
			add("has %s", field)
		}
	}
	return wrong
}

func isA(kind string, value any) bool {
	switch v := value.(type) {
	case nil:
		return kind == "null"
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case float64:
		return kind == "number" || kind == "integer" && v == math.Trunc(v)
	case []any:
		return kind == "array"
	case map[string]any:
		return kind == "object"
	}
	return false
}

// sample makes a value that has every field of a schema, at the limit it names.
func (d *document) sample(s schema) any {
	if name, is := strings.CutPrefix(fmt.Sprint(s["$ref"]), "#/components/schemas/"); is {
		return d.sample(d.Components.Schemas[name])
	}
	if one, is := s["enum"].([]any); is {
		return one[0]
	}
	if either, is := s["anyOf"].([]any); is {
		return d.sample(either[0].(map[string]any))
	}
	kind := s["type"]
	if several, is := kind.([]any); is {
		kind = several[0]
	}
	switch kind {
	case "object":
		out := map[string]any{}
		for field, p := range s["properties"].(map[string]any) {
			out[field] = d.sample(p.(map[string]any))
		}
		return out
	case "array":
		return []any{d.sample(s["items"].(map[string]any))}
	case "number", "integer":
		return s["maximum"]
	case "boolean":
		return true
	}
	if s["format"] == "date-time" {
		return "2026-03-03T20:00:00Z"
	}
	return strings.Repeat("x", int(s["maxLength"].(float64)))
}

func TestTheDocumentIsServedToAnybody(t *testing.T) {
	o := open(t, storagetest.Open(t, storage.SQLite))
	g := o.send("GET", "/api/v1/openapi.json", "", "Authorization", "")
	file, err := os.ReadFile("openapi.json")
	if err != nil || g.raw != string(file) || g.status != 200 {
		t.Errorf("answered %d with %d bytes of %d", g.status, len(g.raw), len(file))
	}
	if o.doc.OpenAPI != "3.1.0" {
		t.Errorf("OpenAPI %s", o.doc.OpenAPI)
	}
}

func TestTheDocumentAndTheRoutesAreTheSame(t *testing.T) {
	d := readDocument(t)
	mux := http.NewServeMux()
	api.New(nil, nil, nil).Register(mux)
	for path, methods := range d.Paths {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			r := httptest.NewRequestWithContext(t.Context(), method, strings.ReplaceAll(path, "{id}", "1"), nil)
			_, pattern := mux.Handler(r)
			_, documented := methods[strings.ToLower(method)]
			if routed := pattern == method+" "+path; routed != documented {
				t.Errorf("%s %s: in the document %v, on a route %v", method, path, documented, routed)
			}
		}
	}
	if routed, documented := api.Routes(), slices.Sorted(maps.Keys(d.Paths)); !slices.Equal(routed, documented) {
		t.Errorf("routes %v, document %v", routed, documented)
	}
}

// What the document lets through the handlers read, and they read nothing that
// it does not name.
func TestTheDocumentAndTheFieldsAreTheSame(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		for path, want := range map[string][]string{
			// As values these are nonsense, which is for the desk to say; as fields they are read.
			"/api/v1/patients": {"phone", "time_zone"},
			"/api/v1/sessions": {"patient"},
		} {
			m := o.doc.operation("POST", path).RequestBody.Content["application/json"]
			full := o.doc.sample(m.Schema).(map[string]any)
			full["clinic"] = "northside"
			if wrong := o.doc.validate(m.Schema, any(full), ""); len(wrong) > 0 {
				t.Fatalf("the sample does not fit: %v", wrong)
			}
			if g := o.post(path, string(must(json.Marshal(full)))); g.status != 422 || !slices.Equal(g.wrong(), want) {
				t.Errorf("%s with all fields: %d names %v, want %v: %s", path, g.status, g.wrong(), want, g.raw)
			}
			full["unheard_of"] = 1
			g := o.post(path, string(must(json.Marshal(full))))
			properties := o.doc.Components.Schemas[strings.TrimPrefix(m.Schema["$ref"].(string), "#/components/schemas/")]["properties"].(map[string]any)
			documented := slices.Sorted(maps.Keys(properties))
			if read := fieldsIn(g); !slices.Equal(read, documented) {
				t.Errorf("%s reads %v, the document has %v", path, read, documented)
			}
		}
		// The lifts have fields of their own.
		g := o.post("/api/v1/sessions", `{"patient": "1", "ended_at": "2026-03-03T20:00:00Z", "lifts": [{"reps": 1, "unheard_of": 1}]}`)
		documented := slices.Sorted(maps.Keys(o.doc.Components.Schemas["NewLift"]["properties"].(map[string]any)))
		if read := fieldsIn(g); !slices.Equal(read, documented) {
			t.Errorf("a lift: reads %v, the document has %v", read, documented)
		}
	})
}

// fieldsIn are the fields that the refusal of an unknown one lists.
func fieldsIn(g got) []string {
	errors, _ := g.body["errors"].([]any)
	for _, e := range errors {
		e := e.(map[string]any)
		if strings.HasSuffix(e["field"].(string), "unheard_of") {
			_, list, _ := strings.Cut(e["reason"].(string), "there are ")
			fields := strings.Split(list, ", ")
			slices.Sort(fields)
			return fields
		}
	}
	return nil
}

func TestTheExamplesOfTheDocumentWork(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		o := open(t, s)
		for _, path := range []string{"/api/v1/patients", "/api/v1/sessions"} {
			m := o.doc.operation("POST", path).RequestBody.Content["application/json"]
			var example any
			if err := json.Unmarshal(m.Example, &example); err != nil {
				t.Fatal(err)
			}
			if wrong := o.doc.validate(m.Schema, example, ""); len(wrong) > 0 {
				t.Errorf("%s: the example does not fit: %v", path, wrong)
			}
			if g := o.post(path, string(m.Example)); g.status != 201 {
				t.Errorf("%s: the example is answered %d %s", path, g.status, g.raw)
			}
		}
	})
}

func TestTheDocumentAlsoSaysWhatIsRefused(t *testing.T) {
	d := readDocument(t)
	for _, methods := range d.Paths {
		for _, op := range methods {
			secured := op.Security == nil
			if _, says := op.Responses["401"]; says != secured {
				t.Errorf("%s: security and 401 do not agree", op.OperationID)
			}
		}
	}
}
