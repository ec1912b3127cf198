package sandbox

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// overrides are the connection rules in the fragment of a registered address:
// #rc=3&rp=5xx,ct,rt.
type overrides struct {
	read, total time.Duration
	retries     int
	on          []string
}

// readOverrides falls back to Twilio's defaults: one retry, only when no
// connection was made, everything within 15 seconds.
func readOverrides(address string) overrides {
	o := overrides{read: 15 * time.Second, total: 15 * time.Second, retries: 1, on: []string{"ct"}}
	_, fragment, _ := strings.Cut(address, "#")
	v, err := url.ParseQuery(fragment)
	if err != nil {
		return o
	}
	ms := func(key string, d *time.Duration) {
		if n, err := strconv.Atoi(v.Get(key)); err == nil && n >= 100 && n <= 15000 {
			*d = time.Duration(n) * time.Millisecond
		}
	}
	ms("rt", &o.read)
	ms("tt", &o.total)
	if n, err := strconv.Atoi(v.Get("rc")); err == nil && n >= 0 && n <= 5 {
		o.retries = n
	}
	if rp := v.Get("rp"); rp != "" {
		o.on = strings.Split(rp, ",")
	}
	return o
}

// again says whether this outcome is one to retry.
func (o overrides) again(d Delivery) bool {
	var kind string
	switch {
	case d.Err != nil && neverConnected(d.Err):
		kind = "ct"
	case d.Err != nil:
		kind = "rt"
	case d.Status >= 500:
		kind = "5xx"
	case d.Status >= 400:
		kind = "4xx"
	default:
		return false
	}
	return slices.Contains(o.on, kind) || slices.Contains(o.on, "all")
}
