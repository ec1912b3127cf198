package main

import (
	"bufio"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"backstop/storage"
)

// ownPostgres is a PostgreSQL of one test's own, to be stopped hard and started again.
type ownPostgres struct {
	t       *testing.T
	address string // over a socket
	tcp     string // over loopback, with a password
	port    string
	folder  string
	bin     string
}

func startOwnPostgres(t *testing.T) *ownPostgres {
	t.Helper()
	if os.Getenv("BACKSTOP_TEST_POSTGRES") == "" {
		t.Fatal("no PostgreSQL to test on: run make test, or scripts/with-postgres go test ./...")
	}
	script, err := filepath.Abs("../../scripts/with-postgres")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(script, "--durable", "sh", "-c", `echo "$BACKSTOP_TEST_POSTGRES"; echo "$BACKSTOP_TEST_POSTGRES_TCP"; cat`)
	hold, errIn := cmd.StdinPipe()
	said, errOut := cmd.StdoutPipe()
	if errIn != nil || errOut != nil {
		t.Fatal(errIn, errOut)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = hold.Close() // its command ends, and with it the cluster
		_, _ = io.Copy(io.Discard, said)
		_ = cmd.Wait() // complains when the server lies stopped
	})
	lines := bufio.NewReader(said)
	address, errSocket := lines.ReadString('\n')
	tcp, errTCP := lines.ReadString('\n')
	if errSocket != nil || errTCP != nil {
		t.Fatalf("with-postgres printed too little: %v, %v", errSocket, errTCP)
	}
	p := &ownPostgres{t: t, address: strings.TrimSpace(address), tcp: strings.TrimSpace(tcp)}
	u, err := url.Parse(p.address)
	if err != nil {
		t.Fatal(err)
	}
	p.folder = filepath.Join(u.Query().Get("host"), "data")
	program, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", p.pid()))
	if err != nil {
		t.Fatal(err)
	}
	p.bin = filepath.Dir(program)
	p.port = u.Query().Get("port")
	return p
}

// pid is the server's; the first line of its file.
func (p *ownPostgres) pid() int {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.folder, "postmaster.pid"))
	if err != nil {
		p.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(strings.SplitN(string(text), "\n", 2)[0]))
	if err != nil {
		p.t.Fatal(err)
	}
	return pid
}

// control runs pg_ctl.
func (p *ownPostgres) control(args ...string) {
	p.t.Helper()
	p.run("pg_ctl", append(args, "-D", p.folder, "-o", "-p "+p.port, "-w", "-t", "30")...)
}

// run runs one of the server's programs as the user that owns the cluster. What it
// printed goes to nobody: a server that it starts would hold a pipe open.
func (p *ownPostgres) run(name string, args ...string) {
	p.t.Helper()
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.Dir = "/"
	if info, err := os.Stat(p.folder); err == nil {
		if owner, ok := info.Sys().(*syscall.Stat_t); ok && int(owner.Uid) != os.Getuid() {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}}
		}
	}
	if err := cmd.Run(); err != nil {
		p.t.Errorf("%s %s: %v", name, args, err)
	}
}

// does runs statements, also on a server that takes no writes.
func (p *ownPostgres) does(statements ...string) {
	p.t.Helper()
	db, err := sql.Open("postgres", p.address+"&default_transaction_read_only=off")
	if err != nil {
		p.t.Error(err)
		return
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			p.t.Error(err)
		}
	}
}

// readOnly makes every new transaction read-only, as on a server that has given
// up being the primary, or ends that.
func (p *ownPostgres) readOnly(on bool) {
	p.t.Helper()
	p.does(fmt.Sprintf(`ALTER SYSTEM SET default_transaction_read_only = %v`, on), `SELECT pg_reload_conf()`)
}

// TestADatabaseThatFailsOverLosesNothing stops PostgreSQL hard and starts it
// again, and lets it refuse every write for a while, as texts come in at two
// machines: no machine dies of it, and all goes on by itself.
func TestADatabaseThatFailsOverLosesNothing(t *testing.T) {
	postgres := startOwnPostgres(t)
	served := startServed(t, storage.Postgres)
	served.settings["DATABASE_URL"] = postgres.address
	s := startStormOn(t, served, 2, func(map[string]string) {})
	stops, refusals := 0, 0
	s.rage(func(stop <-chan struct{}) {
		for calm := false; !calm || stops == 0 || refusals == 0; { // each at least once, however slow the machine
			select {
			case <-stop:
				if calm = true; stops > 0 && refusals > 0 {
					return
				}
			case <-time.After(time.Duration(500+rand.IntN(1000)) * time.Millisecond):
			}
			if stops > refusals {
				postgres.readOnly(true)
				time.Sleep(time.Duration(300+rand.IntN(1500)) * time.Millisecond)
				postgres.readOnly(false)
				refusals++
				continue
			}
			postgres.control("stop", "-m", "immediate")
			time.Sleep(time.Duration(rand.IntN(1000)) * time.Millisecond)
			postgres.control("start", "-l", os.DevNull)
			stops++
		}
	})
	s.survived()
	for i, m := range s.machines {
		if len(m.given) > 0 {
			t.Errorf("machine %d died of it: %s", i, tail(m.given[0]))
		}
	}
	t.Logf("%d hard stops, %d times without writes", stops, refusals)
}
