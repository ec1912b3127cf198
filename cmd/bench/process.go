package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/seal"
)

// process measures the program itself: from its start until it is ready, and
// what it takes while nothing happens.
func process(ctx context.Context, o options, engine storage.Engine, t *table) (err error) {
	info, err := os.Stat(o.binary)
	if err != nil {
		return fmt.Errorf("build it first: %w", err)
	}
	t.set("size of the binary", "", engine, "%.1f MiB", float64(info.Size())/(1<<20))
	address, drop, err := emptyDatabase(ctx, o, engine)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	keyset, err := seal.Generate()
	if err != nil {
		return err
	}
	listen, err := freeAddress(ctx)
	if err != nil {
		return err
	}
	tw, sl := newTwilio(), newSlack()
	defer tw.Close()
	defer sl.Close()
	clinic := filepath.Join(o.dir, "clinic.yaml")
	if err := os.WriteFile(clinic, protocol.Example, 0o600); err != nil {
		return err
	}
	environment := append(os.Environ(), "DATABASE_URL="+address, "BACKSTOP_KEYSET="+keyset, "CLINIC_FILE="+clinic, "LISTEN="+listen,
		"PUBLIC_URL=http://"+listen, "TWILIO_ACCOUNT_SID="+accountSID, "TWILIO_AUTH_TOKEN="+authToken, "TWILIO_BASE_URL="+tw.URL,
		"SLACK_BOT_TOKEN=xoxb-bench", "SLACK_SIGNING_SECRET="+secret, "SLACK_API_URL="+sl.URL+"/api/", "LOG_LEVEL=error")
	command := func(name string) *exec.Cmd {
		c := exec.CommandContext(ctx, o.binary, strings.Fields(name)...)
		c.Env, c.Stderr = environment, os.Stderr
		return c
	}
	if err := command("migrate up").Run(); err != nil {
		return fmt.Errorf("migrate up: %w", err)
	}
	serve := command("serve")
	began := time.Now()
	if err := serve.Start(); err != nil {
		return err
	}
	defer func() {
		_ = serve.Process.Signal(syscall.SIGTERM)
		_ = serve.Wait()
	}()
	for !ready(ctx, "http://"+listen+"/readyz") {
		if time.Since(began) > 20*time.Second {
			return errors.New("serve is not ready after 20 s")
		}
		time.Sleep(time.Millisecond)
	}
	t.set("from start to ready", "< 150 ms", engine, "%d ms", time.Since(began).Milliseconds())
	time.Sleep(15 * time.Second) // the start is over, and nothing has been due for a while
	before, _, err := used(serve.Process.Pid)
	if err != nil {
		return err
	}
	const idle = 20 * time.Second
	time.Sleep(idle)
	after, memory, err := used(serve.Process.Pid)
	if err != nil {
		return err
	}
	t.set("idle: part of one core", "< 1 %", engine, "%.1f %%", 100*(after-before).Seconds()/idle.Seconds())
	t.set("idle: memory", "< 64 MiB", engine, "%.0f MiB", memory)
	return nil
}

func ready(ctx context.Context, address string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// used is the processor time a process has used, and its memory in MiB, as Linux tells.
func used(pid int) (cpu time.Duration, memory float64, err error) {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, 0, err
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	const user, system, resident, tick, page = 11, 12, 21, 10 * time.Millisecond, 4096
	number := func(i int) float64 {
		n, _ := strconv.ParseFloat(fields[i], 64)
		return n
	}
	return time.Duration(number(user)+number(system)) * tick, number(resident) * page / (1 << 20), nil
}

// spending is the processor time that has been used: by this process, which holds
// the bot, the load and the stand-ins, and by the database's for our connections.
type spending struct{ ours, database time.Duration }

func (r *room) spent(ctx context.Context) (s spending, err error) {
	if s.ours, _, err = used(os.Getpid()); err != nil || r.store.Engine() == storage.SQLite {
		return s, err
	}
	rows, err := r.store.DB().QueryContext(ctx, `SELECT pid FROM pg_stat_activity WHERE datname = current_database()`)
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return s, err
		}
		spent, _, err := used(pid)
		if err != nil {
			return s, err
		}
		s.database += spent
	}
	return s, rows.Err()
}
