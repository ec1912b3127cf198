package bot

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// bareContent is alertContent as this version knows it.
type bareContent alertContent

// UnmarshalJSON reads what an alert says, also what only a newer version knows: two
// serve the same alerts during a deploy, and what one keeps the other must not lose.
func (c *alertContent) UnmarshalJSON(text []byte) error {
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if strict.Decode((*bareContent)(c)) == nil {
		return nil
	}
	*c = alertContent{}
	if err := json.Unmarshal(text, (*bareContent)(c)); err != nil {
		return err
	}
	return json.Unmarshal(text, &c.newer)
}

// MarshalJSON writes what an alert says. What this version knows is as it has it now.
func (c alertContent) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(bareContent(c))
	if err != nil || c.newer == nil {
		return text, err
	}
	var ours map[string]json.RawMessage
	if err := json.Unmarshal(text, &ours); err != nil {
		return nil, err
	}
	for name, value := range c.newer {
		if !contentNames[name] {
			ours[name] = value
		}
	}
	return json.Marshal(ours)
}

// contentNames are the fields of an alert's content that this version knows.
var contentNames = func() map[string]bool {
	names := map[string]bool{}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[bareContent]()) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names[name] = true
	}
	return names
}()
