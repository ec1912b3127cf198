package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// carrier carries out the effects of one step inside its transaction.
type carrier struct {
	bot       *Bot
	tx        *storage.Tx
	clinic    *flows.Clinic
	patient   storage.Patient
	inReplyTo string // the inbound text being answered; empty for none
	forAll    bool   // everybody who shares the phone is told the same, once
	now       time.Time

	agenda agenda
}

// agenda is what a step takes off a patient's agenda and puts onto it, so that it
// is written together.
type agenda struct {
	off []flows.CancelFollowUp
	put []storage.FollowUp
}

// carryOutAll carries out the effects of one step, in their order. What changes
// on the agenda is written at the end, what is taken off it first.
func (c *carrier) carryOutAll(ctx context.Context, effects []flows.Effect) error {
	for _, effect := range effects {
		if err := c.carryOut(ctx, effect); err != nil {
			return fmt.Errorf("carry out %T: %w", effect, err)
		}
	}
	return c.writeAgenda(ctx)
}

func (c *carrier) takeOff(ctx context.Context, e flows.CancelFollowUp) error {
	if slices.ContainsFunc(c.agenda.put, func(f storage.FollowUp) bool { return f.Key == e.Key }) {
		if err := c.writeAgenda(ctx); err != nil { // else it would be taken off before it is put on
			return err
		}
	}
	c.agenda.off = append(c.agenda.off, e)
	return nil
}

func (c *carrier) writeAgenda(ctx context.Context) error {
	change := c.agenda
	c.agenda = agenda{}
	change.off = slices.DeleteFunc(change.off, func(e flows.CancelFollowUp) bool { // replaced by what is put there
		return slices.ContainsFunc(change.put, func(f storage.FollowUp) bool { return f.Key == e.Key })
	})
	for len(change.off) > 0 {
		reason, keys := change.off[0].Reason, []string{}
		change.off = slices.DeleteFunc(change.off, func(e flows.CancelFollowUp) bool {
			if e.Reason == reason {
				keys = append(keys, e.Key)
			}
			return e.Reason == reason
		})
		if _, err := c.tx.CancelFollowUp(ctx, c.patient.ID, reason, c.now, keys...); err != nil {
			return err
		}
	}
	return c.tx.PutFollowUps(ctx, change.put, c.now)
}

func (c *carrier) carryOut(ctx context.Context, effect flows.Effect) error {
	switch e := effect.(type) {
	case flows.SendText:
		return c.sendText(ctx, e)
	case flows.RaiseAlert:
		return c.raiseAlert(ctx, e)
	case flows.WithdrawAlert:
		return c.withdrawAlert(ctx, e)
	case flows.Note:
		return c.note(ctx, e)
	case flows.PutFollowUp:
		c.agenda.put = append(c.agenda.put, storage.FollowUp{ClinicID: c.clinic.ID, PatientID: c.patient.ID,
			Key: e.Key, Kind: string(e.Kind), DueAt: storage.At(c.bot.spreadOut(c.clinic, c.patient, e.Due))})
		return nil
	case flows.CancelFollowUp:
		return c.takeOff(ctx, e)
	case flows.CancelTexts:
		stays := []string{string(flows.ClassSafety), string(flows.ClassOptOut)}
		if e.Questions {
			stays = append(stays, string(flows.ClassAnswer), string(flows.ClassConsent))
		}
		_, err := c.tx.CancelQueuedTexts(ctx, c.patient.ID, e.Reason, c.now, stays...)
		return err
	case flows.RecordReading:
		return c.tx.InsertReading(ctx, storage.Reading{ClinicID: c.clinic.ID, PatientID: c.patient.ID,
			At: storage.At(e.At), Kind: e.Kind, SessionID: e.Session, MessageID: e.Message,
			Answer: storage.Answer{Pain: e.Pain, Interference: e.Interference, Flare: e.Flare, DaysOff: e.DaysOff}})
	case flows.RecordLift:
		return c.tx.InsertLift(ctx, storage.Lift{ClinicID: c.clinic.ID, PatientID: c.patient.ID,
			At: storage.At(e.At), SessionID: e.Session, MessageID: e.Message, Work: storage.Work{Lift: e.Lift}})
	case flows.RecordEpisode:
		return c.tx.PutFlareUp(ctx, storage.FlareUp{ClinicID: c.clinic.ID, PatientID: c.patient.ID, Key: e.Episode.ID,
			Kind: e.Episode.Kind, OnsetAt: storage.At(e.Episode.Onset), SettledAt: storage.At(e.Resolved),
			Outcome: e.Resolution, Detail: e.Episode})
	case flows.RecordStage:
		by := e.By
		if by == "" {
			by = "backstop"
		}
		return c.tx.Audit(ctx, storage.AuditEntry{ClinicID: c.clinic.ID, At: storage.At(e.At), Actor: by,
			Action: "stage " + string(e.Stage) + e.Letter, Subject: c.patient.ID, Detail: e.Why})
	case flows.RecordTrip:
		return c.tx.PutTrip(ctx, storage.Trip{ClinicID: c.clinic.ID, PatientID: c.patient.ID, Begins: e.From.Format(time.DateOnly),
			At: storage.At(c.now), Detail: e.Trip})
	case flows.RecordScore:
		return c.tx.InsertScore(ctx, storage.Score{ClinicID: c.clinic.ID, PatientID: c.patient.ID, Kind: e.Kind, At: storage.At(e.At), Detail: e.Score})
	case flows.RecordConsent:
		return c.tx.InsertConsent(ctx, storage.Consent{ClinicID: c.clinic.ID, PatientID: c.patient.ID, At: storage.At(e.Consent.At),
			Action: string(e.Consent.State), Method: e.Consent.Method, Words: e.Words, ProviderID: e.Message})
	}
	return fmt.Errorf("no way to carry out %T", effect)
}

// sendText stores a text to the patient and enqueues the job that sends it.
func (c *carrier) sendText(ctx context.Context, e flows.SendText) error {
	if said, err := c.saidThere(ctx, e); err != nil || said {
		return err
	}
	m := storage.Message{
		ClinicID: c.clinic.ID, PatientID: c.patient.ID, Phone: c.patient.Phone, Body: e.Body,
		Kind: string(e.Key), Class: string(e.Class), InReplyTo: c.inReplyTo, Number: sender(c.clinic),
		ExpiresAt: storage.At(e.Expires),
	}
	if e.Picture {
		if err := c.bot.withPicture(&m); err != nil {
			return err
		}
	}
	return c.bot.putText(ctx, c.tx, c.patient, m, c.now)
}

// saidThere reports whether another patient who shares the phone was told the
// same just now, in what is for all of them: advice, and confirmations. Two that
// are decided at the same moment find each other too.
func (c *carrier) saidThere(ctx context.Context, e flows.SendText) (bool, error) {
	if c.patient.Snapshot.Place == 0 || !c.forAll && e.Class != flows.ClassSafety {
		return false, nil
	}
	sharers, err := c.tx.PatientsByPhone(ctx, c.clinic.ID, c.patient.Phone)
	if err != nil || len(sharers) < 2 {
		return false, err
	}
	justNow := c.now.Truncate(time.Hour).Format(time.RFC3339)
	first, err := c.tx.FirstTime(ctx, "said:"+sharers[0].ID+":"+string(e.Key)+":"+justNow, c.now)
	return !first, err
}
