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

	agenda []storage.FollowUp // to be put on it, all together
}

// carryOutAll carries out the effects of one step, in their order. What goes onto
// the agenda is written together at the end, unless something is taken off it
// that was put there just before.
func (c *carrier) carryOutAll(ctx context.Context, effects []flows.Effect) error {
	for _, effect := range effects {
		if e, ok := effect.(flows.CancelFollowUp); ok && slices.ContainsFunc(c.agenda, func(f storage.FollowUp) bool { return f.Key == e.Key }) {
			if err := c.putAgenda(ctx); err != nil {
				return err
			}
		}
		if err := c.carryOut(ctx, effect); err != nil {
			return fmt.Errorf("carry out %T: %w", effect, err)
		}
	}
	return c.putAgenda(ctx)
}

func (c *carrier) putAgenda(ctx context.Context) error {
	put := c.agenda
	c.agenda = nil
	return c.tx.PutFollowUps(ctx, put, c.now)
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
		c.agenda = append(c.agenda, storage.FollowUp{ClinicID: c.clinic.ID, PatientID: c.patient.ID,
			Key: e.Key, Kind: string(e.Kind), DueAt: storage.At(c.bot.spreadOut(c.clinic, c.patient, e.Due))})
		return nil
	case flows.CancelFollowUp:
		_, err := c.tx.CancelFollowUp(ctx, c.patient.ID, e.Key, e.Reason, c.now)
		return err
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
