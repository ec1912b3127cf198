package reply

import (
	"bytes"
	"testing"
)

// TestARoomHoldsNoWords looks into the room that a patient's text leaves behind.
func TestARoomHoldsNoWords(t *testing.T) {
	r := read(AskedNone, "cant feel when i wipe", English)
	_ = r.reply()
	keys, forms := r.keys[:cap(r.keys)], r.forms
	r.release()
	if bytes.ContainsAny(keys, "abcdefghijklmnopqrstuvwxyz") || r.text != "" {
		t.Errorf("left behind: %q %q", keys, r.text)
	}
	for _, form := range forms {
		if form != "" {
			t.Errorf("left behind: %q", form)
		}
	}
}
