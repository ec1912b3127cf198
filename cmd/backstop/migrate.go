package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"

	"backstop/storage"
	"backstop/storage/seal"
)

// migrateCmd brings the database up to date, or says how far it is.
type migrateCmd struct {
	Up     migrateUpCmd     `cmd:"" help:"Apply the migrations that are missing. Example: DATABASE_URL=sqlite:backstop.db backstop migrate up"`
	Status migrateStatusCmd `cmd:"" help:"List the migrations; exit 1 when some are missing. Example: backstop migrate status --json"`
}

type migrateUpCmd struct {
	databaseSettings
}

// Run applies our migrations and the job queue's.
func (c *migrateUpCmd) Run(ctx context.Context, std *stdio) (err error) {
	store, err := c.openForSchema(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	before, err := store.MigrationStatus(ctx)
	if err != nil {
		return err
	}
	if before.Pending() == 0 {
		fmt.Fprintf(std.Out, "%s: up to date\n", before.Engine)
		return nil
	}
	fmt.Fprintf(std.Err, "%s: applying %d migration(s)\n", before.Engine, before.Pending())
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	fmt.Fprintf(std.Out, "%s: applied %d migration(s)\n", before.Engine, before.Pending())
	return nil
}

type migrateStatusCmd struct {
	databaseSettings

	JSON bool `help:"As JSON."`
}

// Run lists the migrations.
func (c *migrateStatusCmd) Run(ctx context.Context, std *stdio) (err error) {
	store, err := c.openForSchema(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	status, err := store.MigrationStatus(ctx)
	if err != nil {
		return err
	}
	if err := c.print(std, status); err != nil {
		return err
	}
	if n := status.Pending(); n > 0 {
		return &storage.BehindError{Pending: n}
	}
	return nil
}

func (c *migrateStatusCmd) print(std *stdio, status storage.Status) error {
	if c.JSON {
		out := json.NewEncoder(std.Out)
		out.SetIndent("", "  ")
		return out.Encode(status)
	}
	w := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
	for _, part := range []struct {
		name string
		list []storage.Migration
	}{{"backstop", status.Ours}, {"jobs", status.Queue}} {
		for _, m := range part.list {
			state := "missing"
			if m.Applied {
				state = "applied"
			}
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", part.name, m.Version, m.Name, state)
		}
	}
	return w.Flush()
}

// openForSchema opens the database to work on its tables. No value is sealed or
// opened by that, so a release command does not need the keys.
func (s databaseSettings) openForSchema(ctx context.Context) (*storage.Store, error) {
	keys, err := seal.New()
	if err != nil {
		return nil, err
	}
	return storage.Open(ctx, s.DatabaseURL, keys)
}
