package seal

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Place is where a sealed value stands. A value opens only in its own place.
type Place struct {
	Table, Column, Row, Clinic string
}

// ErrNotOpened is returned for a value that no key of the set opens in the
// place it was found: a wrong keyset, or a value that was moved or damaged.
var ErrNotOpened = errors.New("sealed value does not open")

// Seal encrypts a value for its place. Nothing stays nothing: an empty value
// is stored empty, so that an absent phone costs no ciphertext.
func (k *Keys) Seal(p Place, value []byte) ([]byte, error) {
	if len(value) == 0 {
		return []byte{}, nil
	}
	sealed, err := k.aead.Encrypt(value, p.bytes())
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", p.Table, p.Column, err)
	}
	return sealed, nil
}

// Open decrypts a value in its place, or returns ErrNotOpened.
func (k *Keys) Open(p Place, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	value, err := k.aead.Decrypt(sealed, p.bytes())
	if err != nil {
		return nil, fmt.Errorf("open %s.%s of %s: %w", p.Table, p.Column, p.Row, ErrNotOpened)
	}
	return value, nil
}

// Current reports whether a value was sealed by the primary key: if not, it is
// to be sealed again before the old keys are dropped.
func (k *Keys) Current(sealed []byte) bool {
	if len(sealed) == 0 {
		return true
	}
	const prefix = 5 // Tink: one byte of version, four of key id
	return len(sealed) > prefix &&
		binary.BigEndian.Uint32(sealed[1:prefix]) == k.primary
}

// bytes is the associated data. No id of ours holds a "|", and the clinic,
// which a person names, stands last: two places never read the same.
func (p Place) bytes() []byte {
	out := make([]byte, 0, len(p.Table)+len(p.Column)+len(p.Row)+len(p.Clinic)+3)
	out = append(out, p.Table...)
	out = append(out, '|')
	out = append(out, p.Column...)
	out = append(out, '|')
	out = append(out, p.Row...)
	out = append(out, '|')
	return append(out, p.Clinic...)
}
