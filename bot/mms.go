package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"backstop/storage"
)

// A text may bring the picture of the patient's last weeks. The provider fetches
// it from an address of ours that holds a sealed ticket: no id, no name, and no
// use once its time is over.

const (
	// PicturePath is where pictures are fetched, followed by a ticket.
	PicturePath = "/pictures/"
	// pictureFor is how long a provider may fetch one.
	pictureFor = 24 * time.Hour

	pictureTicket = "picture"
)

// attachment is what a text carries besides its words.
type attachment struct {
	Picture bool `json:"picture,omitempty"` // of the patient's last weeks
}

// withPicture marks a text as one that brings the picture, where there can be any.
func (b *Bot) withPicture(m *storage.Message) error {
	if b.draw == nil || b.publicURL == "" {
		return nil
	}
	media, err := json.Marshal(attachment{Picture: true})
	m.Media = media
	return err
}

// mediaURL is where the provider fetches what a text brings; empty for most.
func (b *Bot) mediaURL(m storage.Message) (string, error) {
	var a attachment
	if len(m.Media) == 0 || b.publicURL == "" {
		return "", nil
	}
	if err := json.Unmarshal(m.Media, &a); err != nil || !a.Picture {
		return "", err
	}
	word, err := b.store.SealTicket(pictureTicket, storage.Ticket{ClinicID: m.ClinicID, ID: m.PatientID, Until: b.now().Add(pictureFor)})
	if err != nil {
		return "", err
	}
	return b.publicURL + PicturePath + word, nil
}

// PatientPicture draws what a ticket is for, as a PNG. An error that is
// storage.ErrNotFound means that there is nothing to see.
func (b *Bot) PatientPicture(ctx context.Context, word string) ([]byte, error) {
	t, err := b.store.OpenTicket(pictureTicket, word, b.now())
	if err != nil {
		return nil, err
	}
	clinic, err := b.clinic(t.ClinicID)
	if err != nil {
		return nil, errors.Join(storage.ErrNotFound, err)
	}
	p, err := b.store.PatientByID(ctx, t.ClinicID, t.ID)
	if err != nil {
		return nil, err
	}
	course, err := b.course(ctx, clinic, p)
	if err != nil {
		return nil, fmt.Errorf("draw for patient %s: %w", p.ID, err)
	}
	if course.Empty() || b.draw == nil {
		return nil, storage.ErrNotFound
	}
	return b.draw(course)
}
