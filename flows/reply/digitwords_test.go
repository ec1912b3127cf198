package reply

import "testing"

// TestDigitsTypedForWords tells a 2 that is a rating from one that is typed for "to"
// or "too", and a 4 from one typed for "for".
func TestDigitsTypedForWords(t *testing.T) {
	for text, want := range map[string]string{
		"back 2 normal":                   "",
		"hurts 2 much":                    "",
		"2 stiff to tie my shoes":         "",
		"hard 2 walk":                     "",
		"drove 2 the yard":                "",
		"not used 2 this":                 "",
		"me 2 lol":                        "",
		"good 4 now":                      "",
		"ok 4 the most part":              "",
		"back is 2 sore 4 yoga 2nite":     "",
		"too tight 4 a walk":              "",
		"iced it 4 a while, achy":         "",
		"thanks 4 everything":             "",
		"sorry 4 texting late, a 3":       "3",
		"waiting 4 my ride":               "",
		"4 real it hurts":                 "",
		"4 2day its 2":                    "2",
		"2 gr8 job yesterday btw":         "2",
		"its a 2 b4 coffee":               "2",
		"thanks, 4":                       "4",
		"sore 4 today":                    "4",
		"down 2 a 3":                      "3",
		"hurts 2 sit, 5":                  "5",
		"2 2day":                          "2",
		"back 2, legs fine":               "2",
		"back is 2 now":                   "2",
		"pain 2 the whole day":            "2",
		"2 stiff but ok":                  "2",
		"4 now":                           "4",
		"2 be honest a 2":                 "2",
		"had 2 crawl 2 the bathroom, 4":   "4",
		"back 2 bed at 9. 2":              "2",
		"went from a 6 2 my usual. now 3": "3",
	} {
		got := ""
		if pain := Understand(AskedNextMorning, text, English).Pain; pain != nil {
			got = number(*pain)
		}
		if got != want {
			t.Errorf("%q: pain %q, want %q", text, got, want)
		}
	}
}
