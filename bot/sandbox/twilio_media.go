package sandbox

import (
	"net/http"
	"slices"
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
