package protocol

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// A field of the clinic file says everything about itself in its tag: yaml (its
// key), default, unit, min and max, oneof, like (a pattern), maxlen, required,
// optional (may be empty), help.

// eachField calls f for every field of a struct that stands in the clinic file.
func eachField(v reflect.Value, f func(key string, field reflect.Value, tag reflect.StructTag)) {
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		if key := tag.Get("yaml"); key != "" && key != "-" {
			f(key, v.Field(i), tag)
		}
	}
}

// setDefaults fills a struct, and the structs in it, with the defaults of its fields.
func setDefaults(p any) { setDefaultsOf(reflect.ValueOf(p).Elem()) }

func setDefaultsOf(v reflect.Value) {
	eachField(v, func(key string, field reflect.Value, tag reflect.StructTag) {
		text, ok := tag.Lookup("default")
		switch {
		case ok && field.Kind() == reflect.Slice:
			for _, part := range strings.Split(text, ",") {
				field.Set(reflect.Append(field, mustParse(field.Type().Elem(), part)))
			}
		case ok:
			field.Set(mustParse(field.Type(), text))
		case field.Kind() == reflect.Struct:
			setDefaultsOf(field)
		}
	})
}

// mustParse reads a value of a tag; one that does not parse is a mistake in this package.
func mustParse(t reflect.Type, text string) reflect.Value {
	v, err := parseValue(t, text)
	if err != nil {
		panic(fmt.Sprintf("field tag: %v", err))
	}
	return v
}

// parseValue reads a single value as it stands in a clinic file.
func parseValue(t reflect.Type, text string) (reflect.Value, error) {
	var value any
	var err error
	switch reflect.Zero(t).Interface().(type) {
	case Clock:
		value, err = ParseClock(text)
	case Date:
		value, err = ParseDate(text)
	case Phone:
		value, err = ParsePhone(text)
	case time.Duration:
		value, err = parseDuration(text)
	case time.Weekday:
		value, err = parseWeekday(text)
	case *time.Location:
		value, err = parseZone(text)
	case string:
		value = text
	case bool:
		value, err = parseBool(text)
	case int:
		value, err = parseInt(text)
	case float64:
		value, err = parseFloat(text)
	default:
		err = fmt.Errorf("a %s is no single value", t)
	}
	if err != nil {
		return reflect.Value{}, err
	}
	return reflect.ValueOf(value), nil
}

func parseBool(s string) (bool, error) {
	switch s {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither true nor false", s)
}

func parseInt(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a whole number", s)
	}
	return n, nil
}

func parseFloat(s string) (float64, error) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n != n || n > 1e9 || n < -1e9 {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	return n, nil
}

// parseDuration reads "5m", "2h30m" or "14d".
func parseDuration(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n <= 10000 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q is not a duration like 30m, 4h or 14d", s)
	}
	return d, nil
}

var weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func parseWeekday(s string) (time.Weekday, error) {
	for i, name := range weekdays {
		if name == s {
			return time.Weekday(i), nil
		}
	}
	return 0, fmt.Errorf("%q is not a weekday%s", s, nearest(s, weekdays))
}

func parseZone(s string) (*time.Location, error) {
	if s == "" || s == "Local" {
		return nil, fmt.Errorf("%q is not a time zone like America/New_York", s)
	}
	zone, err := time.LoadLocation(s)
	if err != nil {
		return nil, fmt.Errorf("%q is not a time zone like America/New_York", s)
	}
	return zone, nil
}

// format writes a value as it stands in a clinic file.
func format(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case time.Duration:
		return formatDuration(x)
	case time.Weekday:
		return weekdays[x]
	case *time.Location:
		return x.String()
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	if v.Kind() == reflect.Slice {
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = format(v.Index(i))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v.Interface())
}

func formatDuration(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= 3*day && d%day == 0 {
		return strconv.Itoa(int(d/day)) + "d"
	}
	s := strings.TrimSuffix(d.String(), "0s")
	if cut, ok := strings.CutSuffix(s, "h0m"); ok {
		s = cut + "h"
	}
	if s == "" {
		return "0s"
	}
	return s
}
