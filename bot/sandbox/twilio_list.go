package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

func (t *Twilio) fetchText(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.bySID[sidOf(r)]
	if !ok {
		refuse(w, 20404)
		return
	}
	writeJSON(w, http.StatusOK, t.shown(x))
}

// updateText redacts (an empty Body) or cancels a scheduled text.
func (t *Twilio) updateText(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.bySID[sidOf(r)]
	switch {
	case !ok:
		refuse(w, 20404)
		return
	case r.PostForm.Get("Status") == "canceled":
		if x.Status != "scheduled" {
			refuse(w, 20409)
			return
		}
		x.Status = "canceled"
	case r.PostForm.Has("Body") && r.PostForm.Get("Body") == "":
		x.Body, x.Redacted = "", true
	}
	x.Updated = t.s.now()
	t.s.hub.changed()
	writeJSON(w, http.StatusOK, t.shown(x))
}

func (t *Twilio) deleteText(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.bySID[sidOf(r)]
	if !ok {
		refuse(w, 20404)
		return
	}
	delete(t.bySID, x.SID)
	t.texts = slices.DeleteFunc(t.texts, func(o *Text) bool { return o == x })
	t.s.hub.changed()
	w.WriteHeader(http.StatusNoContent)
}

// listTexts shows the newest first, filtered and in pages.
func (t *Twilio) listTexts(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	during, ok := dateFilter(q, "DateSent")
	if !ok {
		refuse(w, 20001)
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	var found []any
	to, from := q.Get("To"), q.Get("From")
	for _, x := range slices.Backward(t.texts) {
		if to != "" && to != x.To || from != "" && from != x.From {
			continue
		}
		at := x.Sent
		if at.IsZero() {
			at = x.Created
		}
		if during(at) {
			found = append(found, t.shown(x))
		}
	}
	writePage(w, r, "messages", found)
}

func matches(q url.Values, key, value string) bool {
	return !q.Has(key) || q.Get(key) == "" || q.Get(key) == value
}

// dateFilter reads KEY, KEY< and KEY>; the bounds are inclusive and a date
// without a time means the whole day in UTC. It works on whole seconds, as the
// API shows no finer ones.
func dateFilter(q url.Values, key string) (func(time.Time) bool, bool) {
	var tests []func(time.Time) bool
	for _, op := range []string{"", "<", ">"} {
		raw := q.Get(key + op)
		if raw == "" {
			continue
		}
		from, to, ok := moment(raw)
		if !ok {
			return nil, false
		}
		switch op {
		case "":
			tests = append(tests, func(at time.Time) bool { return !at.Before(from) && !at.After(to) })
		case "<":
			tests = append(tests, func(at time.Time) bool { return !at.After(to) })
		case ">":
			tests = append(tests, func(at time.Time) bool { return !at.Before(from) })
		}
	}
	return func(at time.Time) bool {
		at = at.UTC().Truncate(time.Second)
		for _, test := range tests {
			if !test(at) {
				return false
			}
		}
		return true
	}, true
}

func moment(raw string) (from, to time.Time, ok bool) {
	if day, err := time.Parse(time.DateOnly, raw); err == nil {
		return day, day.AddDate(0, 0, 1).Add(-time.Second), true
	}
	at, err := time.Parse(time.RFC3339, raw)
	at = at.UTC().Truncate(time.Second)
	return at, at, err == nil
}

// writePage shows one page of a list with its addresses.
func writePage(w http.ResponseWriter, r *http.Request, noun string, all []any) {
	q := r.URL.Query()
	size, page := 50, 0
	if n, err := strconv.Atoi(q.Get("PageSize")); err == nil && n > 0 {
		size = min(n, 1000)
	}
	if n, err := strconv.Atoi(q.Get("Page")); err == nil && n > 0 {
		page = n
	}
	start := min(page*size, len(all))
	end := min(start+size, len(all))
	at := func(page int) string {
		v := url.Values{}
		for key, values := range q {
			if key != "PageToken" {
				v[key] = values
			}
		}
		v.Set("Page", strconv.Itoa(page))
		v.Set("PageSize", strconv.Itoa(size))
		if page > 0 {
			v.Set("PageToken", "PA"+strconv.Itoa(page))
		}
		return r.URL.Path + "?" + v.Encode()
	}
	var next, previous any
	if end < len(all) {
		next = at(page + 1)
	}
	if page > 0 {
		previous = at(page - 1)
	}
	rows := all[start:end]
	if rows == nil {
		rows = []any{}
	}
	writeJSON(w, http.StatusOK, map[string]any{
		noun: rows, "page": page, "page_size": size, "start": start, "end": max(start, end-1),
		"uri": r.URL.RequestURI(), "first_page_uri": at(0), "next_page_uri": next, "previous_page_uri": previous,
	})
}
