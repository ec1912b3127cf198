package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"backstop/bot"
	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/seal"
)

// deskSettings are what a command needs that takes something in.
type deskSettings struct {
	databaseSettings
	clinicSettings
}

// desk is the bot without its doors: it takes things in and enqueues what
// follows from them. The serving process carries that out.
type desk struct {
	store   *storage.Store
	clinics []protocol.Clinic
	bot     *bot.Bot
}

// open opens the desk. It refuses a database that is behind this program.
func (s deskSettings) open(ctx context.Context) (_ *desk, err error) {
	if err := missing(map[string]string{"BACKSTOP_KEYSET": s.Keyset}); err != nil {
		return nil, err
	}
	d := &desk{}
	if d.clinics, err = s.read(); err != nil {
		return nil, err
	}
	clinics := make([]*flows.Clinic, len(d.clinics))
	for i, c := range d.clinics {
		if clinics[i], err = worded(c); err != nil {
			return nil, err
		}
	}
	keys, err := seal.Parse(s.Keyset)
	if err != nil {
		return nil, fmt.Errorf("BACKSTOP_KEYSET: %w", err)
	}
	d.store, err = storage.Open(ctx, s.DatabaseURL, keys)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.store.Close())
		}
	}()
	if err := d.store.Behind(ctx); err != nil {
		return nil, err
	}
	if err := d.meetClinics(ctx); err != nil {
		return nil, err
	}
	d.bot, err = bot.New(bot.Config{Store: d.store, Clinics: clinics, Log: slog.New(slog.DiscardHandler)})
	return d, err
}

// meetClinics stores the clinics that the database does not know yet, so that a
// patient can be enrolled before the bot has served for the first time. Who
// works there the serving process brings up to date.
func (d *desk) meetClinics(ctx context.Context) error {
	known, err := d.store.Clinics(ctx)
	if err != nil {
		return err
	}
	for _, c := range d.clinics {
		if slices.ContainsFunc(known, func(k storage.Clinic) bool { return k.ID == c.ID }) {
			continue
		}
		clinic := storage.Clinic{ID: c.ID, Name: c.Name, TimeZone: c.TimeZone.String()}
		if err := d.store.SyncClinic(ctx, clinic, nil, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) close() error { return d.store.Close() }

// openKeyless opens a database of which nothing is read that is encrypted. It
// refuses one that is behind this program.
func (s databaseSettings) openKeyless(ctx context.Context) (*storage.Store, error) {
	store, err := s.openForSchema(ctx)
	if err != nil {
		return nil, err
	}
	if err := store.Behind(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// clinicNamed finds a clinic of the clinic file; the only one needs no naming.
func clinicNamed(clinics []protocol.Clinic, id string) (protocol.Clinic, error) {
	ids := make([]string, len(clinics))
	for i, c := range clinics {
		if c.ID == id || id == "" && len(clinics) == 1 {
			return c, nil
		}
		ids[i] = c.ID
	}
	if id == "" {
		return protocol.Clinic{}, fmt.Errorf("--clinic: which one? the clinic file has %s", strings.Join(ids, ", "))
	}
	return protocol.Clinic{}, fmt.Errorf("--clinic: %q is not in the clinic file, which has %s", id, strings.Join(ids, ", "))
}

// moment is a time as it is written on the command line.
type moment struct{ time.Time }

// UnmarshalText reads "now" or a time with its zone.
func (m *moment) UnmarshalText(text []byte) error {
	if string(text) == "now" {
		m.Time = time.Now()
		return nil
	}
	at, err := time.Parse(time.RFC3339, string(text))
	if err != nil {
		return fmt.Errorf("%q is neither now nor a time with its zone, like 2026-03-02T17:30:00-06:00", text)
	}
	m.Time = at
	return nil
}

// asFlags says what is wrong with fields in the words of the command line.
func asFlags(err error) error {
	var fields bot.FieldErrors
	if !errors.As(err, &fields) {
		return err
	}
	said := make([]string, len(fields))
	for i, f := range fields {
		name := "--" + strings.NewReplacer("_", "-", ".", "-").Replace(strings.TrimPrefix(f.Field, "training."))
		switch {
		case f.Field == "patient", f.Field == "session":
			name = strings.ToUpper(f.Field)
		case f.Field == "pain_during":
			name = "--pain"
		case strings.HasPrefix(f.Field, "lifts["):
			name = "--lift"
		}
		said[i] = name + ": " + f.Reason
	}
	return errors.New(strings.Join(said, "; "))
}

// printJSON writes a value for a script.
func printJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(value)
}
