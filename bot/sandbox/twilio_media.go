package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

func (t *Twilio) mediaJSON(x *Text, m Media) map[string]any {
	return map[string]any{
		"sid": m.SID, "account_sid": t.s.opt.AccountSID, "parent_sid": x.SID, "content_type": m.ContentType,
		"date_created": rfc2822(m.Created), "date_updated": rfc2822(m.Created),
		"uri": t.uri("Messages", x.SID, "Media", m.SID+".json"),
	}
}

func (t *Twilio) listMedia(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.bySID[r.PathValue("message")]
	if !ok {
		refuse(w, 20404)
		return
	}
	var all []any
	for _, m := range x.Media {
		all = append(all, t.mediaJSON(x, m))
	}
	writePage(w, r, "media_list", all)
}

// fetchMedia shows the resource under .json and the file itself without it.
func (t *Twilio) fetchMedia(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.bySID[r.PathValue("message")]
	sid := sidOf(r)
	if !ok || !slices.ContainsFunc(x.Media, func(m Media) bool { return m.SID == sid }) {
		refuse(w, 20404)
		return
	}
	m := x.Media[slices.IndexFunc(x.Media, func(m Media) bool { return m.SID == sid })]
	if sid != r.PathValue("file") {
		writeJSON(w, http.StatusOK, t.mediaJSON(x, m))
		return
	}
	if m.URL != "" {
		http.Redirect(w, r, m.URL, http.StatusTemporaryRedirect)
		return
	}
	w.Header().Set("Content-Type", m.ContentType)
	_, _ = w.Write(m.Data)
}

func (t *Twilio) deleteMedia(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.bySID[r.PathValue("message")]
	sid := sidOf(r)
	if !ok || !slices.ContainsFunc(x.Media, func(m Media) bool { return m.SID == sid }) {
		refuse(w, 20404)
		return
	}
	x.Media = slices.DeleteFunc(slices.Clone(x.Media), func(m Media) bool { return m.SID == sid })
	w.WriteHeader(http.StatusNoContent)
}

// fetchMediaOf fetches what an outgoing text brings, as Twilio does.
func (t *Twilio) fetchMediaOf(sid string) {
	x, _ := t.TextBySID(sid)
	for i, m := range x.Media {
		kind, data, err := fetch(t.s.ctx, m.URL)
		if err != nil {
			continue // the phone shows the words alone
		}
		t.mu.Lock()
		if stored := t.bySID[sid]; i < len(stored.Media) {
			stored.Media[i].ContentType, stored.Media[i].Data = kind, data
		}
		t.mu.Unlock()
		t.s.hub.changed()
	}
}

// fetch gets a file of at most the size that carriers take.
func fetch(ctx context.Context, address string) (kind string, data []byte, err error) {
	const most = 5 << 20
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", nil, fmt.Errorf("%s answered %s", address, response.Status)
	}
	data, err = io.ReadAll(io.LimitReader(response.Body, most))
	return response.Header.Get("Content-Type"), data, err
}
