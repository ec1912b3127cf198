package lexicon

import "testing"

// TestSounds holds which spellings are one word to the ear.
func TestSounds(t *testing.T) {
	for _, c := range []struct {
		typed, meant string
		same         bool
	}{
		{"bibir", "vivir", true},
		{"enpeso", "empezo", true},
		{"derexa", "derecha", true},
		{"yevo", "llevo", true},
		{"ormigueo", "hormigueo", true},
		{"corasson", "corazon", true},
		{"kerer", "querer", true},
		{"estoi", "estoy", true},
		{"pero", "perro", false},
		{"cama", "cana", false},
		{"pena", "pierna", false},
	} {
		var a, b [maxSoundLen]byte
		x, y := string(sound([]byte(c.typed), a[:0])), string(sound([]byte(c.meant), b[:0]))
		if (x == y) != c.same {
			t.Errorf("%q and %q sound like %q and %q", c.typed, c.meant, x, y)
		}
	}
}
