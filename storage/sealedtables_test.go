package storage

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backstop/storage/migrations"
)

// A column that is sealed but unknown to Reseal would be lost with the old keys.
func TestResealKnowsEverySealedColumn(t *testing.T) {
	table, column := regexp.MustCompile(`^CREATE TABLE (\w+)`), regexp.MustCompile(`^\s+(\w+)\s+BYTEA`)
	var want []string
	files, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(migrations.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		name := ""
		for line := range strings.Lines(string(text)) {
			if m := table.FindStringSubmatch(line); m != nil {
				name = m[1]
			}
			if m := column.FindStringSubmatch(line); m != nil && m[1] != "hash" && m[1] != "phone_hash" {
				want = append(want, name+"."+m[1])
			}
		}
	}
	var got []string
	for _, t := range sealedTables {
		for _, c := range t.columns {
			got = append(got, t.name+"."+c)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("Reseal seals\n%v, the tables hold\n%v", got, want)
	}
}
