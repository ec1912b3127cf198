package seal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func fresh(t testing.TB) *Keys {
	t.Helper()
	k, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func place() *rapid.Generator[Place] {
	return rapid.Custom(func(t *rapid.T) Place {
		return Place{
			Table:  rapid.StringMatching(`[a-z_]{1,12}`).Draw(t, "table"),
			Column: rapid.StringMatching(`[a-z_]{1,12}`).Draw(t, "column"),
			Row:    rapid.StringMatching(`[0-9a-f-]{1,36}`).Draw(t, "row"),
			Clinic: rapid.String().Draw(t, "clinic"),
		}
	})
}

func TestASealedValueOpensOnlyInItsPlace(t *testing.T) {
	k := fresh(t)
	rapid.Check(t, func(t *rapid.T) {
		here, there := place().Draw(t, "here"), place().Draw(t, "there")
		value := rapid.SliceOfN(rapid.Byte(), 1, 2000).Draw(t, "value")
		sealed, err := k.Seal(here, value)
		if err != nil {
			t.Fatal(err)
		}
		if len(value) > 8 && bytes.Contains(sealed, value) {
			t.Fatal("the value stands in the ciphertext")
		}
		opened, err := k.Open(here, sealed)
		if err != nil || !bytes.Equal(opened, value) {
			t.Fatalf("opened %q, %v", opened, err)
		}
		if here == there {
			return
		}
		if _, err := k.Open(there, sealed); !errors.Is(err, ErrNotOpened) {
			t.Fatalf("opened in another place: %v", err)
		}
	})
}

func TestADamagedValueDoesNotOpen(t *testing.T) {
	k, here := fresh(t), Place{"messages", "body", "1", "main"}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "value")
		sealed, err := k.Seal(here, value)
		if err != nil {
			t.Fatal(err)
		}
		at := rapid.IntRange(0, len(sealed)-1).Draw(t, "at")
		sealed[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		if _, err := k.Open(here, sealed); !errors.Is(err, ErrNotOpened) {
			t.Fatalf("opened although damaged: %v", err)
		}
	})
}

func TestAnEmptyValueStaysEmpty(t *testing.T) {
	k, here := fresh(t), Place{"messages", "media", "1", "main"}
	sealed, err := k.Seal(here, nil)
	if err != nil || sealed == nil || len(sealed) != 0 {
		t.Fatalf("sealed %v, %v", sealed, err)
	}
	opened, err := k.Open(here, sealed)
	if err != nil || len(opened) != 0 {
		t.Fatalf("opened %v, %v", opened, err)
	}
}

func TestOldKeysStillOpenAfterRotation(t *testing.T) {
	here := Place{"patients", "name", "1", "main"}
	old := fresh(t)
	sealed, err := old.Seal(here, []byte("Sam"))
	if err != nil {
		t.Fatal(err)
	}
	oldHash, err := old.Hash("main", "+15551234567")
	if err != nil {
		t.Fatal(err)
	}

	rotated, err := old.RotatePrimary()
	if err != nil {
		t.Fatal(err)
	}
	if value, err := rotated.Open(here, sealed); err != nil || string(value) != "Sam" {
		t.Fatalf("opened %q, %v", value, err)
	}
	if rotated.Current(sealed) {
		t.Error("what the old key sealed counts as current")
	}
	again, err := rotated.Seal(here, []byte("Sam"))
	if err != nil || !rotated.Current(again) {
		t.Errorf("what the new key sealed does not count as current (%v)", err)
	}
	if _, err := old.Open(here, again); !errors.Is(err, ErrNotOpened) {
		t.Errorf("the old keys open what the new one sealed: %v", err)
	}

	hashes, err := rotated.Hashes("main", "+15551234567")
	if err != nil {
		t.Fatal(err)
	}
	newHash, err := rotated.Hash("main", "+15551234567")
	if err != nil || !bytes.Equal(hashes[0], newHash) || bytes.Equal(newHash, oldHash) {
		t.Errorf("the new key does not hash first (%v)", err)
	}
	if !bytes.Equal(hashes[1], oldHash) || !bytes.Equal(hashes[2], oldHash) {
		t.Error("a phone is not looked for under the old key")
	}

	dropped, err := rotated.DropOld()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dropped.Open(here, sealed); !errors.Is(err, ErrNotOpened) {
		t.Errorf("a dropped key still opens: %v", err)
	}
	if value, err := dropped.Open(here, again); err != nil || string(value) != "Sam" {
		t.Errorf("opened %q, %v", value, err)
	}
}

// While machines are deployed one after another, some have the keys of the step
// before. Neither meets a value it cannot open.
func TestNoStepOfARotationLocksTheStepBeforeOut(t *testing.T) {
	here := Place{"patients", "name", "1", "main"}
	steps := []*Keys{fresh(t)}
	for _, step := range []func(*Keys) (*Keys, error){(*Keys).AddKey, (*Keys).Promote} {
		next, err := step(steps[len(steps)-1])
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, next)
	}
	for i := range len(steps) - 1 {
		for _, pair := range [][2]*Keys{{steps[i], steps[i+1]}, {steps[i+1], steps[i]}} {
			sealed, err := pair[0].Seal(here, []byte("Sam"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := pair[1].Open(here, sealed); err != nil {
				t.Errorf("step %d: %v", i, err)
			}
			hash, _ := pair[0].Hash("main", "+15551234567")
			known, _ := pair[1].Hashes("main", "+15551234567")
			found := false
			for _, h := range known {
				found = found || bytes.Equal(h, hash)
			}
			if !found {
				t.Errorf("step %d: a phone is not found", i)
			}
		}
	}
}

func TestAPhoneHashesDifferentlyInEachClinic(t *testing.T) {
	k := fresh(t)
	a, _ := k.Hash("a", "+15551234567")
	again, _ := k.Hash("a", "+15551234567")
	b, _ := k.Hash("b", "+15551234567")
	other, _ := k.Hash("a", "+15551234568")
	none, _ := k.Hash("a", "")
	if !bytes.Equal(a, again) || bytes.Equal(a, b) || bytes.Equal(a, other) || len(a) != hashBytes || len(none) != 0 {
		t.Errorf("%x %x %x %x %x", a, again, b, other, none)
	}
}

func TestKeysAreReadAsTheyWereWritten(t *testing.T) {
	here := Place{"patients", "name", "1", "main"}
	k := fresh(t)
	sealed, err := k.Seal(here, []byte("Sam"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := k.Export()
	if err != nil {
		t.Fatal(err)
	}
	read, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if value, err := read.Open(here, sealed); err != nil || string(value) != "Sam" {
		t.Errorf("opened %q, %v", value, err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if said := fmt.Sprintf(verb, k); strings.Contains(said, text[8:40]) || len(said) > 40 {
			t.Errorf("%s prints %s", verb, said)
		}
	}
}

func TestTooManyKeysAreRefused(t *testing.T) {
	k := fresh(t)
	for range MaxKeys - 1 {
		var err error
		if k, err = k.RotatePrimary(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.AddKey(); err == nil {
		t.Error("a key more than MaxKeys was taken")
	}
}

func FuzzParse(f *testing.F) {
	text, err := Generate()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(text[:40])
	f.Add("")
	f.Add("QksxAAA")
	f.Fuzz(func(t *testing.T, text string) {
		k, err := Parse(text)
		if err != nil {
			return
		}
		if _, err := k.Seal(Place{}, []byte("x")); err != nil {
			t.Errorf("parsed keys do not seal: %v", err)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	k, here, value := fresh(b), Place{"messages", "body", "018f0000-0000-7000-8000-000000000000", "main"}, make([]byte, 160)
	for b.Loop() {
		if _, err := k.Seal(here, value); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHashes(b *testing.B) {
	k := fresh(b)
	for b.Loop() {
		if _, err := k.Hashes("main", "+15551234567"); err != nil {
			b.Fatal(err)
		}
	}
}
