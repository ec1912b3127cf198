package bot_test

import (
	"strings"
	"testing"

	"backstop/bot"
	"backstop/flows/reply"
	"backstop/storage"
)

// couple takes Sam into care on Alex's phone.
func couple(w *world) (alex, sam storage.Patient) {
	w.t.Helper()
	alex = w.enrol()
	sam = w.enrol(func(n *bot.NewPatient) { n.ExternalID, n.Name = "sam", "Sam Okafor" })
	return alex, sam
}

func (w *world) readings(p storage.Patient) []storage.Reading {
	w.t.Helper()
	readings, err := w.store.Readings(w.ctx, p.ClinicID, p.ID, tuesday.AddDate(0, 0, -1))
	w.must(err)
	return readings
}

// Scenario 47: a couple sharing a phone; answers are never mixed, and nobody is named.
func TestScenario47ACoupleSharingAPhoneIsAskedWhichOfThem(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		alex, sam := couple(w)
		if got := w.lastText(); !strings.HasPrefix(got, "(2) ") || !strings.Contains(got, "begin with (2)") {
			t.Errorf("the second one's welcome is %q, want it marked (2)", got)
		}
		w.session()
		w.until(0, "19:05")
		if got := w.lastText(); !strings.HasPrefix(got, "(1) ") {
			t.Errorf("the question to the first one is %q, want it marked (1)", got)
		}
		texts := len(w.phone())

		w.texts("3")
		got := w.phone()[texts:]
		if len(got) != 1 || !strings.Contains(got[0], "1 or 2") {
			t.Fatalf("after an unmarked 3 came %q, want one question whose it is", got)
		}
		for _, name := range []string{"Alex", "Sam"} {
			if strings.Contains(got[0], name) {
				t.Errorf("%q names %s", got[0], name)
			}
		}
		if len(w.readings(alex))+len(w.readings(sam)) != 0 {
			t.Errorf("a reading was kept before it was known whose it is")
		}
		if last := w.channel()[len(w.channel())-1]; !says(last, "A.R. and S.O.") {
			t.Errorf("the channel shows %+v, want the waiting text with both initials", last)
		}

		w.texts("sorry it's 4")
		if len(w.phone()) != texts+1 {
			t.Errorf("the question whose it is was asked again: %q", w.phone()[texts:])
		}
		w.texts("1")
		kept := w.readings(alex)
		if len(kept) == 0 || *kept[len(kept)-1].Answer.Pain != 4 || kept[0].Kind != reply.AskedEvening {
			t.Errorf("the first one's readings are %+v, want the evening's, corrected to 4", kept)
		}
		if n := len(w.readings(sam)); n != 0 {
			t.Errorf("the other one has %d readings of these answers", n)
		}

		w.texts("(2) pain is 2 today")
		if kept := w.readings(sam); len(kept) != 1 || *kept[0].Answer.Pain != 2 {
			t.Errorf("a marked answer gave the second one %+v, want one reading of 2", kept)
		}
	})
}

func TestARedFlagFromASharedPhoneCountsForBothAndIsAnsweredOnce(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		alex, sam := couple(w)
		texts := len(w.phone())
		w.texts("i can't feel when i wipe, pain 8")
		w.settle()
		if got := w.phone()[texts:]; len(got) != 1 || !strings.Contains(got[0], "911") {
			t.Errorf("the phone got %q, want the advice once", got)
		}
		for _, p := range []storage.Patient{alex, sam} {
			now, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
			w.must(err)
			if now.Snapshot.RedFlag.Category != reply.CaudaEquina {
				t.Errorf("%s has no open red flag", p.Name)
			}
			if len(w.readings(p)) != 0 {
				t.Errorf("%s has a reading that may be the other's", p.Name)
			}
		}
		if cards := w.cards(); len(cards) != 2 {
			t.Errorf("the channel shows %d alerts, want one for each", len(cards))
		}
	})
}

func TestStopFromASharedPhoneStopsBothWithOneConfirmation(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		alex, sam := couple(w)
		texts := len(w.phone())
		w.texts("please stop texting me")
		if got := w.phone()[texts:]; len(got) != 1 || !strings.Contains(got[0], "opted out") {
			t.Errorf("the phone got %q, want one confirmation", got)
		}
		for _, p := range []storage.Patient{alex, sam} {
			now, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
			w.must(err)
			if now.Snapshot.Consent.State != "stopped" {
				t.Errorf("%s's consent is %q, want stopped", p.Name, now.Snapshot.Consent.State)
			}
		}
	})
}
