package storage

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"time"
)

// Token lets a program use the API. The token itself is shown once and never
// stored.
type Token struct {
	ID         string
	ClinicID   string // the clinic it is good for; empty for every clinic
	Name       string
	CreatedAt  Time
	LastUsedAt Time // to the minute
	RevokedAt  Time
}

const tokenPrefix = "bst_"

// CreateToken makes a token and returns it in the clear, this once.
func (s *Store) CreateToken(ctx context.Context, clinicID, name string, now time.Time) (secret string, _ Token, err error) {
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails: see crypto/rand
	secret = tokenPrefix + base64.RawURLEncoding.EncodeToString(random)
	token := Token{ID: NewID(), ClinicID: clinicID, Name: name, CreatedAt: At(now)}
	err = s.InTx(ctx, func(t *Tx) error { return t.insertToken(ctx, token, hashToken(secret)) })
	return secret, token, doing(err, "create token %s", name)
}

func (t *Tx) insertToken(ctx context.Context, token Token, hash []byte) error {
	_, err := t.exec(ctx, `
		INSERT INTO api_tokens (id, clinic_id, name, hash, created_at)
		VALUES ($1, $2, $3, $4, $5)`,
		token.ID, token.ClinicID, token.Name, hash, token.CreatedAt)
	return err
}

// FindToken returns the token a caller presented, or ErrNotFound when it is
// unknown or revoked. Whatever was presented costs one hash and one look-up of
// it, so that time tells nothing about the tokens there are.
func (s *Store) FindToken(ctx context.Context, secret string, now time.Time) (Token, error) {
	hash := hashToken(secret)
	var found struct {
		Token
		Hash []byte
	}
	err := s.get(ctx, &found, `
		SELECT id, clinic_id, name, hash, created_at, last_used_at, revoked_at
		FROM api_tokens
		WHERE hash = $1`,
		hash)
	if err != nil {
		return Token{}, doing(err, "find token")
	}
	if subtle.ConstantTimeCompare(found.Hash, hash) != 1 || !found.RevokedAt.IsZero() {
		return Token{}, doing(ErrNotFound, "find token")
	}
	if now.Sub(found.LastUsedAt.Time) >= time.Minute {
		err = s.InTx(ctx, func(t *Tx) error { return t.touchToken(ctx, found.ID, now) })
	}
	return found.Token, doing(err, "find token")
}

func (t *Tx) touchToken(ctx context.Context, id string, now time.Time) error {
	_, err := t.exec(ctx, `UPDATE api_tokens SET last_used_at = $2 WHERE id = $1`, id, At(now))
	return err
}

// Tokens lists every token, revoked ones too, oldest first.
func (r Reader) Tokens(ctx context.Context) ([]Token, error) {
	var tokens []Token
	err := r.all(ctx, &tokens, `
		SELECT id, clinic_id, name, created_at, last_used_at, revoked_at
		FROM api_tokens
		ORDER BY created_at, id`)
	return tokens, doing(err, "list tokens")
}

// RevokeToken ends a token, by its id. ErrNotFound: there is none, or it had ended.
func (s *Store) RevokeToken(ctx context.Context, id string, now time.Time) error {
	err := s.InTx(ctx, func(t *Tx) error {
		n, err := t.exec(ctx, `
			UPDATE api_tokens SET revoked_at = $2
			WHERE id = $1 AND revoked_at IS NULL`,
			id, At(now))
		return changedOne(n, err, ErrNotFound)
	})
	return doing(err, "revoke token %s", id)
}

func hashToken(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
