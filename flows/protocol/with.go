package protocol

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// With is the thresholds with another value for one of them, as the clinic file
// writes both. Its error says which there are, or what is wrong with the value.
func (p Pain) With(key, value string) (Pain, error) {
	var names []string
	var err error
	found := false
	eachField(reflect.ValueOf(&p).Elem(), func(name string, field reflect.Value, tag reflect.StructTag) {
		names = append(names, name)
		if name != key {
			return
		}
		found = true
		var got reflect.Value
		if got, err = parseValue(field.Type(), value); err != nil {
			return
		}
		if reason := outside(got, tag); reason != "" {
			err = errors.New(reason)
			return
		}
		field.Set(got)
	})
	switch {
	case !found:
		return Pain{}, fmt.Errorf("%q is no threshold%s: there are %s", key, nearest(key, names), strings.Join(names, ", "))
	case err != nil:
		return Pain{}, fmt.Errorf("%s: %w", key, err)
	}
	p.contradictions(func(holds bool, key, reason string, args ...any) {
		if !holds && err == nil {
			err = fmt.Errorf("%s %s", key, fmt.Sprintf(reason, args...))
		}
	})
	return p, err
}

// Value is one of the thresholds by its key; false when there is none.
func (p Pain) Value(key string) (value float64, ok bool) {
	eachField(reflect.ValueOf(p), func(name string, field reflect.Value, _ reflect.StructTag) {
		if name == key {
			value, ok = field.Float(), true
		}
	})
	return value, ok
}
