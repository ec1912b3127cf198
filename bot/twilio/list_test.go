package twilio_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"backstop/bot"
)

// book is a list at Twilio, newest first, served in pages.
type book struct {
	resource string // "messages" or "calls"
	rows     []map[string]any
	size     int
	queries  []url.Values
}

func (b *book) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	b.queries = append(b.queries, query)
	start := 0
	_, _ = fmt.Sscan(query.Get("Page"), &start)
	end := min((start+1)*b.size, len(b.rows))
	next := any(nil)
	if end < len(b.rows) {
		next = fmt.Sprintf("%s?To=%s&PageSize=100&Page=%d&PageToken=PA%d", r.URL.Path, url.QueryEscape(query.Get("To")), start+1, start+1)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{b.resource: b.rows[start*b.size : end], "next_page_uri": next})
}

func mail(at time.Time) string { return at.UTC().Format(time.RFC1123Z) }

func TestTextsToFindsWhatStillWaits(t *testing.T) {
	since := time.Date(2026, 3, 1, 17, 30, 0, 600e6, time.UTC)
	b := &book{resource: "messages", size: 2, rows: []map[string]any{
		{"sid": "SM5", "direction": "outbound-api", "status": "queued", "date_created": mail(since.Add(time.Minute)), "date_sent": nil, "body": "waits", "to": "+1", "from": "+2", "num_segments": "1", "num_media": "0"},
		{"sid": "SM4", "direction": "inbound", "status": "received", "date_created": mail(since.Add(30 * time.Second)), "date_sent": mail(since.Add(30 * time.Second))},
		{"sid": "SM3", "direction": "outbound-api", "status": "failed", "error_code": 30003, "date_created": mail(since), "date_sent": mail(since.Add(2 * time.Second)), "body": "failed", "num_media": "2"},
		{"sid": "SM2", "direction": "outbound-api", "status": "sent", "date_created": mail(since.Add(-time.Second)), "date_sent": mail(since.Add(time.Minute))},
		{"sid": "SM1", "direction": "outbound-api", "date_created": mail(since.Add(-time.Hour))},
		{"sid": "SM0", "direction": "outbound-api", "date_created": mail(since.Add(-2 * time.Hour))},
		{"sid": "SM-", "direction": "outbound-api", "date_created": mail(since.Add(-3 * time.Hour))},
	}}
	client := newClient(t, b.ServeHTTP)
	texts, err := client.TextsTo(t.Context(), "+14155550123", since)
	if err != nil {
		t.Fatal(err)
	}
	want := []bot.SentText{
		{Accepted: bot.Accepted{ProviderID: "SM5", Status: "queued", Segments: 1}, From: "+2", To: "+1", Body: "waits", SentAt: since.Add(time.Minute).Truncate(time.Second)},
		{Accepted: bot.Accepted{ProviderID: "SM3", Status: "failed"}, Body: "failed", SentAt: since.Add(2 * time.Second).Truncate(time.Second), ErrorCode: 30003, Media: 2},
	}
	if !slices.Equal(texts, want) {
		t.Errorf("got  %+v\nwant %+v", texts, want)
	}
	if len(b.queries) != 3 {
		t.Errorf("read %d pages, want 3: the third lies wholly before", len(b.queries))
	}
	if first := b.queries[0]; first.Get("To") != "+14155550123" || first.Has("DateSent>") || first.Get("PageSize") != "100" {
		t.Errorf("asked for %v", first)
	}
	if last := b.queries[2]; last.Get("PageToken") != "PA2" || last.Get("Page") != "2" {
		t.Errorf("asked for %v", last)
	}
}

func TestTextsReceivedReadsEveryPageOldestFirst(t *testing.T) {
	since := time.Date(2026, 3, 1, 17, 30, 0, 0, time.FixedZone("EST", -5*3600))
	b := &book{resource: "messages", size: 3}
	for i := range 10 {
		at := mail(since.Add(time.Duration(10-i) * time.Minute))
		b.rows = append(b.rows, map[string]any{"sid": fmt.Sprintf("SM%02d", 10-i), "direction": "inbound", "date_created": at, "date_sent": at})
	}
	b.rows = append(b.rows, map[string]any{"sid": "SM00", "direction": "inbound", "date_created": mail(since.Add(-time.Minute)), "date_sent": mail(since.Add(-time.Minute))})
	client := newClient(t, b.ServeHTTP)
	texts, err := client.TextsReceived(t.Context(), "+15005550006", since)
	if err != nil {
		t.Fatal(err)
	}
	var sids []string
	for _, text := range texts {
		sids = append(sids, text.ProviderID)
		if !text.Inbound {
			t.Errorf("%s is not inbound", text.ProviderID)
		}
	}
	if want := []string{"SM01", "SM02", "SM03", "SM04", "SM05", "SM06", "SM07", "SM08", "SM09", "SM10"}; !slices.Equal(sids, want) {
		t.Errorf("got %v, want %v", sids, want)
	}
	if got := b.queries[0].Get("DateSent>"); got != "2026-03-01T00:00:00Z" {
		t.Errorf("asked for texts since %s, want the start of the day in UTC", got)
	}
}

func TestListThatNeverEndsIsAnError(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `{"messages":[{"sid":"SM1","direction":"inbound","date_created":%q}],"next_page_uri":"%s?Page=1&PageToken=PA1"}`, mail(time.Now()), r.URL.Path)
	})
	if _, err := client.TextsReceived(t.Context(), "+15005550006", time.Now().Add(-time.Hour)); err == nil {
		t.Error("accepted")
	}
}

func TestListErrorsAreSorted(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"code":20003,"status":401,"message":"x"}`)
	})
	_, texts := client.TextsTo(t.Context(), "+14155550123", time.Now())
	_, calls := client.CallsTo(t.Context(), "+14155550123", time.Now())
	wantSendError(t, texts, bot.Operator)
	wantSendError(t, calls, bot.Operator)
}

func TestCallsTo(t *testing.T) {
	since := time.Date(2026, 3, 1, 17, 30, 0, 0, time.UTC)
	b := &book{resource: "calls", size: 50, rows: []map[string]any{
		{"sid": "CA3", "direction": "outbound-api", "status": "queued", "date_created": mail(since.Add(time.Minute)), "start_time": nil, "to": "+1"},
		{"sid": "CA2", "direction": "inbound", "status": "completed", "date_created": mail(since.Add(time.Minute))},
		{"sid": "CA1", "direction": "outbound-api", "status": "completed", "date_created": mail(since.Add(-time.Minute))},
	}}
	client := newClient(t, b.ServeHTTP)
	calls, err := client.CallsTo(t.Context(), "+1", since)
	if err != nil {
		t.Fatal(err)
	}
	want := []bot.PlacedCall{{Accepted: bot.Accepted{ProviderID: "CA3", Status: "queued"}, To: "+1", PlacedAt: since.Add(time.Minute)}}
	if !slices.Equal(calls, want) {
		t.Errorf("got %+v, want %+v", calls, want)
	}
}
