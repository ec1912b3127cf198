package reply_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"backstop/flows/reply"
)

// TestARoomForgetsTheTextBefore reads texts in the room of others, forwards, backwards and at
// the same time: what was read there before changes nothing, and what was returned stays.
func TestARoomForgetsTheTextBefore(t *testing.T) {
	rows := labelled(t, "shared")
	for _, s := range []string{"", "5", strings.Repeat("3x5 @ 185, pain 4. ", 30), strings.Repeat("numb ", 700), "\xff\xfe"} {
		row := rows[0]
		row.Text = s
		rows = append(rows, row)
	}
	first := make([]reply.Reply, len(rows))
	for i, row := range rows {
		first[i] = reply.Explain(row.Kind, row.Text, row.Lang)
	}
	var all sync.WaitGroup
	for k := range 4 {
		all.Go(func() {
			for i := range rows {
				if k%2 == 1 {
					i = len(rows) - 1 - i
				}
				if got := reply.Explain(rows[i].Kind, rows[i].Text, rows[i].Lang); !reflect.DeepEqual(got, first[i]) {
					t.Errorf("%q: %+v, before %+v", rows[i].Text, got, first[i])
				}
			}
		})
	}
	all.Wait()
}
