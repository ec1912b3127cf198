package slack_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"backstop/bot"
)

// conversation answers history and replies in pages of two, newest first.
func conversation(f *fakeSlack, messages ...map[string]any) {
	page := func(method string) func(int, http.ResponseWriter) {
		return func(n int, w http.ResponseWriter) {
			from := min((n-1)*2, len(messages))
			to := min(from+2, len(messages))
			answer := map[string]any{"ok": true, "messages": messages[from:to], "has_more": to < len(messages)}
			if to < len(messages) {
				answer["response_metadata"] = map[string]any{"next_cursor": method + "-next"}
			}
			_ = json.NewEncoder(w).Encode(answer)
		}
	}
	f.answers["conversations.history"], f.answers["conversations.replies"] = page("history"), page("replies")
}

func named(ts, post string) map[string]any {
	return map[string]any{"ts": ts, "text": "x", "metadata": map[string]any{"event_type": "backstop_post", "event_payload": map[string]any{"post": post}}}
}

func TestFindReadsBackOurOwnPost(t *testing.T) {
	since := time.Date(2026, 11, 24, 2, 4, 0, 250_000_000, time.UTC)
	others := []map[string]any{
		{"ts": "5.0", "text": "chatter", "blocks": []any{map[string]any{"type": "block_of_a_later_year", "x": 1}}},
		named("4.0", "post-0"),
		{"ts": "3.0", "text": "x", "metadata": map[string]any{"event_type": "another_app", "event_payload": map[string]any{"post": "post-1"}}},
	}
	for _, c := range []struct{ name, method, thread string }{
		{"in the channel", "conversations.history", ""}, {"in a thread", "conversations.replies", "1.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := emergency()
			p.Thread = c.thread
			f := newFakeSlack(t)
			conversation(f, append(slices.Clone(others), named("2.0", "post-1"))...)
			at, found, err := newClient(t, f).Find(t.Context(), p, since)
			if want := (bot.Posted{Channel: "C1", TS: "2.0"}); err != nil || !found || at != want {
				t.Fatalf("got %+v %v %v, want %+v", at, found, err, want)
			}
			calls := f.received(c.method)
			if len(calls) != 2 || calls[1].form.Get("cursor") == "" {
				t.Fatalf("asked %d times", len(calls))
			}
			form := calls[0].form
			if form.Get("include_all_metadata") != "1" || form.Get("oldest") != "1795485720.250000" || form.Get("channel") != "C1" || form.Get("ts") != c.thread {
				t.Errorf("asked for %v", form)
			}

			f = newFakeSlack(t)
			conversation(f, others...)
			if _, found, err := newClient(t, f).Find(t.Context(), p, since); found || err != nil {
				t.Errorf("got %v %v for a post that is not there", found, err)
			}
			f = newFakeSlack(t)
			f.says(c.method, `{"ok":false}`)
			if _, _, err := newClient(t, f).Find(t.Context(), p, since); err == nil {
				t.Error("no list was taken for an empty one")
			}
			f = newFakeSlack(t)
			f.says(c.method, `{"ok":false,"error":"not_in_channel"}`)
			_, _, err = newClient(t, f).Find(t.Context(), p, since)
			wantSendError(t, err, bot.Operator)
		})
	}
}

func TestFindGivesUpOnAFlood(t *testing.T) {
	f := newFakeSlack(t)
	f.says("conversations.history", `{"ok":true,"messages":[{"ts":"1.0","text":"x"}],"has_more":true,"response_metadata":{"next_cursor":"on"}}`)
	if _, found, err := newClient(t, f).Find(t.Context(), emergency(), time.Now()); err == nil || found {
		t.Errorf("got %v %v, want an error: it may still be there", found, err)
	}
}
