package storage

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"backstop/storage/seal"
)

// Ticket lets somebody without an account see or do one thing for a while: it
// stands, sealed, in an address.
type Ticket struct {
	ClinicID string    `json:"clinic"`
	ID       string    `json:"id"` // of what it is for
	Until    time.Time `json:"until"`
}

// inAddress is strict, so that no letter of a ticket changes unseen: the last
// one carries bits that mean nothing and that a lax reading drops.
var inAddress = base64.RawURLEncoding.Strict()

// SealTicket writes a ticket as a word for an address. It opens for the same
// purpose alone.
func (s *Store) SealTicket(purpose string, t Ticket) (string, error) {
	raw, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("seal ticket: %w", err)
	}
	sealed, err := s.keys.Seal(ticketPlace(purpose), raw)
	return inAddress.EncodeToString(sealed), doing(err, "seal ticket for %s", purpose)
}

// OpenTicket reads a ticket back: ErrNotFound when it is not ours, for another
// purpose, or past its time.
func (s *Store) OpenTicket(purpose, word string, now time.Time) (Ticket, error) {
	sealed, err := inAddress.DecodeString(word)
	if err != nil || len(sealed) == 0 {
		return Ticket{}, doing(ErrNotFound, "open ticket for %s", purpose)
	}
	raw, err := s.keys.Open(ticketPlace(purpose), sealed)
	if err != nil {
		return Ticket{}, doing(ErrNotFound, "open ticket for %s", purpose)
	}
	var t Ticket
	if err := json.Unmarshal(raw, &t); err != nil {
		return Ticket{}, fmt.Errorf("open ticket for %s: %w", purpose, err)
	}
	if !now.Before(t.Until) {
		return Ticket{}, doing(ErrNotFound, "open ticket for %s", purpose)
	}
	return t, nil
}

func ticketPlace(purpose string) seal.Place {
	return seal.Place{Table: "tickets", Column: purpose}
}
