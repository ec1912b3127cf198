package storage_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backstop/storage"
	"backstop/storage/migrations"
	"backstop/storage/storagetest"
)

var update = flag.Bool("update", false, "write this version's statements in testdata/statements anew")

// between separates the statements of a file.
const between = "\n;\n"

// A deploy migrates while the version before still serves, and a rollback serves it
// again. What it says to the database is kept for every schema, by the schema's last
// migration: the present schema must understand the last versions' statements too.
func TestThePresentSchemaUnderstandsTheVersionsBefore(t *testing.T) {
	files := must(fs.Glob(migrations.Files, "*.sql"))
	newest, _, _ := strings.Cut(files[len(files)-1], "_")
	ours := filepath.Join("testdata", "statements", newest+".sql")
	said := strings.Join(slices.Compact(slices.Sorted(maps.Values(statementsInSource(t)))), between) + "\n"
	if *update {
		if err := os.WriteFile(ours, []byte(said), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(ours); err != nil || string(kept) != said {
		t.Errorf("%s is not what this version says (%v): go test ./storage -run TestThePresentSchema -update", ours, err)
	}
	versions := must(filepath.Glob(filepath.Join("testdata", "statements", "*.sql")))
	if len(versions) < 3 {
		t.Fatalf("statements of %q: keep those of this version and of the last two schemas before", versions)
	}
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		conn := must(s.DB().Conn(t.Context()))
		defer conn.Close()
		for _, version := range versions {
			statements := strings.Split(strings.TrimSpace(string(must(os.ReadFile(version)))), strings.TrimSpace(between)+"\n")
			if len(statements) < 80 {
				t.Errorf("%s holds only %d statements", version, len(statements))
			}
			for _, query := range statements {
				if _, err := explain(t, conn, s.Engine(), query); err != nil {
					t.Errorf("%s: %v\n%s", version, err, query)
				}
			}
		}
	})
}

// Steps of a migration that an older version does not notice.
var unnoticed = []*regexp.Regexp{
	regexp.MustCompile(`^CREATE TABLE (\w+) \(`),
	regexp.MustCompile(`^CREATE INDEX \w+ ON `),
	regexp.MustCompile(`^ALTER TABLE \w+ ADD COLUMN \w+ [A-Z]+( DEFAULT [^ ]+| NOT NULL DEFAULT [^ ]+| DEFAULT [^ ]+ NOT NULL)?$`),
}

// An index that keeps rows apart binds who writes: a table's own, made with it, bind nobody before.
var keepsApart = regexp.MustCompile(`^CREATE UNIQUE INDEX \w+ ON (\w+) `)

// Steps that older versions do notice, and why they may stand.
var noticed = map[string]string{
	"DROP INDEX alerts_escalate": "it kept no rows apart, and the next step makes it anew",
}

// TestMigrationsLeaveTheVersionBeforeRunning holds the rule that lets two
// versions run side by side: from the first deploy on a migration only adds.
func TestMigrationsLeaveTheVersionBeforeRunning(t *testing.T) {
	files := must(fs.Glob(migrations.Files, "*.sql"))
	if len(files) < 2 {
		t.Fatalf("migrations: %q", files)
	}
	for _, name := range files {
		for _, step := range breakingSteps(string(must(fs.ReadFile(migrations.Files, name)))) {
			t.Errorf("%s: %q: the version before does not know of it and still serves; add beside what there is (a column may be NULL or has a default), and take away one version later", name, step)
		}
	}
}

// breakingSteps are the steps of a migration that an older version notices.
func breakingSteps(migration string) []string {
	up, _, _ := strings.Cut(migration, "-- +goose Down")
	up = regexp.MustCompile(`--[^\n]*`).ReplaceAllString(up, "")
	var breaking []string
	made := map[string]bool{}
	for step := range strings.SplitSeq(up, ";") {
		step = strings.Join(strings.Fields(step), " ")
		if table := unnoticed[0].FindStringSubmatch(step); table != nil {
			made[table[1]] = true
		}
		apart := keepsApart.FindStringSubmatch(step)
		fine := step == "" || noticed[step] != "" || apart != nil && made[apart[1]] ||
			slices.ContainsFunc(unnoticed, func(r *regexp.Regexp) bool { return r.MatchString(step) })
		if !fine {
			breaking = append(breaking, step)
		}
	}
	return breaking
}

func TestTheRuleOfMigrationsRefuses(t *testing.T) {
	for step, breaks := range map[string]bool{
		"ALTER TABLE messages ADD COLUMN mood TEXT":                                false,
		"ALTER TABLE messages ADD COLUMN mood TEXT NOT NULL DEFAULT ''":            false,
		"CREATE TABLE moods (id TEXT PRIMARY KEY, at BIGINT NOT NULL)":             false,
		"CREATE TABLE moods (id TEXT); CREATE UNIQUE INDEX moods_id ON moods (id)": false,
		"CREATE INDEX messages_mood ON messages (id)":                              false,
		"ALTER TABLE messages ADD COLUMN mood TEXT NOT NULL":                       true,
		"ALTER TABLE messages ADD COLUMN mood TEXT UNIQUE":                         true,
		"ALTER TABLE messages ADD COLUMN mood TEXT CHECK (mood <> '')":             true,
		"ALTER TABLE messages ALTER COLUMN reason SET NOT NULL":                    true,
		"ALTER TABLE messages RENAME COLUMN reason TO why":                         true,
		"ALTER TABLE messages DROP COLUMN reason":                                  true,
		"CREATE UNIQUE INDEX messages_body ON messages (body)":                     true,
		"DROP INDEX messages_provider":                                             true,
		"DROP TABLE seen":                                                          true,
		"UPDATE messages SET reason = ''":                                          true,
		"DELETE FROM seen":                                                         true,
		"CREATE TRIGGER t BEFORE INSERT ON messages EXECUTE FUNCTION f()":          true,
	} {
		if found := breakingSteps("-- +goose Up\n" + step + ";\n-- +goose Down\nDROP TABLE moods;"); breaks != (len(found) > 0) {
			t.Errorf("%s: found %q", step, found)
		}
	}
}
