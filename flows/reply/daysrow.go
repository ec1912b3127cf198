package reply

import "backstop/flows/reply/token"

// A week as patients note it down: an initial and a number for each day.

// initials are the days, from Monday on, that a letter, two or three may stand for.
type initials map[string][]int

var weeks = [...]initials{
	{"m": {0}, "mo": {0}, "t": {1, 3}, "tu": {1}, "w": {2}, "we": {2}, "th": {3}, "r": {3}, "f": {4}, "fr": {4}, "s": {5, 6}, "sa": {5}, "su": {6}},
	{"l": {0}, "lu": {0}, "m": {1, 2}, "ma": {1}, "x": {2}, "mi": {2}, "j": {3}, "ju": {3}, "v": {4}, "vi": {4}, "s": {5}, "sa": {5}, "d": {6}, "do": {6},
		"lun": {0}, "mar": {1}, "mie": {2}, "jue": {3}, "vie": {4}, "sab": {5}, "dom": {6}},
}

var dayKeys = [...]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// leastDays is how many days in a row make letters a week and no vertebrae.
const leastDays = 3

// namedDays gives the initials of a week the names of its days: "M2 T3 W5", "L 3 M 3 X 6".
// Asked for the week, two are enough that stand apart from their numbers ("T 2 W 6").
func namedDays(toks []token.Token, keys []byte, weekly bool) []byte {
	for i := 0; i < len(toks); i++ {
		days, end := daysFrom(toks, keys, i)
		if len(days) < leastDays && !(weekly && len(days) == leastDays-1 && !(toks[i+1].Glued && toks[i+1].Kind == token.Number)) {
			continue
		}
		for n, at := 0, i; at < end; at++ {
			if toks[at].Kind != token.Word {
				continue
			}
			start := int32(len(keys))
			keys = append(keys, dayKeys[days[n]]...)
			toks[at].KeyStart, toks[at].KeyEnd, toks[at].Glued = start, int32(len(keys)), false
			n++
		}
		i = end - 1
	}
	return keys
}

// daysFrom returns the days of the row that begins at token i, and where it ends.
func daysFrom(toks []token.Token, keys []byte, i int) (days []int, end int) {
	if dayNumber(toks, keys, i) == 0 {
		return nil, i
	}
	for _, week := range weeks {
		for _, first := range week[keyOf(toks[i], keys)] {
			if found, to := walkWeek(toks, keys, i, week, first); len(found) > len(days) {
				days, end = found, to
			}
		}
	}
	return days, end
}

// walkWeek follows the days of a week from token i on, while each comes after the last.
func walkWeek(toks []token.Token, keys []byte, i int, week initials, first int) (days []int, end int) {
	for at, gone := i, 0; ; {
		next := dayNumber(toks, keys, at)
		if next == 0 {
			return days, end
		}
		day, step := first, 0
		if len(days) > 0 {
			day, step = nextDay(week[keyOf(toks[at], keys)], days[len(days)-1])
		}
		if gone += step; day < 0 || gone >= len(dayKeys) {
			return days, end
		}
		days, end = append(days, day), next
		for at = next; at < len(toks) && toks[at].Kind == token.Mark && at < next+1; at++ {
		}
	}
}

// nextDay is the first of some days to come after one, and how many days later.
func nextDay(days []int, after int) (day, step int) {
	day = -1
	for _, d := range days {
		if s := (d - after + len(dayKeys)) % len(dayKeys); s > 0 && (day < 0 || s < step) {
			day, step = d, s
		}
	}
	return day, step
}

// dayNumber returns where "M2", "M 2" or "M: 2" ends that begins at token i, 0 if none does.
func dayNumber(toks []token.Token, keys []byte, i int) int {
	if i+1 >= len(toks) || toks[i].Kind != token.Word || toks[i].KeyEnd-toks[i].KeyStart > 3 {
		return 0
	}
	at := i + 1
	if at+1 < len(toks) && toks[at].Kind == token.Mark && (keys[toks[at].KeyStart] == ':' || keys[toks[at].KeyStart] == '-' || keys[toks[at].KeyStart] == '=') {
		at++
	}
	if toks[at].Kind != token.Number || toks[at].Value > 10 {
		return 0
	}
	return at + 1
}

func keyOf(t token.Token, keys []byte) string { return string(keys[t.KeyStart:t.KeyEnd]) }
