package storage

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// In a deploy, and after a rollback, two versions serve the same patients. What the
// newer one keeps in a snapshot, and this one knows nothing of, is read here, carried
// along and written back: else every event that this version handles would lose it.

// openNewer is openJSON; it returns what was read where that holds more than
// this version knows.
func (s *sealer) openNewer(column string, sealed []byte, value any) (newer json.RawMessage) {
	plain, err := s.keys.Open(s.place(column), sealed)
	s.keep(err)
	if err != nil || len(plain) == 0 {
		return nil
	}
	strict := json.NewDecoder(bytes.NewReader(plain))
	strict.DisallowUnknownFields()
	if strict.Decode(value) == nil {
		return nil
	}
	reflect.ValueOf(value).Elem().SetZero()
	if err := json.Unmarshal(plain, value); err != nil {
		s.keep(fmt.Errorf("decode %s.%s of %s: %w", s.table, column, s.row, err))
		return nil
	}
	return plain
}

// sealNewer is sealJSON; what was read before and is not known to this version
// stays in it.
func (s *sealer) sealNewer(column string, newer json.RawMessage, value any) (sealed []byte, written json.RawMessage) {
	if newer == nil {
		return s.sealJSON(column, value), nil
	}
	is := reflect.ValueOf(value)
	was := reflect.New(is.Type())
	plain, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(newer, was.Interface())
	}
	if err == nil {
		plain, err = carry(newer, plain, was.Elem(), is)
	}
	if err != nil {
		s.keep(fmt.Errorf("encode %s.%s: %w", s.table, column, err))
		return []byte{}, nil
	}
	return s.sealBytes(column, plain), plain
}

// carry adds to what a value is written as what it was read from and this version
// does not know. What has gone, or is another thing by its id or key, takes along
// what belonged to it; in a list only what is as it was keeps it.
func carry(read, written json.RawMessage, was, is reflect.Value) (json.RawMessage, error) {
	switch is.Kind() {
	case reflect.Pointer:
		if was.IsNil() || is.IsNil() {
			return written, nil
		}
		return carry(read, written, was.Elem(), is.Elem())
	case reflect.Struct:
		if is.IsZero() || speaksForItself(is.Type()) {
			return written, nil
		}
		return carryFields(read, written, was, is)
	case reflect.Slice:
		if is.Type().Elem().Kind() != reflect.Struct {
			return written, nil
		}
		return carryList(read, written, was, is)
	default:
		return written, nil
	}
}

func carryFields(read, written json.RawMessage, was, is reflect.Value) (json.RawMessage, error) {
	known := map[string]reflect.StructField{}
	for _, field := range reflect.VisibleFields(is.Type()) {
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" {
			known[name] = field
		}
	}
	for _, name := range []string{"id", "key"} {
		if f, has := known[name]; has && !was.FieldByIndex(f.Index).Equal(is.FieldByIndex(f.Index)) {
			return written, nil
		}
	}
	var before, now map[string]json.RawMessage
	if err := json.Unmarshal(read, &before); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(written, &now); err != nil {
		return nil, err
	}
	for name, part := range before {
		field, ours := known[name]
		switch {
		case !ours:
			now[name] = part
		case now[name] != nil:
			var err error
			if now[name], err = carry(part, now[name], was.FieldByIndex(field.Index), is.FieldByIndex(field.Index)); err != nil {
				return nil, err
			}
		}
	}
	return json.Marshal(now)
}

func carryList(read, written json.RawMessage, was, is reflect.Value) (json.RawMessage, error) {
	var before, now []json.RawMessage
	if err := json.Unmarshal(read, &before); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(written, &now); err != nil {
		return nil, err
	}
	for i := range now {
		for j := range before {
			if !reflect.DeepEqual(was.Index(j).Interface(), is.Index(i).Interface()) {
				continue
			}
			var err error
			if now[i], err = carry(before[j], now[i], was.Index(j), is.Index(i)); err != nil {
				return nil, err
			}
			break
		}
	}
	return json.Marshal(now)
}

// speaksForItself reports whether a type is written by a method of its own, like a time.
func speaksForItself(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}
