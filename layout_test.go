// Package backstop_test holds the repository to what its documents say: the
// dependency rule, the purity of the core, the settings, the commands, the links.
package backstop_test

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backstop/flows/protocol"
)

var update = flag.Bool("update", false, "write the table of settings in docs/protocol.md anew")

// source is one Go file that is not a test.
type source struct {
	path string // "bot/send.go"
	room string // its folder: "bot", "flows/copy"
	file *ast.File
	set  *token.FileSet
}

// sources parses every Go file of the module that is not a test.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, source{path: name, room: path.Dir(name), file: file, set: set})
	})
	if len(all) < 50 {
		t.Fatalf("found only %d Go files: is this the root of the repository?", len(all))
	}
	return all
}

// walk calls f with every file of the repository, by its path with slashes.
func walk(t *testing.T, f func(name string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == ".git" || name == "bin" || entry.Name() == "node_modules"):
			return fs.SkipDir
		case entry.Type().IsRegular():
			f(filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// imports are the import paths of a file, with the line of each.
func (s source) imports() map[string]int {
	found := map[string]int{}
	for _, spec := range s.file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err == nil {
			found[name] = s.set.Position(spec.Pos()).Line
		}
	}
	return found
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	for _, s := range sources(t) {
		for name, line := range s.imports() {
			room, ours := strings.CutPrefix(name, "backstop/")
			if ours && !mayImport(s.room, room) {
				t.Errorf("%s:%d: %s may not import %s", s.path, line, s.room, room)
			}
		}
	}
}

// mayImport is the dependency rule: cmd -> bot -> storage -> flows, and no room
// of bot knows another.
func mayImport(from, to string) bool {
	if path.Base(to) == "storagetest" {
		return false // for tests alone
	}
	top, below, _ := strings.Cut(from, "/")
	toTop, toBelow, _ := strings.Cut(to, "/")
	switch top {
	case "cmd":
		return toTop != "cmd" || strings.HasPrefix(to, from+"/")
	case "bot":
		own, _, _ := strings.Cut(below, "/")
		toOwn, _, _ := strings.Cut(toBelow, "/")
		return toTop == "storage" || toTop == "flows" || to == "bot" || toTop == "bot" && own != "" && own == toOwn
	case "storage":
		return toTop == "storage" || toTop == "flows"
	case "flows":
		return toTop == "flows"
	}
	return false
}

func TestTheDependencyRuleRefuses(t *testing.T) {
	for _, edge := range [][2]string{
		{"flows", "storage"}, {"flows/reply", "bot"}, {"storage", "bot"}, {"storage/seal", "bot/slack"},
		{"bot", "bot/twilio"}, {"bot/slack", "bot/twilio"}, {"bot/slack", "bot/sandbox"}, {"bot", "cmd/backstop"},
		{"bot", "storage/storagetest"}, {"cmd/backstop", "cmd/other"},
	} {
		if mayImport(edge[0], edge[1]) {
			t.Errorf("%s may import %s", edge[0], edge[1])
		}
	}
	for _, edge := range [][2]string{
		{"cmd/backstop", "bot/slack"}, {"bot/slack", "bot"}, {"bot", "storage"}, {"storage", "flows/reply"},
		{"flows", "flows/copy"}, {"bot/sandbox", "bot/sandbox/page"}, {"cmd/backstop", "cmd/backstop/simulate"},
	} {
		if !mayImport(edge[0], edge[1]) {
			t.Errorf("%s may not import %s", edge[0], edge[1])
		}
	}
}

// outside are the packages by which code reaches the world, and impure the
// names of package time that do.
var (
	outside = []string{"os", "net", "log", "context", "syscall", "runtime", "database/sql", "math/rand", "crypto/rand", "unsafe", "github.com/google/uuid"}
	impure  = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Local"}
)

func TestTheCoreIsPure(t *testing.T) {
	for _, s := range sources(t) {
		if s.room != "flows" && !strings.HasPrefix(s.room, "flows/") {
			continue
		}
		for name, line := range s.imports() {
			if slices.ContainsFunc(outside, func(o string) bool { return name == o || strings.HasPrefix(name, o+"/") }) {
				t.Errorf("%s:%d: imports %s: the core is given what it needs", s.path, line, name)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			at := func() string { return fmt.Sprintf("%s:%d", s.path, s.set.Position(n.Pos()).Line) }
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: starts a goroutine", at())
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(impure, n.Sel.Name) {
					t.Errorf("%s: uses time.%s: the core is given the time", at(), n.Sel.Name)
				}
			}
			return true
		})
	}
}

// read reads a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// flyKeys are the keys of fly.toml that we use the way Fly documents them.
var flyKeys = map[string][]string{
	"":                         {"app", "primary_region", "kill_signal", "kill_timeout", "swap_size_mb", "console_command"},
	"build":                    {"dockerfile", "image", "args", "ignorefile", "build-target"},
	"deploy":                   {"strategy", "max_unavailable", "wait_timeout", "release_command", "release_command_timeout", "release_command_vm", "seed_command"},
	"env":                      nil, // any
	"files":                    {"guest_path", "local_path", "secret_name", "raw_value", "processes"},
	"http_service":             {"internal_port", "force_https", "auto_stop_machines", "auto_start_machines", "min_machines_running", "processes"},
	"http_service.concurrency": {"type", "soft_limit", "hard_limit"},
	"http_service.checks":      {"interval", "timeout", "grace_period", "method", "path", "protocol", "tls_skip_verify", "tls_server_name"},
	"vm":                       {"size", "memory", "cpus", "cpu_kind", "processes"},
	"mounts":                   {"source", "destination", "initial_size", "snapshot_retention", "scheduled_snapshots", "processes"},
	"restart":                  {"policy", "retries", "processes"},
	"metrics":                  {"port", "path", "processes"},
}

var (
	tomlTable = regexp.MustCompile(`^\[{1,2}([a-z_.]+)\]{1,2}$`)
	tomlValue = regexp.MustCompile(`^([A-Za-z_-]+) = ("[^"]*"|[0-9]+|true|false)$`)
)

// readFly reads fly.toml, as much of TOML as it uses: "table.key" to the value
// without its quotes. Anything else is an error.
func readFly(t *testing.T) map[string]string {
	t.Helper()
	values, table := map[string]string{}, ""
	for i, line := range strings.Split(read(t, "fly.toml"), "\n") {
		if at := strings.Index(line, "#"); at >= 0 && strings.Count(line[:at], `"`)%2 == 0 {
			line = line[:at]
		}
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if m := tomlTable.FindStringSubmatch(line); m != nil {
			if table = m[1]; !hasKey(flyKeys, table) {
				t.Errorf("fly.toml:%d: Fly knows no table [%s]", i+1, table)
			}
			continue
		}
		m := tomlValue.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("fly.toml:%d: not read: %s", i+1, line)
			continue
		}
		if allowed := flyKeys[table]; allowed != nil && !slices.Contains(allowed, m[1]) {
			t.Errorf("fly.toml:%d: Fly knows no key %s in [%s]", i+1, m[1], table)
		}
		values[strings.TrimPrefix(table+"."+m[1], ".")] = strings.Trim(m[2], `"`)
	}
	return values
}

func hasKey[V any](m map[string]V, key string) bool { _, ok := m[key]; return ok }

func TestFlyRunsTheBotAsItMustBeRun(t *testing.T) {
	fly := readFly(t)
	drain := regexp.MustCompile(`const drain = (\d+) \* time\.Second`).FindStringSubmatch(read(t, "cmd/backstop/server.go"))
	if drain == nil {
		t.Fatal("cmd/backstop/server.go says no drain")
	}
	drained, _ := time.ParseDuration(drain[1] + "s")
	killed, err := time.ParseDuration(fly["kill_timeout"] + "s")
	if err != nil || killed <= drained {
		t.Errorf("kill_timeout %q is no longer than the %s in which the bot drains", fly["kill_timeout"], drained)
	}
	for key, want := range map[string]string{
		"kill_signal":                     "SIGTERM",
		"deploy.release_command":          "/app/backstop migrate up",
		"http_service.auto_stop_machines": "off",
		"http_service.internal_port":      fly["env.PORT"],
		"http_service.checks.path":        "/readyz",
		"env.METRICS_LISTEN":              ":" + fly["metrics.port"],
		"files.guest_path":                fly["env.CLINIC_FILE"],
	} {
		if fly[key] != want {
			t.Errorf("fly.toml: %s is %q, want %q", key, fly[key], want)
		}
	}
	known := settings(t)
	for key := range fly {
		name, isEnv := strings.CutPrefix(key, "env.")
		if isEnv && name != "TZ" && !hasKey(known, name) {
			t.Errorf("fly.toml: the bot does not read %s", name)
		}
	}
}

// The image must run what fly.toml starts, as no root, without a C library and
// without a shell; an ENTRYPOINT would stand before the release command.
func TestTheImageHoldsWhatFlyStarts(t *testing.T) {
	image := read(t, "Dockerfile")
	program, _, _ := strings.Cut(readFly(t)["deploy.release_command"], " ")
	for _, want := range []string{
		"CGO_ENABLED=0 go build", " " + program + "\n", `CMD ["` + program + `", "serve"]`, "/static-debian12:nonroot\n",
	} {
		if !strings.Contains(image, want) {
			t.Errorf("the Dockerfile lacks %q", want)
		}
	}
	if regexp.MustCompile(`(?m)^ENTRYPOINT`).MatchString(image) {
		t.Error("the Dockerfile has an ENTRYPOINT")
	}
	version := regexp.MustCompile(`(?m)^FROM golang:([0-9.]+)`).FindStringSubmatch(image)
	if version == nil || !strings.Contains(read(t, "go.mod"), "\ngo "+version[1]+".") {
		t.Error("the Dockerfile builds with another Go than go.mod names")
	}
}

// settings are the environment variables that the commands read, with their
// defaults, as the tags in cmd/backstop say.
func settings(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, s := range sources(t) {
		if s.room != "cmd/backstop" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			field, ok := n.(*ast.Field)
			if !ok || field.Tag == nil {
				return true
			}
			raw, err := strconv.Unquote(field.Tag.Value)
			if err != nil {
				t.Fatal(err)
			}
			tag := reflect.StructTag(raw)
			if name := tag.Get("env"); name != "" && found[name] == "" {
				found[name] = tag.Get("default")
			}
			return true
		})
	}
	if len(found) < 10 {
		t.Fatalf("found only %d settings", len(found))
	}
	return found
}

var settingRow = regexp.MustCompile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\|(.*)$")

func TestEverySettingIsDocumented(t *testing.T) {
	rows := map[string]string{}
	for _, m := range settingRow.FindAllStringSubmatch(read(t, "docs/operating.md"), -1) {
		rows[m[1]] = m[2]
	}
	known := settings(t)
	for name, value := range known {
		row, ok := rows[name]
		if !ok {
			t.Errorf("docs/operating.md has no row for %s", name)
		}
		if ok && value != "" && !strings.Contains(row, "`"+value+"`") {
			t.Errorf("docs/operating.md: the row of %s does not give its default %s", name, value)
		}
	}
	for name := range rows {
		if !hasKey(known, name) {
			t.Errorf("docs/operating.md: nothing reads %s", name)
		}
	}
}

func TestEveryRouteAndMetricIsDocumented(t *testing.T) {
	guide := read(t, "docs/operating.md")
	route := regexp.MustCompile(`"((?:GET|POST|PUT|PATCH|DELETE) /[^" ]+)"`)
	path := regexp.MustCompile(`\{"(/api/[^"]+)", http\.Method([A-Za-z]+),`)
	metric := regexp.MustCompile(`"(backstop_[a-z_]+)"`)
	found := 0
	for _, s := range sources(t) {
		if s.room == "bot/sandbox" {
			continue
		}
		text := read(t, s.path)
		var names []string
		for _, m := range route.FindAllStringSubmatch(text, -1) {
			names = append(names, m[1])
		}
		for _, m := range path.FindAllStringSubmatch(text, -1) {
			names = append(names, strings.ToUpper(m[2])+" "+m[1])
		}
		if s.room == "cmd/backstop" {
			for _, m := range metric.FindAllStringSubmatch(text, -1) {
				names = append(names, m[1])
			}
		}
		for _, name := range names {
			found++
			if !strings.Contains(guide, "`"+name+"`") {
				t.Errorf("docs/operating.md does not name %s (%s)", name, s.path)
			}
		}
	}
	if found < 10 {
		t.Fatalf("found only %d routes and metrics", found)
	}
}

// The page about the house names every room, kind of job and table in it.
func TestEveryRoomJobAndTableIsOnThePlan(t *testing.T) {
	plan := read(t, "docs/architecture.md")
	for _, s := range sources(t) {
		room := s.room
		if strings.Count(room, "/") > 1 {
			room = path.Dir(room) // what a room keeps for itself
		}
		if room != "storage/migrations" && room != "storage/storagetest" && !regexp.MustCompile(`(?m)^ *`+room+` `).MatchString(plan) {
			t.Errorf("docs/architecture.md does not show %s", room)
		}
	}
	for _, s := range sources(t) {
		for _, m := range regexp.MustCompile(`Job\) Kind\(\) string +\{ return "([a-z_]+)" \}`).FindAllStringSubmatch(read(t, s.path), -1) {
			if !strings.Contains(plan, "`"+m[1]+"`") {
				t.Errorf("docs/architecture.md does not name the job %s", m[1])
			}
		}
	}
	_, tables, _ := strings.Cut(plan, "The tables:")
	migrations, err := filepath.Glob("storage/migrations/*.sql")
	if err != nil || len(migrations) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	for _, file := range migrations {
		for _, m := range regexp.MustCompile(`(?m)^CREATE TABLE ([a-z_]+)`).FindAllStringSubmatch(read(t, file), -1) {
			if !regexp.MustCompile(`\b` + m[1] + `\b`).MatchString(tables) {
				t.Errorf("docs/architecture.md does not name the table %s", m[1])
			}
		}
	}
}

// The table of settings in docs/protocol.md stands between these lines.
const (
	tableBegins = "<!-- settings: written by go test . -run TestTheTableOfSettings -update -->\n"
	tableEnds   = "<!-- end of settings -->\n"
)

func TestTheTableOfSettingsIsTheProtocols(t *testing.T) {
	const name = "docs/protocol.md"
	page := read(t, name)
	before, rest, ok := strings.Cut(page, tableBegins)
	_, after, ended := strings.Cut(rest, tableEnds)
	if !ok || !ended {
		t.Fatalf("%s lacks the lines around the table of settings", name)
	}
	want := before + tableBegins + tableOfSettings() + tableEnds + after
	if want == page {
		return
	}
	if !*update {
		t.Fatalf("the table of settings in %s is not the protocol's; run: go test . -run TestTheTableOfSettings -update", name)
	}
	if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

func tableOfSettings() string {
	var b strings.Builder
	b.WriteString("| key | unit | range | default | meaning |\n| --- | --- | --- | --- | --- |\n")
	for _, n := range protocol.Describe() {
		span := ""
		if n.Min != "" || n.Max != "" {
			span = n.Min + " to " + n.Max
		}
		cells := []string{"`" + n.Key + "`", n.Unit, span, n.Default, n.Meaning}
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "|", "\\|")
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	return b.String()
}

// page is a Markdown file.
type page struct {
	name string
	text string
}

func pages(t *testing.T) []page {
	t.Helper()
	var all []page
	walk(t, func(name string) {
		if strings.HasSuffix(name, ".md") {
			all = append(all, page{name, read(t, name)})
		}
	})
	if len(all) < 5 {
		t.Fatalf("found only %d pages", len(all))
	}
	return all
}

var (
	fence  = regexp.MustCompile("(?ms)^```[a-z]*\n(.*?)^```")
	indent = regexp.MustCompile(`(?m)^(?: {4,}|\t)\S.*$`)
	span   = regexp.MustCompile("`([^`\n]+)`")
	link   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	head   = regexp.MustCompile(`(?m)^#+ (.+)$`)
)

// code is everything a page shows as code: a block each, a span each. A line
// that ends in a backslash goes on in the next.
func (p page) code() []string {
	text := strings.ReplaceAll(p.text, "\\\n", " ")
	var all []string
	for _, m := range fence.FindAllStringSubmatch(text, -1) {
		all = append(all, strings.Split(m[1], "\n")...)
	}
	text = fence.ReplaceAllString(text, "")
	all = append(all, indent.FindAllString(text, -1)...)
	for _, m := range span.FindAllStringSubmatch(indent.ReplaceAllString(text, ""), -1) {
		all = append(all, m[1])
	}
	return all
}

// anchors are the fragments by which a page's headings are reached.
func anchors(text string) []string {
	var all []string
	for _, m := range head.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		slug := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 127:
				return r
			}
			return -1
		}, strings.ToLower(m[1]))
		all = append(all, slug)
	}
	return all
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for _, p := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(span.ReplaceAllString(fence.ReplaceAllString(p.text, ""), ""), -1) {
			target, fragment, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			text := p.text
			if target != "" {
				file := path.Join(path.Dir(p.name), target)
				info, err := os.Stat(file)
				if err != nil {
					t.Errorf("%s: the link to %s leads nowhere", p.name, m[1])
					continue
				}
				if fragment != "" && !info.IsDir() {
					text = read(t, file)
				}
			}
			if fragment != "" && !slices.Contains(anchors(text), fragment) {
				t.Errorf("%s: %s has no heading #%s", p.name, path.Join(path.Dir(p.name), target), fragment)
			}
		}
	}
}

// inTheTree finds what looks like a path of this repository.
var inTheTree = regexp.MustCompile(`^(?:bot|cmd|flows|storage|docs|scripts)/[\w./*{},-]*[\w*]$`)

func TestEveryFileNamedIsThere(t *testing.T) {
	for _, p := range pages(t) {
		for _, code := range p.code() {
			for _, word := range strings.Fields(code) {
				word = strings.TrimPrefix(strings.TrimRight(word, ".,:;"), "./")
				if !inTheTree.MatchString(word) {
					continue
				}
				if found, err := filepath.Glob(strings.TrimSuffix(word, "/...")); err != nil || len(found) == 0 {
					t.Errorf("%s: there is no %s", p.name, word)
				}
			}
		}
	}
}

func TestEveryMakeTargetShownIsThere(t *testing.T) {
	makefile := read(t, "Makefile")
	shown := regexp.MustCompile(`(?:^|[\s(])make ([a-z][a-z-]*)`)
	found := 0
	for _, p := range pages(t) {
		for _, code := range p.code() {
			for _, m := range shown.FindAllStringSubmatch(code, -1) {
				found++
				if !strings.Contains(makefile, "\n"+m[1]+":") {
					t.Errorf("%s: the Makefile has no target %s", p.name, m[1])
				}
			}
		}
	}
	if found == 0 {
		t.Error("no page shows a make target")
	}
}

// shownCommand finds the program with its arguments, up to what ends a command.
var shownCommand = regexp.MustCompile("(?:^|[\\s('\"$]|bin/|/app/)backstop((?: [^ &|;)'`<>\"]+| \"[^\"]*\")+)")

func TestEveryCommandIsNamedAndEveryOneShownIsThere(t *testing.T) {
	program := filepath.Join(t.TempDir(), "backstop")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/backstop").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	helps := map[string]string{}
	help := func(command string) (string, error) {
		if text, known := helps[command]; known {
			return text, nil
		}
		out, err := exec.Command(program, append(strings.Fields(command), "--help")...).CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if err == nil {
			helps[command] = string(out)
		}
		return string(out), err
	}
	commands := listed(t, help)
	guide := read(t, "docs/operating.md")
	for _, command := range commands {
		group := slices.ContainsFunc(commands, func(c string) bool { return strings.HasPrefix(c, command+" ") })
		if !group && !regexp.MustCompile("`backstop "+command+`\b`).MatchString(guide) {
			t.Errorf("docs/operating.md does not name backstop %s", command)
		}
	}
	shown := 0
	for _, p := range pages(t) {
		for _, code := range p.code() {
			for _, m := range shownCommand.FindAllStringSubmatch(code, -1) {
				shown++
				command, flags := commandOf(commands, strings.Fields(m[1]))
				if command == "" && !slices.Equal(flags, []string{"--help"}) {
					t.Errorf("%s: there is no command: backstop%s", p.name, m[1])
					continue
				}
				text, err := help(command)
				if err != nil {
					t.Errorf("%s: backstop %s --help: %v", p.name, command, err)
				}
				for _, flag := range flags {
					if !regexp.MustCompile(regexp.QuoteMeta(flag) + `\b`).MatchString(text) {
						t.Errorf("%s: backstop %s has no flag %s", p.name, command, flag)
					}
				}
			}
		}
	}
	if shown < 20 {
		t.Errorf("found only %d commands in the pages", shown)
	}
}

// listed are the commands that the program's own help lists, and their groups.
func listed(t *testing.T, help func(string) (string, error)) []string {
	t.Helper()
	text, err := help("")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)(?: .*)?$`).FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
		if group, _, ok := strings.Cut(m[1], " "); ok {
			all = append(all, group)
		}
	}
	return all
}

// commandOf splits what is shown into the command and the names of its flags.
// A group stands for itself only where nothing else follows it.
func commandOf(commands, words []string) (command string, flags []string) {
	for _, n := range []int{2, 1} {
		if len(words) >= n && slices.Contains(commands, strings.Join(words[:n], " ")) {
			command, words = strings.Join(words[:n], " "), words[n:]
			break
		}
	}
	group := slices.ContainsFunc(commands, func(c string) bool { return strings.HasPrefix(c, command+" ") })
	if group && len(words) > 0 && !strings.HasPrefix(words[0], "-") {
		return "", nil
	}
	for _, word := range words {
		if strings.HasPrefix(word, "--") {
			name, _, _ := strings.Cut(word, "=")
			flags = append(flags, name)
		}
	}
	return command, flags
}
