package storage

import (
	"encoding/json"
	"fmt"

	"backstop/storage/seal"
)

// sealer seals and opens the columns of one row. The first error stays in err.
type sealer struct {
	keys               *seal.Keys
	table, row, clinic string
	err                error
}

func (r Reader) sealer(table, row, clinic string) *sealer {
	return &sealer{keys: r.keys, table: table, row: row, clinic: clinic}
}

func (s *sealer) place(column string) seal.Place {
	return seal.Place{Table: s.table, Column: column, Row: s.row, Clinic: s.clinic}
}

// seal gives the ciphertext to be stored.
func (s *sealer) seal(column, value string) []byte { return s.sealBytes(column, []byte(value)) }

func (s *sealer) sealBytes(column string, value []byte) []byte {
	sealed, err := s.keys.Seal(s.place(column), value)
	s.keep(err)
	return sealed
}

func (s *sealer) sealJSON(column string, value any) []byte {
	plain, err := json.Marshal(value)
	if err != nil {
		s.keep(fmt.Errorf("encode %s.%s: %w", s.table, column, err))
		return []byte{}
	}
	return s.sealBytes(column, plain)
}

// hash is the keyed hash of a phone in the row's clinic.
func (s *sealer) hash(phone string) []byte {
	h, err := s.keys.Hash(s.clinic, phone)
	s.keep(err)
	return h
}

// open turns the ciphertext that was read into the value, in place.
func (s *sealer) open(column string, value *string) {
	plain, err := s.keys.Open(s.place(column), []byte(*value))
	s.keep(err)
	*value = string(plain)
}

func (s *sealer) openRaw(column string, value *json.RawMessage) {
	plain, err := s.keys.Open(s.place(column), *value)
	s.keep(err)
	*value = plain
}

func (s *sealer) openJSON(column string, sealed []byte, value any) {
	plain, err := s.keys.Open(s.place(column), sealed)
	s.keep(err)
	if err != nil || len(plain) == 0 {
		return
	}
	if err := json.Unmarshal(plain, value); err != nil {
		s.keep(fmt.Errorf("decode %s.%s of %s: %w", s.table, column, s.row, err))
	}
}

func (s *sealer) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}
