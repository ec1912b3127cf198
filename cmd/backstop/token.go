package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"backstop/storage"
)

// tokenCmd is about the tokens of the API.
type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make a token and print it, this once."`
	List   tokenListCmd   `cmd:"" help:"List the tokens, revoked ones too."`
	Revoke tokenRevokeCmd `cmd:"" help:"End a token at once."`
}

type tokenCreateCmd struct {
	databaseSettings
	clinicSettings

	Clinic string `help:"The clinic it is good for; may be left out where the clinic file has one." placeholder:"ID"`
	Name   string `required:"" help:"What uses it."`
	JSON   bool   `help:"As JSON."`
}

// Help shows an example.
func (tokenCreateCmd) Help() string {
	return `Example:
  backstop token create --clinic northside --name scheduling
The token alone is printed on the standard output; it cannot be shown again.`
}

// Run makes a token.
func (c *tokenCreateCmd) Run(ctx context.Context, std *stdio) (err error) {
	name := strings.TrimSpace(c.Name)
	if name == "" {
		return errors.New("--name: what uses the token is missing")
	}
	clinics, err := c.read()
	if err != nil {
		return err
	}
	clinic, err := clinicNamed(clinics, c.Clinic)
	if err != nil {
		return err
	}
	store, err := c.openKeyless(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	secret, token, err := store.CreateToken(ctx, clinic.ID, name, time.Now())
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(std.Out, struct {
			tokenLine
			Token string `json:"token"`
		}{lineOf(token), secret})
	}
	fmt.Fprintf(std.Err, "token %s for clinic %s; keep it now, it cannot be shown again:\n", token.ID, clinic.ID)
	_, err = fmt.Fprintln(std.Out, secret)
	return err
}

// tokenLine is a token as a list shows it.
type tokenLine struct {
	ID         string    `json:"id"`
	Clinic     string    `json:"clinic"`
	Name       string    `json:"name"`
	CreatedAt  time.Time `json:"created_at"`
	LastUsedAt time.Time `json:"last_used_at,omitzero"`
	RevokedAt  time.Time `json:"revoked_at,omitzero"`
}

func lineOf(t storage.Token) tokenLine {
	return tokenLine{ID: t.ID, Clinic: t.ClinicID, Name: t.Name, CreatedAt: t.CreatedAt.Time,
		LastUsedAt: t.LastUsedAt.Time, RevokedAt: t.RevokedAt.Time}
}

type tokenListCmd struct {
	databaseSettings

	JSON bool `help:"As JSON."`
}

// Help shows an example.
func (tokenListCmd) Help() string { return "Example:\n  backstop token list --json" }

// Run lists the tokens, oldest first.
func (c *tokenListCmd) Run(ctx context.Context, std *stdio) (err error) {
	store, err := c.openKeyless(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	tokens, err := store.Tokens(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(std.Out, each(tokens, lineOf))
	}
	w := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tCLINIC\tNAME\tCREATED\tLAST USED\tREVOKED")
	for _, t := range tokens {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.ClinicID, line(t.Name), minute(t.CreatedAt), minute(t.LastUsedAt), minute(t.RevokedAt))
	}
	return w.Flush()
}

// minute is a time for a list, in UTC.
func minute(t storage.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format("2006-01-02 15:04Z")
}

type tokenRevokeCmd struct {
	databaseSettings

	ID string `arg:"" help:"The token's id, as 'backstop token list' shows it."`
}

// Help shows an example.
func (tokenRevokeCmd) Help() string {
	return "Example:\n  backstop token revoke 019503aa-77c1-7d5e-9a53-2f1f6a0c4b11"
}

// Run ends a token.
func (c *tokenRevokeCmd) Run(ctx context.Context, std *stdio) (err error) {
	if strings.HasPrefix(c.ID, "bst_") {
		return errors.New("this is the token itself; give its id, as 'backstop token list' shows it")
	}
	store, err := c.openKeyless(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	err = store.RevokeToken(ctx, c.ID, time.Now())
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return fmt.Errorf("no token %s that is good; see 'backstop token list'", c.ID)
	case err != nil:
		return err
	}
	_, err = fmt.Fprintf(std.Out, "%s: revoked\n", c.ID)
	return err
}
