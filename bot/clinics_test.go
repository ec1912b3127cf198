package bot_test

import (
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// south is a second clinic of the workspace. Michael works at both.
func south(t *testing.T) protocol.Clinic {
	t.Helper()
	parsed, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		t.Fatal(err)
	}
	c := parsed[0]
	c.ID, c.Name, c.Slack.Channel, c.Slack.Fallback = "southside", "Southside PT", "C0OTHER", ""
	c.Sender.Number, c.OnCall = "+13125550198", nil
	c.Slack.Clinicians = []protocol.Clinician{clinician("Michael Torres", michael)}
	return c
}

// Whoever works at two clinics of one workspace enrols where the form was opened.
func TestAFormComesBackToTheClinicItWasOpenedFor(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		w := newWorldPolling(t, s, 5*time.Millisecond, south(t))
		at := func(clinic string) int {
			patients, err := w.store.ListPatients(w.ctx, clinic, "", 10)
			w.must(err)
			return len(patients)
		}
		kim := map[string]any{"name": "Kim Ito", "phone": "(212) 555-0134", "baseline": "1", "consent": "written"}
		lee := map[string]any{"name": "Lee Ono", "phone": "(212) 555-0135", "baseline": "1", "consent": "written"}

		if d := w.sandbox.Slack().Command(michael, "C0OTHER", "/backstop", "enrol"); !d.OK() {
			t.Fatalf("command: %+v", d)
		}
		w.submit(michael, kim)
		if at("southside") != 1 || at(w.clinic.ID) != 0 {
			t.Fatalf("from the southern channel: %d at southside, %d at %s", at("southside"), at(w.clinic.ID), w.clinic.ID)
		}
		w.sandbox.Slack().CloseModal(michael)

		titled := func(name string) string { return `"text":"` + name + `","type":"plain_text"},"type":"header"` }
		w.waitForHome(michael, titled("Southside PT"), `"action_id":"clinic:`+w.clinic.ID) // what was done there shows there
		home, _ := w.sandbox.Slack().Home(michael)
		if d := w.sandbox.Slack().PressIn(michael, home.ID, "clinic:"+w.clinic.ID); !d.OK() {
			t.Fatalf("press: %+v", d)
		}
		w.waitForHome(michael, titled(w.clinic.Name), `"action_id":"clinic:southside"`)
		w.seesAtHome(michael, titled(w.clinic.Name)) // opened again, it still shows the clinic that was chosen
		if d := w.sandbox.Slack().PressIn(michael, home.ID, "command:enrol"); !d.OK() {
			t.Fatalf("press: %+v", d)
		}
		w.submit(michael, lee)
		if at("southside") != 1 || at(w.clinic.ID) != 1 {
			t.Fatalf("from home: %d at southside, %d at %s", at("southside"), at(w.clinic.ID), w.clinic.ID)
		}
	})
}

func TestAFormOfAClinicSomebodyDoesNotWorkAtIsRefused(t *testing.T) {
	w := newWorldPolling(t, storagetest.Open(t, storage.SQLite), 5*time.Millisecond, south(t))
	for name, s := range map[string]bot.Submission{
		"another clinic's":    {Clinic: "southside", User: "U0SAMLEE"},
		"no clinic of ours":   {Clinic: "elsewhere", User: michael},
		"somebody not named":  {User: "U0STRANGER"},
		"of another's folder": {Clinic: w.clinic.ID, User: "U0STRANGER"},
	} {
		s.Key, s.Form, s.Team, s.Fields = name, "enrol", "T0SANDBOX", map[string]string{"name": "X", "phone": "(212) 555-0134", "baseline": "1", "consent": "written"}
		out, err := w.bot.Submit(w.ctx, s)
		w.must(err)
		if out.Done || !strings.Contains(out.Say, "Only this clinic's clinicians") {
			t.Errorf("%s: %+v", name, out)
		}
	}
}
