package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"backstop/storage"
	"backstop/storage/seal"
)

// keysCmd makes keys.
type keysCmd struct {
	New    keysNewCmd    `cmd:"" help:"Print a fresh BACKSTOP_KEYSET. Keep a copy offline: without it the data cannot be read. Example: export BACKSTOP_KEYSET=$$(backstop keys new)"`
	Reseal keysResealCmd `cmd:"" help:"Seal again with the new key what the old ones sealed, between promote and drop. Example: backstop keys reseal"`
	Rotate keysRotateCmd `cmd:"" help:"Print BACKSTOP_KEYSET with a new key. Example: backstop keys rotate --step add"`
}

type keysNewCmd struct{}

// Run prints fresh keys.
func (c *keysNewCmd) Run(std *stdio) error {
	keyset, err := seal.Generate()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(std.Out, keyset)
	return err
}

// keysRotateCmd rotates in steps, so that no running machine meets a value it
// cannot open.
type keysRotateCmd struct {
	Keyset string `env:"BACKSTOP_KEYSET" required:"" help:"The keys in use." placeholder:"KEYS"`
	Step   string `enum:"add,promote,drop" required:"" help:"add: a key that does not seal yet; deploy it everywhere. promote: it seals from now on; deploy again. drop: forget the old keys, once everything is sealed again."`
}

// Run prints the keys after one step.
func (c *keysRotateCmd) Run(std *stdio) error {
	keys, err := seal.Parse(c.Keyset)
	if err != nil {
		return fmt.Errorf("BACKSTOP_KEYSET: %w", err)
	}
	switch c.Step {
	case "add":
		keys, err = keys.AddKey()
	case "promote":
		keys, err = keys.Promote()
	case "drop":
		keys, err = keys.DropOld()
	}
	if err != nil {
		return err
	}
	keyset, err := keys.Export()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(std.Out, keyset)
	return err
}

type keysResealCmd struct{ databaseSettings }

// resealBatch is how many rows are sealed again in one transaction, so that
// texts in between need not wait for long.
const resealBatch = 500

// Run seals everything again, beside a bot that serves. Stopped half way, it goes
// on there the next time.
func (c *keysResealCmd) Run(ctx context.Context, std *stdio) (err error) {
	if err := missing(map[string]string{"BACKSTOP_KEYSET": c.Keyset}); err != nil {
		return err
	}
	keys, err := seal.Parse(c.Keyset)
	if err != nil {
		return fmt.Errorf("BACKSTOP_KEYSET: %w", err)
	}
	store, err := storage.Open(ctx, c.DatabaseURL, keys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Behind(ctx); err != nil {
		return err
	}
	for batches := 0; ; batches++ {
		done, err := store.Reseal(ctx, resealBatch, time.Now())
		if err != nil {
			return err
		}
		if done {
			_, err := fmt.Fprintln(std.Out, "everything is sealed with the new key; once every machine runs with it: backstop keys rotate --step drop")
			return err
		}
		if batches%20 == 19 {
			fmt.Fprintf(std.Err, "%d rows looked at\n", (batches+1)*resealBatch)
		}
	}
}
