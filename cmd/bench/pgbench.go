package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

//go:embed inbound.sql
var inboundSQL []byte

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

// pgbench runs the statements of one inbound text on the room's own database,
// with rows of the same size.
func (r *room) pgbench(ctx context.Context, o options) (float64, error) {
	script := filepath.Join(o.dir, "inbound.sql")
	if err := os.WriteFile(script, inboundSQL, 0o600); err != nil {
		return 0, err
	}
	if _, err := r.store.DB().ExecContext(ctx, `
		CREATE TABLE bench_people AS
		SELECT row_number() OVER (ORDER BY id)::int AS n, id, phone_hash, phone, created_at FROM patients;
		ALTER TABLE bench_people ADD PRIMARY KEY (n);
		ANALYZE`); err != nil {
		return 0, err
	}
	var database, host, port string
	if err := r.store.DB().QueryRowContext(ctx, `SELECT current_database(), split_part(current_setting('unix_socket_directories'), ',', 1), current_setting('port')`).
		Scan(&database, &host, &port); err != nil {
		return 0, err
	}
	out, err := exec.CommandContext(ctx, o.pgbench, "-h", host, "-p", port, "-U", "postgres", "-n", "-M", "prepared",
		"-c", strconv.Itoa(connections), "-j", "2", "-T", strconv.Itoa(int(o.seconds.Seconds())), "-f", script, database).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	m := tps.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("pgbench printed no tps: %s", out)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}
