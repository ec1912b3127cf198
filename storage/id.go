package storage

import "github.com/google/uuid"

// NewID makes an id: a UUIDv7, so that ids sort by the time they were made.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

func orNewID(id string) string {
	if id == "" {
		return NewID()
	}
	return id
}
