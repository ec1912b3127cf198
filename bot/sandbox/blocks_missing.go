package sandbox

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// missing says why Slack's own client would not let a form go: an empty field
// that is not optional, or one that is too short or too long.
func missing(b, e, state map[string]any) string {
	empty := true
	for key, v := range state {
		if key == "type" || v == nil {
			continue
		}
		switch x := v.(type) {
		case []any:
			empty = empty && len(x) == 0
		case []string:
			empty = empty && len(x) == 0
		default:
			empty = false
		}
	}
	if empty {
		if truth(b, "optional") {
			return ""
		}
		return "Please complete this required field."
	}
	value, isText := state["value"].(string)
	if !isText {
		return ""
	}
	length := float64(utf8.RuneCountInString(value))
	if most, ok := e["max_length"].(float64); ok && length > most {
		return fmt.Sprintf("Please use at most %.0f characters.", most)
	}
	if least, ok := e["min_length"].(float64); ok && length < least {
		return fmt.Sprintf("Please use at least %.0f characters.", least)
	}
	if e["type"] == "number_input" {
		return badNumber(e, value)
	}
	return ""
}

func badNumber(e map[string]any, value string) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || (!truth(e, "is_decimal_allowed") && n != float64(int64(n))) {
		return "Please enter a valid number."
	}
	if low, err := strconv.ParseFloat(text(e, "min_value"), 64); err == nil && n < low {
		return fmt.Sprintf("Please enter a number no less than %v.", low)
	}
	if high, err := strconv.ParseFloat(text(e, "max_value"), 64); err == nil && n > high {
		return fmt.Sprintf("Please enter a number no more than %v.", high)
	}
	return ""
}
