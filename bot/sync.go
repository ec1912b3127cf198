package bot

import (
	"context"

	"backstop/flows"
	"backstop/storage"
)

// syncClinic makes the database agree with the clinic file about who works where.
func (b *Bot) syncClinic(ctx context.Context, clinic *flows.Clinic) error {
	var people []storage.Clinician
	known := map[string]int{}
	for _, c := range clinic.Slack.Clinicians {
		known[c.Name] = len(people)
		people = append(people, storage.Clinician{ID: c.Name, Name: c.Name, SlackID: c.SlackID, Phone: string(c.Phone)})
	}
	for i, c := range clinic.OnCall {
		if at, ok := known[c.Name]; ok {
			people[at].OnCall, people[at].Phone = i+1, string(c.Phone)
			continue
		}
		people = append(people, storage.Clinician{ID: c.Name, Name: c.Name, SlackID: c.SlackID, Phone: string(c.Phone), OnCall: i + 1})
	}
	return b.store.SyncClinic(ctx, storage.Clinic{ID: clinic.ID, Name: clinic.Name, TimeZone: clinic.TimeZone.String()}, people, b.now())
}
