package protocol

import (
	"errors"
	"fmt"
)

// Parse reads a clinic file: a list of clinics in YAML. Its error is Errors,
// all mistakes at once, each with the file's name, line, key and reason; the
// clinics are then only what could be read of them. Wording overrides are taken
// in here and judged by the wording package, whose Load does both.
func Parse(name string, data []byte) ([]Clinic, error) {
	d := &decoder{file: name}
	root, err := parseTree(data)
	if err != nil {
		var at Error
		if !errors.As(err, &at) {
			at = Error{Line: 1, Reason: err.Error()}
		}
		at.File = name
		return nil, Errors{at}
	}
	if root.kind != list || len(root.items) == 0 {
		d.add(root.line, "", "wants a list of clinics: begin each with '- id: ...'")
		return nil, d.mistakes
	}
	clinics := make([]Clinic, len(root.items))
	for i, n := range root.items {
		key := fmt.Sprintf("[%d]", i)
		clinics[i] = defaultClinic()
		clinics[i].File, clinics[i].Line = name, n.line
		before := len(d.mistakes)
		d.decode(&clinics[i], n, key)
		clinics[i].localise(n)
		clinics[i].phoneShown = clinics[i].Phone.Local()
		if n.kind == mapping {
			contradictions(clinics[i], rules{d: d, root: n, key: key, mistakes: d.mistakes[before:]})
		}
	}
	d.shared(clinics, root.items)
	return clinics, d.mistakes.InOrder()
}

// localise takes back the emergency numbers of the United States and Canada
// where the clinic is elsewhere and names none.
func (c *Clinic) localise(n *node) {
	if c.Country == "US" || c.Country == "CA" {
		return
	}
	given := n.child("protocol").child("locale")
	if !given.has("emergency_number") {
		c.Protocol.Locale.EmergencyNumber = ""
	}
	if !given.has("crisis_line") {
		c.Protocol.Locale.CrisisLine = ""
	}
}

// shared reports what two clinics may not share.
func (d *decoder) shared(clinics []Clinic, nodes []*node) {
	ids, numbers, services, channels := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	once := func(seen map[string]int, i int, value string, at *node, key string) {
		if value == "" {
			return
		}
		if first, taken := seen[value]; taken {
			d.add(at.line, fmt.Sprintf("[%d].%s", i, key), "%q is the one of clinic [%d] already", value, first)
			return
		}
		seen[value] = i
	}
	for i, c := range clinics {
		once(ids, i, c.ID, nodes[i].child("id"), "id")
		once(numbers, i, string(c.Sender.Number), nodes[i].child("sender").child("number"), "sender.number")
		once(services, i, c.Sender.Service, nodes[i].child("sender").child("messaging_service"), "sender.messaging_service")
		slack := nodes[i].child("slack") // a button tells whose patient it is about by where it stands
		once(channels, i, c.Slack.Channel, slack.child("channel"), "slack.channel")
		once(channels, i, c.Slack.Fallback, slack.child("fallback_channel"), "slack.fallback_channel")
	}
}
