package storage_test

import (
	"errors"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestATicketOpensOnceSealedForItsPurposeAndInTime(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		want := storage.Ticket{ClinicID: "main", ID: "m1", Until: now.Add(time.Hour)}
		word := must(s.SealTicket("picture", want))
		if got := must(s.OpenTicket("picture", word, now)); got.ClinicID != want.ClinicID || got.ID != want.ID || !got.Until.Equal(want.Until) {
			t.Errorf("opened %+v, want %+v", got, want)
		}
		for name, open := range map[string]func() (storage.Ticket, error){
			"another purpose": func() (storage.Ticket, error) { return s.OpenTicket("reply", word, now) },
			"too late":        func() (storage.Ticket, error) { return s.OpenTicket("picture", word, now.Add(time.Hour)) },
			"none":            func() (storage.Ticket, error) { return s.OpenTicket("picture", "", now) },
			"no base64":       func() (storage.Ticket, error) { return s.OpenTicket("picture", "%%%", now) },
		} {
			if _, err := open(); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("%s: %v, want not found", name, err)
			}
		}
		for at, letter := range word {
			for _, other := range "ABQgw-_=\n" {
				changed := word[:at] + string(other) + word[at+1:]
				if _, err := s.OpenTicket("picture", changed, now); other != letter && !errors.Is(err, storage.ErrNotFound) {
					t.Errorf("letter %d, %q made %q: %v, want not found", at, letter, other, err)
				}
			}
		}
	})
}
