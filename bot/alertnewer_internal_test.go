package bot

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWhatANewerVersionKeepsInAnAlertStays(t *testing.T) {
	var known alertContent
	if err := json.Unmarshal([]byte(`{"headline":"Pain 7","rung":2,"reminded":true,"picture_asked":{"at":3}}`), &known); err != nil {
		t.Fatal(err)
	}
	known.Rung, known.Reminded = 3, false
	news := alertContent{Headline: "Pain 8"}
	news.keep(known)
	for _, content := range []alertContent{known, news} {
		text, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		var read alertContent
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), `"picture_asked":{"at":3}`) || read.Headline != content.Headline || read.Rung != 3 || read.Reminded {
			t.Errorf("%s", text)
		}
	}
	text, err := json.Marshal(alertContent{Headline: "Pain 7"})
	if err != nil || string(text) != `{"headline":"Pain 7"}` {
		t.Errorf("%s, %v", text, err)
	}
}
