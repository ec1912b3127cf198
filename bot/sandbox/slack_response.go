package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// A response address is good for five uses within half an hour.
const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

type responseURL struct {
	channel, ts, thread, user string
	uses                      int
	made                      time.Time
}

// newResponseURL needs the lock. ts is the message it may replace; empty for a
// command's.
func (sl *Slack) newResponseURL(channel, ts, thread, user string) string {
	now := wall()
	for id, r := range sl.responses {
		if now.Sub(r.made) > responseLife {
			delete(sl.responses, id)
		}
	}
	id := sl.s.ids.digest()[:32]
	sl.responses[id] = &responseURL{channel: channel, ts: ts, thread: thread, user: user, made: now}
	return sl.s.URL() + "/response/" + id
}

// receiveResponse carries out what the bot posts to a response address.
func (sl *Slack) receiveResponse(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	var a slackArgs
	if err == nil {
		err = json.Unmarshal(raw, &a.body)
	}
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]any{"ok": false, "error": "invalid_payload"})
		return
	}
	if f, ok := sl.faults.take("response_url"); ok && (sl.s.spoil(w, r, f) || f.slack != "") {
		return
	}
	sl.mu.Lock()
	err = sl.respond(r.PathValue("token"), a)
	sl.mu.Unlock()
	if err != nil {
		writeJSON(w, http.StatusNotFound, map[string]any{"ok": false, "error": err.Error()})
		return
	}
	sl.s.hub.changed()
	writeJSON(w, http.StatusOK, map[string]any{"ok": true})
}

// respond needs the lock.
func (sl *Slack) respond(id string, a slackArgs) error {
	r, ok := sl.responses[id]
	switch {
	case !ok, wall().Sub(r.made) > responseLife:
		return fail("expired_url")
	case r.uses >= responseUses:
		return fail("used_url")
	}
	r.uses++
	return sl.answerIn(r, a)
}

// answerIn replaces or deletes the message the address belongs to, or posts a
// new one: only for the user unless in_channel is asked for.
func (sl *Slack) answerIn(r *responseURL, a slackArgs) error {
	c := sl.find(r.channel)
	if c == nil {
		return fail("channel_not_found")
	}
	old := c.message(r.ts)
	if a.is("delete_original") && old != nil {
		c.remove(old)
		return nil
	}
	if a.is("replace_original") && old != nil {
		next := *old
		if err := sl.fill(&next, a); err != nil {
			return err
		}
		next.Updates++
		*old = next
		return nil
	}
	m := &Message{User: sl.s.opt.BotUserID, BotID: sl.s.opt.BotID, ThreadTS: a.str("thread_ts")}
	if a.str("response_type") != "in_channel" {
		m.Ephemeral = r.user
	}
	if m.ThreadTS == "" && m.Ephemeral != "" {
		m.ThreadTS = r.thread
	}
	if err := sl.fill(m, a); err != nil {
		return err
	}
	sl.add(c, m)
	return nil
}
