package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"

	"backstop/storage"
)

// pair is a primary, a replica without which the primary acknowledges nothing, and
// the address that leads to whichever of them takes the writes.
type pair struct {
	t       *testing.T
	primary *ownPostgres
	replica *ownPostgres
	address *toxiproxy.Proxy
	made    int
}

// replicate makes a streaming replica of the primary. When it returns, everything
// that was acknowledged stands in the replica too, and it will stay so.
func (p *pair) replicate() {
	p.t.Helper()
	from := p.primary
	p.made++
	r := &ownPostgres{t: p.t, bin: from.bin, folder: filepath.Join(filepath.Dir(from.folder), "replica"+strconv.Itoa(p.made))}
	_, r.port, _ = strings.Cut(freeAddress(p.t), ":")
	r.address, r.tcp = atPort(p.t, from.address, r.port), atPort(p.t, from.tcp, r.port)
	from.run("pg_basebackup", "--pgdata", r.folder, "--dbname", from.address, "--write-recovery-conf", "--checkpoint", "fast", "--no-sync")
	r.control("start", "-l", os.DevNull)
	p.replica = r
	// Only now: a copy that says so too would wait, once promoted, for a replica it has not got.
	from.does(`ALTER SYSTEM SET synchronous_standby_names = '*'`, `SELECT pg_reload_conf()`)

	db, err := sql.Open("postgres", from.address)
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	holds := func(what string, args ...any) func() bool {
		return func() bool {
			var there bool
			err := db.QueryRow(`SELECT count(*) > 0 FROM pg_stat_replication WHERE `+what, args...).Scan(&there)
			return err == nil && there
		}
	}
	wait(p.t, time.Minute, "the primary waits for its replica", holds(`sync_state = 'sync'`))
	from.does(`CHECKPOINT`) // answered by the process that tells all others to wait
	var written string
	if err := db.QueryRow(`SELECT pg_current_wal_insert_lsn()`).Scan(&written); err != nil {
		p.t.Error(err)
	}
	wait(p.t, time.Minute, "the replica has what was written before", holds(`flush_lsn >= $1`, written))
}

// failOver kills the primary (kill -9, with every process of it), promotes the
// replica and moves the address. Some move it too early: to a server that does
// not take writes yet.
func (p *pair) failOver() {
	p.t.Helper()
	dead := p.primary
	dead.kill()
	time.Sleep(time.Duration(rand.IntN(700)) * time.Millisecond) // until it is noticed
	move := func() {
		u, err := url.Parse(p.replica.tcp)
		if err != nil {
			p.t.Fatal(err)
		}
		if err := p.address.Update(&toxiproxy.Proxy{Listen: p.address.Listen, Upstream: u.Host, Enabled: true}); err != nil {
			p.t.Error(err)
		}
	}
	early := rand.IntN(2) == 0
	if early {
		move()
		time.Sleep(time.Duration(rand.IntN(700)) * time.Millisecond)
	}
	p.replica.control("promote")
	if !early {
		move()
	}
	p.primary, p.replica = p.replica, nil
	dead.bury()
}

// kill is kill -9 of the server and of all its processes at once, as when its
// machine loses its power.
func (p *ownPostgres) kill() {
	p.t.Helper()
	server := p.pid()
	gone := append([]int{server}, children(p.t, server)...)
	for _, pid := range gone {
		_ = syscall.Kill(pid, syscall.SIGKILL) // some end by themselves
	}
	wait(p.t, time.Minute, "the server's processes are gone", func() bool {
		for _, pid := range gone {
			if running(pid) {
				return false
			}
		}
		return true
	})
}

// bury removes what a killed server left behind, also in shared memory, which only
// its own start cleans up.
func (p *ownPostgres) bury() {
	p.t.Helper()
	locks, err := filepath.Glob(filepath.Join(filepath.Dir(p.folder), ".s.PGSQL."+p.port+".lock"))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, lock := range append(locks, filepath.Join(p.folder, "postmaster.pid")) { // a start would refuse for whom they name
		if err := os.Remove(lock); err != nil {
			p.t.Error(err)
		}
	}
	p.control("start", "-l", os.DevNull)
	p.control("stop", "-m", "immediate")
	if err := os.RemoveAll(p.folder); err != nil {
		p.t.Error(err)
	}
}

// children are the processes whose parent a process is.
func children(t *testing.T, parent int) []int {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	var found []int
	for _, file := range files {
		if fields := stat(file); len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			found = append(found, pid)
		}
	}
	return found
}

// running reports whether a process is there, and more than its parent's memory of it.
func running(pid int) bool {
	fields := stat(fmt.Sprintf("/proc/%d/stat", pid))
	return len(fields) > 0 && fields[0] != "Z"
}

// stat is what stands in a process's file behind its name: its state, its parent
// and the rest; nothing when it has gone.
func stat(file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
}

// atPort is the address of a server beside another one.
func atPort(t *testing.T, address, port string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if q := u.Query(); q.Get("port") != "" {
		q.Set("port", port)
		u.RawQuery = q.Encode()
	} else {
		u.Host = u.Hostname() + ":" + port
	}
	return u.String()
}

// enrolling is patients being enrolled while something goes wrong: what the bot
// has to say without having been asked.
func (s *storm) enrolling(stop <-chan struct{}) (enrolled int) {
	client := http.Client{Timeout: 15 * time.Second}
	for ; ; enrolled++ {
		body := fmt.Sprintf(`{"external_id":"new-%d","name":"Sam Ortiz","phone":%q,"baseline":1,"stage":"S5","time_zone":%q,
			"consent":{"method":"written","at":%q}}`, enrolled, enrolledPhone(enrolled), eveningZone(s.t), time.Now().Add(-time.Minute).UTC().Format(time.RFC3339))
		for made := false; !made; {
			select {
			case <-stop:
				return enrolled
			case <-time.After(time.Duration(100+rand.IntN(200)) * time.Millisecond):
			}
			m := s.machines[rand.IntN(len(s.machines))]
			request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, "http://"+m.address+"/api/v1/patients", strings.NewReader(body))
			if err != nil {
				s.t.Error(err)
				return enrolled
			}
			request.Header.Set("Authorization", "Bearer "+s.token)
			request.Header.Set("Content-Type", "application/json")
			if response, err := client.Do(request); err == nil {
				response.Body.Close()
				made = response.StatusCode == http.StatusCreated || response.StatusCode == http.StatusOK
			}
		}
	}
}

func enrolledPhone(i int) string { return fmt.Sprintf("+1312557%04d", 1000+i) }

// TestKilledPrimaryIsFollowedByItsReplica kills the primary (kill -9) while texts
// come in at two machines and others leave, promotes its streaming replica and
// moves the address: the machines go on by themselves, and nothing that was
// acknowledged is lost or done again.
func TestKilledPrimaryIsFollowedByItsReplica(t *testing.T) {
	primary := startOwnPostgres(t)
	w := &wires{t: t}
	served := startServed(t, storage.Postgres)
	served.settings["DATABASE_URL"] = w.through("postgres", primary.tcp)
	p := &pair{t: t, primary: primary, address: w.proxies[0]}
	t.Cleanup(func() {
		for _, server := range []*ownPostgres{p.replica, p.primary} {
			if server != nil && server != primary { // that one is with-postgres's
				server.control("stop", "-m", "immediate")
			}
		}
	})
	p.replicate()
	s := startStormOn(t, served, 2, func(map[string]string) {})
	failovers, enrolled := 0, 0
	s.rage(func(stop <-chan struct{}) {
		entered := make(chan int)
		go func() { entered <- s.enrolling(stop) }()
		for calm := false; !calm || failovers == 0; { // at least once, however slow the machine
			select {
			case <-stop:
				if calm = true; failovers > 0 {
					continue
				}
			case <-time.After(time.Duration(500+rand.IntN(1500)) * time.Millisecond):
			}
			p.failOver()
			failovers++
			p.replicate()
		}
		enrolled = <-entered
	})
	s.survived()
	for i := range enrolled {
		if texts := s.sandbox.texts(enrolledPhone(i)); len(texts) != 1 {
			t.Errorf("who was enrolled as number %d got %d texts, want the welcome alone", i, len(texts))
		}
	}
	for i, m := range s.machines {
		if len(m.given) > 0 {
			t.Errorf("machine %d died of it: %s", i, tail(m.given[0]))
		}
	}
	t.Logf("%d failovers, %d enrolled meanwhile", failovers, enrolled)
}
