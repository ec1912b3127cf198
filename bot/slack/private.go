package slack

import "encoding/json"

// private is what a view of ours carries and Slack brings back with whatever is
// done in it, unchanged: nobody but we can set it. Whether somebody may act there
// is asked again when it comes back.
type private struct {
	Clinic string `json:"clinic,omitempty"`
	About  string `json:"about,omitempty"`
}

func (p private) encode() string {
	if p == (private{}) {
		return ""
	}
	encoded, err := json.Marshal(p)
	if err != nil { // two strings always encode
		return ""
	}
	return string(encoded)
}

// UnmarshalJSON reads what Slack brings back, a text. One that is not ours, like
// that of a view which an older version showed, says only what it is about.
func (p *private) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	type plain private
	if json.Unmarshal([]byte(text), (*plain)(p)) != nil {
		*p = private{About: text}
	}
	return nil
}
