package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"backstop/flows"
	"backstop/storage"
)

// pressText opens the form, or the way to the page.
func (b *Bot) pressText(ctx context.Context, clinic *flows.Clinic, p Press) (Pressed, error) {
	patient, err := b.aboutPatient(ctx, clinic, p.About)
	if errors.Is(err, storage.ErrNotFound) {
		return Pressed{Say: "This is not known here any more."}, nil
	}
	if err != nil {
		return Pressed{}, err
	}
	r := relay{clinic: clinic, patient: patient.ID, user: p.User, text: storage.NewID()}
	word, err := b.relayTicket(r)
	if err != nil {
		return Pressed{}, err
	}
	if clinic.Slack.RelayReplies {
		form, err := b.textForm(ctx, r, word, "")
		return Pressed{Form: form}, err
	}
	if b.publicURL == "" {
		return Pressed{Say: "PUBLIC_URL is not set: there is no page to write on."}, nil
	}
	return Pressed{Form: &Form{Name: "page", Title: "Text the patient",
		Said: []Said{{Ours: "Texts to patients are written on a page of ours, not in Slack. It opens for you alone, once, within half an hour. What you send and what becomes of it stands in the thread."}},
		Link: &Link{Label: "Write to " + calledInSlack(clinic, patient), URL: b.publicURL + TextPath + word}}}, nil
}

// aboutPatient finds the patient a button is about: its own, or that of its alert.
func (b *Bot) aboutPatient(ctx context.Context, clinic *flows.Clinic, about string) (storage.Patient, error) {
	alert, err := b.store.AlertByID(ctx, clinic.ID, about)
	switch {
	case err == nil:
		about = alert.PatientID
	case !errors.Is(err, storage.ErrNotFound):
		return storage.Patient{}, err
	}
	return b.store.PatientByID(ctx, clinic.ID, about)
}

// textForm is the form in Slack. Its ticket makes sure that it is sent once.
func (b *Bot) textForm(ctx context.Context, r relay, word, typed string) (*Form, error) {
	page, err := b.textPage(ctx, r)
	if err != nil {
		return nil, err
	}
	said := []Said{{Ours: "To " + page.Patient + ". The conversation so far:"}}
	for _, t := range page.Said {
		who := "Clinic"
		if t.Patient {
			who = "Patient"
		}
		said = append(said, Said{Ours: who + ", " + t.At, Words: t.Body})
	}
	for _, note := range page.Notes {
		said = append(said, Said{Ours: note})
	}
	if typed != "" {
		said = append(said, Said{Ours: SegmentsInWords(typed)})
	}
	choices := []Choice{{"own", "My own words below"}}
	for i, canned := range page.Canned {
		choices = append(choices, Choice{fmt.Sprint(i), canned})
	}
	return &Form{Name: formText, About: word, Title: "Text the patient", Submit: "Send", Said: said, Fields: []Field{
		{Name: "canned", Label: "Answer", Kind: FieldChoice, Value: "own", Choices: choices},
		{Name: "body", Label: "Your own words", Kind: FieldLong, Optional: true, Most: relayMost, Live: true, Hint: "Goes out as a text message, as it stands."},
	}}, nil
}

// typing counts the segments of what stands in the form so far.
func (b *Bot) typing(ctx context.Context, p Press) (Pressed, error) {
	r, err := b.openRelay(p.About)
	if err != nil {
		return Pressed{Say: "This form is too old. Press Text patient again."}, nil //nolint:nilerr // a ticket that does not open is an answer
	}
	form, err := b.textForm(ctx, r, p.About, p.Fields["body"])
	return Pressed{Form: form}, err
}

// submitText sends what was entered in Slack.
func (b *Bot) submitText(ctx context.Context, s Submission) (Pressed, error) {
	r, err := b.openRelay(s.About)
	if err != nil || r.user != s.User || !r.clinic.Slack.RelayReplies {
		return Pressed{Say: "This form is too old. Press Text patient again."}, nil //nolint:nilerr // a ticket that does not open is an answer
	}
	body := strings.TrimSpace(s.Fields["body"])
	if i := s.Fields["canned"]; i != "own" && i != "" && body == "" {
		page, err := b.textPage(ctx, r)
		if err != nil {
			return Pressed{}, err
		}
		for n, canned := range page.Canned {
			if fmt.Sprint(n) == i {
				body = canned
			}
		}
	}
	page, err := b.sendRelay(ctx, r, body)
	if page.Wrong != "" {
		return Pressed{Wrong: FieldErrors{{Field: "body", Reason: page.Wrong}}}, err
	}
	return Pressed{Done: true, Say: fmt.Sprintf("It leaves in %g seconds. Undo stands in the thread.", b.undoFor.Seconds())}, err
}
