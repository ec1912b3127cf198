package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"backstop/flows/protocol"
)

// walk is a new user with the README open: a folder, and the settings so far.
type walk struct {
	t      *testing.T
	dir    string
	server *served
	ran    map[string]int // commands of each kind that were run
}

func newWalk(t *testing.T) *walk {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, folder := range []string{"bin", "flows/protocol"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(path, filepath.Join(dir, "bin/backstop")); err != nil {
		t.Fatal(err)
	}
	example := filepath.Join(dir, "flows/protocol/example.yaml")
	if err := os.WriteFile(example, protocol.Example, 0o600); err != nil {
		t.Fatal(err)
	}
	address := freeAddress(t)
	s := &served{t: t, address: address, settings: map[string]string{
		"LISTEN": address, "DATABASE_URL": "sqlite:" + filepath.Join(dir, "backstop.db"), "CLINIC_FILE": filepath.Join(dir, "clinic.yaml"),
	}}
	return &walk{t: t, dir: dir, server: s, ran: map[string]int{}}
}

// sh runs a line as the user's shell would, and returns what it printed.
func (w *walk) sh(line string) string {
	w.t.Helper()
	cmd := exec.Command("sh", "-c", "set -e\n"+line)
	cmd.Dir = w.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + w.dir}
	for name, value := range w.server.settings {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		w.t.Fatalf("README: %s\n%v\n%s%s", line, err, out, &errs)
	}
	return string(out)
}

var (
	assigns = regexp.MustCompile(`^(?:export )?([A-Z_]+)=\$\(.*\)$`)
	posts   = regexp.MustCompile(`(?s)^curl .* -d (.*) \$PUBLIC_URL(/\S+)$`)
)

// enter does what a user does with one command of the README. Those that need an
// account at Fly.io, and make's, are not run here.
func (w *walk) enter(command string) {
	w.t.Helper()
	command = w.inTheDay(command)
	kind, _, _ := strings.Cut(command, " ")
	switch m, p := assigns.FindStringSubmatch(command), posts.FindStringSubmatch(command); {
	case kind == "fly" || kind == "make" || strings.Contains(command, "fly-user:"):
		return
	case strings.Contains(command, ". ./backstop.env"):
		clinic := w.sh(command + `; printf %s "$CLINIC_YAML" | base64 -d`)
		if clinic != string(protocol.Example) {
			w.t.Errorf("README: CLINIC_YAML is not the clinic file:\n%s", clinic)
		}
	case m != nil:
		w.server.settings[m[1]] = w.sh(command + "\nprintf %s \"$" + m[1] + `"`)
	case p != nil:
		w.server.token = w.server.settings["TOKEN"]
		w.server.api(p[2], w.sh("printf %s "+p[1]))
		kind = "curl"
	case strings.Contains(command, "backstop sandbox"):
		w.server.sandbox = startSandbox(w.t, "http://"+w.server.address, w.server.settings["CLINIC_FILE"])
		for name, value := range w.server.sandbox.settings {
			w.server.settings[name] = value
		}
	case strings.HasSuffix(command, "backstop serve"):
		w.server.start()
	default:
		w.sh(command)
	}
	w.ran[kind]++
}

// inTheDay has patients live where it is noon: nothing but an answer leaves in
// their quiet hours, and the README is read at night too.
func (w *walk) inTheDay(command string) string {
	zone := zoneAt(w.t, 12)
	if strings.HasPrefix(command, "bin/backstop patient add") {
		return command + " --time-zone " + zone
	}
	return strings.Replace(command, `"baseline":`, `"time_zone":"`+zone+`","baseline":`, 1)
}

// TestTheReadmeIsWalked runs the commands of the README from the top to the
// bottom, against the stand-ins: a new user's way must work as it stands there.
func TestTheReadmeIsWalked(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	w := newWalk(t)
	for _, command := range shownCommands(string(readme)) {
		w.enter(command)
	}
	if w.ran["bin/backstop"] < 10 || w.ran["curl"] != 2 || w.ran["cat"] != 1 {
		t.Errorf("the README shows too little, or is not read: %v", w.ran)
	}
	for _, phone := range []string{"+13125550171", "+13125550172"} {
		wait(t, 20*time.Second, "the first text to "+phone, func() bool {
			texts := w.server.sandbox.texts(phone)
			return len(texts) > 0 && strings.Contains(texts[0], "STOP to end")
		})
	}
}

// shownCommands are the commands of a page's indented blocks. One goes on over
// a backslash, an open quote, or up to the END of what it is given to read.
func shownCommands(page string) []string {
	var all []string
	open := ""
	for _, line := range strings.Split(page, "\n") {
		if !strings.HasPrefix(line, "    ") {
			continue
		}
		line, _, _ = strings.Cut(strings.TrimSpace(line), "   #")
		line = strings.TrimSpace(line)
		if open != "" {
			line = open + "\n" + line
		}
		switch {
		case strings.HasSuffix(line, `\`):
			open = strings.TrimSuffix(line, `\`)
			continue
		case strings.Count(line, "'")%2 == 1, strings.Contains(line, "<<END") && !strings.HasSuffix(line, "\nEND"):
			open = line
			continue
		}
		open = ""
		all = append(all, strings.ReplaceAll(line, " \n", " "))
	}
	return all
}
