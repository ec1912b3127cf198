package copy

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

func TestSegmentsAsTheCarriersCount(t *testing.T) {
	data, err := os.ReadFile("testdata/segments.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct {
			Name          string
			Text          string
			Units         int      `json:"utf16_units"`
			Encoding      Encoding `json:"encoding"`
			Segments      int
			SmartEncoding Encoding `json:"smart_encoding"`
			SmartSegments int      `json:"smart_segments"`
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Vectors) != 25 {
		t.Fatalf("%d vectors, want 25", len(file.Vectors))
	}
	for _, v := range file.Vectors {
		if n := len(utf16.Encode([]rune(v.Text))); n != v.Units {
			t.Errorf("%s: the vector was damaged: %d UTF-16 units, want %d", v.Name, n, v.Units)
		}
		if enc, _, parts := Segments(v.Text); enc != v.Encoding || parts != v.Segments {
			t.Errorf("%s: %s in %d, want %s in %d", v.Name, enc, parts, v.Encoding, v.Segments)
		}
		if enc, _, parts := Segments(Smart(v.Text)); enc != v.SmartEncoding || parts != v.SmartSegments {
			t.Errorf("%s smart: %s in %d, want %s in %d", v.Name, enc, parts, v.SmartEncoding, v.SmartSegments)
		}
	}
}

func TestUnitsCountSeptetsOrCodeUnits(t *testing.T) {
	for _, c := range []struct {
		text  string
		enc   Encoding
		units int
		parts int
	}{
		{"", GSM7, 0, 0},
		{"a{b}", GSM7, 6, 1},
		{"¿Cómo?", UCS2, 6, 1},
		{"🙂", UCS2, 2, 1},
		{strings.Repeat("€", 80), GSM7, 160, 1},
		{strings.Repeat("€", 81), GSM7, 162, 2},
	} {
		if enc, units, parts := Segments(c.text); enc != c.enc || units != c.units || parts != c.parts {
			t.Errorf("%.10q: %s, %d units, %d parts; want %s, %d, %d", c.text, enc, units, parts, c.enc, c.units, c.parts)
		}
	}
}

func TestPartsHoldAllUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab€{ñóж🙂 \n"))).Draw(t, "text")
		enc, units, parts := Segments(text)
		single, part := gsmSingle, gsmPart
		if enc == UCS2 {
			single, part = ucs2Single, ucs2Part
		}
		if units <= single && units > 0 && parts != 1 {
			t.Fatalf("%d units in %d parts", units, parts)
		}
		if units > single && (parts*part < units || (parts-1)*(part-1) >= units) {
			t.Fatalf("%d units in %d parts", units, parts)
		}
		if _, _, more := Segments(text + "a"); more < parts {
			t.Fatalf("a longer text takes %d parts instead of %d", more, parts)
		}
	})
}
