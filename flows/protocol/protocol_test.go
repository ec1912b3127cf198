package protocol

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The defaults of the clinical specification, appendix A, under our keys.
func TestDefaultsAreThoseOfTheSpecification(t *testing.T) {
	data, err := os.ReadFile("testdata/defaults.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]string
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, n := range Describe() {
		got[n.Key] = n.Default
	}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s is %q, want %q", key, got[key], value)
		}
	}
}

func TestEveryNumberSaysWhatItIs(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Describe() {
		if seen[n.Key] {
			t.Errorf("%s stands twice", n.Key)
		}
		seen[n.Key] = true
		if n.Unit == "" || n.Meaning == "" || !regexp.MustCompile(`^[a-zA-Z0-9_.]+$`).MatchString(n.Key) {
			t.Errorf("%+v is not described", n)
		}
	}
	eachNumber(reflect.TypeFor[Protocol](), func(name string, f reflect.StructField) {
		limits := f.Tag.Get("min") != "" && f.Tag.Get("max") != ""
		switch f.Type.Kind() {
		case reflect.Int, reflect.Int64, reflect.Float64:
			timeOfDay := f.Type == reflect.TypeFor[Clock]() || f.Type == reflect.TypeFor[time.Weekday]()
			if !limits && !timeOfDay {
				t.Errorf("%s has no range", name)
			}
		case reflect.String:
			if f.Tag.Get("oneof") == "" && f.Tag.Get("like") == "" && f.Tag.Get("maxlen") == "" {
				t.Errorf("%s allows any text", name)
			}
		}
		if f.Tag.Get("help") == "" {
			t.Errorf("%s does not say what it does", name)
		}
	})
}

// eachNumber visits every single value of a struct type and the structs and lists in it.
func eachNumber(typ reflect.Type, f func(string, reflect.StructField)) {
	for i := range typ.NumField() {
		field := typ.Field(i)
		if field.Tag.Get("yaml") == "" || field.Tag.Get("yaml") == "-" {
			continue
		}
		inner := field.Type
		for inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[Date]() {
			eachNumber(inner, f)
			continue
		}
		f(typ.Name()+"."+field.Name, field)
	}
}

func TestEveryDefaultIsAllowed(t *testing.T) {
	var check func(v reflect.Value, parent string)
	check = func(v reflect.Value, parent string) {
		eachField(v, func(key string, field reflect.Value, tag reflect.StructTag) {
			where := join(parent, key)
			switch {
			case field.Kind() == reflect.Struct && tag.Get("help") == "":
				check(field, where)
			case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.Struct:
				for i := range field.Len() {
					check(field.Index(i), where)
				}
			case field.Kind() == reflect.Slice:
				for i := range field.Len() {
					if reason := outside(field.Index(i), tag); reason != "" {
						t.Errorf("%s: %s", where, reason)
					}
				}
			default:
				if reason := outside(field, tag); reason != "" && !(field.Kind() == reflect.String && field.String() == "") {
					t.Errorf("%s: %s", where, reason)
				}
			}
		})
	}
	check(reflect.ValueOf(Default()), "")
}

func TestTheLadder(t *testing.T) {
	p := Default()
	var ids []string
	for _, s := range p.Stages {
		ids = append(ids, s.ID)
	}
	if !slices.Equal(ids, []string{"S0", "S1", "S2", "S3", "CHECKPOINT", "S4", "S5", "S6"}) {
		t.Errorf("stages %v", ids)
	}
	climb := []string{"S0"}
	for {
		next, ok := p.Next(climb[len(climb)-1])
		if !ok {
			break
		}
		climb = append(climb, next)
	}
	if got := strings.Join(climb, " "); got != "S0 S1 S2 S3 CHECKPOINT S4 S5" {
		t.Errorf("the climb is %s", got)
	}
	for id, approve := range map[string]bool{"S0": false, "S1": false, "S2": false, "S3": true, "CHECKPOINT": true, "S4": true, "S5": true, "S6": false} {
		if s, ok := p.Stage(id); !ok || s.Approve != approve {
			t.Errorf("%s needs approval: %v", id, s.Approve)
		}
	}
	s3, _ := p.Stage("S3")
	if got := strings.Join(s3.Letters(), ""); got != "abcd" {
		t.Errorf("letters %s", got)
	}
	for letter, want := range map[string]string{"a": "kb_deadlift_box", "b": "kb_deadlift", "c": "high_trap_bar", "d": "deadlift"} {
		if x, ok := s3.Main(letter); !ok || x.ID != want {
			t.Errorf("S3 %s is %s", letter, x.ID)
		}
	}
	s5, _ := p.Stage("S5")
	if x, ok := s5.Main(""); !ok || x.Role != TopSet || x.RepsMax != 5 {
		t.Errorf("the main lift of S5 is %+v", x)
	}
	if _, ok := p.Stage("S7"); ok {
		t.Error("there is a stage S7")
	}
}
