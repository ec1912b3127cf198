// Package score measures how well package reply understands a labelled set of
// texts.
package score

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"backstop/flows/reply"
)

// Row is one labelled text, a line of a JSON Lines file.
type Row struct {
	Line     int            `json:"-"`
	Kind     reply.Asked    `json:"prompt_kind"`
	Text     string         `json:"text"`
	Lang     reply.Lang     `json:"lang"`
	Expected Expected       `json:"expected"`
	More     map[string]any `json:"more,omitempty"` // further expected fields, for tests of their own
}

// Expected is what a Row's text means. Nil is "not stated".
type Expected struct {
	Pain         *float64           `json:"pain"` // 0-10, halves allowed
	Interference reply.Interference `json:"interference"`
	Flare        *bool              `json:"flare"`
	RedFlag      reply.RedFlag      `json:"red_flag"`
	Intent       reply.Intent       `json:"intent"`
}

const longestLine = 1 << 20

// Read reads labelled rows. An error names the line and what is wrong with it.
func Read(in io.Reader) ([]Row, error) {
	var rows []Row
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), longestLine)
	for no := 1; lines.Scan(); no++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		row := Row{Line: no}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("line %d: %w", no, err)
		}
		if row.Kind == "" || row.Expected.Intent == "" {
			return nil, fmt.Errorf("line %d: want prompt_kind and expected.intent", no)
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	return rows, nil
}
