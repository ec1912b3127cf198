package main

import (
	"fmt"

	"backstop/storage/seal"
)

// keysCmd makes keys.
type keysCmd struct {
	New    keysNewCmd    `cmd:"" help:"Print a fresh BACKSTOP_KEYSET. Keep a copy offline: without it the data cannot be read. Example: export BACKSTOP_KEYSET=$$(backstop keys new)"`
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
