// Command bench measures what docs/benchmarks.md shows: the whole bot in this
// process, on a database that survives a loss of power, with a Twilio and a
// Slack that answer at once, and the load in the same process. It prints a
// table. Run it with make bench.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"

	"backstop/storage"
)

// options say how long and how large.
type options struct {
	dir      string
	postgres string // address; empty leaves PostgreSQL out
	binary   string // backstop, built
	pgbench  string // the program; empty leaves the comparison out
	seconds  time.Duration
	patients int // of the largest database whose cost is measured
	due      int // follow-ups due at once
	only     *regexp.Regexp
	profile  string // file for a processor profile of this process; empty for none
}

// row is one line of the table: what was measured on each engine, and what we want.
type row struct {
	what   string
	goal   string
	values map[storage.Engine]string
}

type table struct{ rows []*row }

func (t *table) set(what, goal string, engine storage.Engine, value string, args ...any) {
	for _, r := range t.rows {
		if r.what == what {
			r.values[engine] = fmt.Sprintf(value, args...)
			return
		}
	}
	t.rows = append(t.rows, &row{what, goal, map[storage.Engine]string{engine: fmt.Sprintf(value, args...)}})
	fmt.Fprintf(os.Stderr, "%s\n", what)
}

func (t *table) print() {
	fmt.Println("| measured | PostgreSQL | SQLite | goal |")
	fmt.Println("| --- | --- | --- | --- |")
	for _, r := range t.rows {
		value := func(engine storage.Engine) string {
			if v := r.values[engine]; v != "" {
				return v
			}
			return "-"
		}
		fmt.Printf("| %s | %s | %s | %s |\n", r.what, value(storage.Postgres), value(storage.SQLite), r.goal)
	}
}

// measurements are what the table is made of, by the names that -only picks.
var measurements = []struct {
	name string
	do   func(context.Context, options, storage.Engine, *table) error
}{
	{"webhooks", webhooks},
	{"round-trips", roundTrips},
	{"at-a-rate", atARate},
	{"duplicates", duplicates},
	{"to-slack", toSlack},
	{"due-at-once", dueAtOnce},
	{"growth", growth},
	{"process", process},
}

func main() {
	var o options
	engines := flag.String("engines", "postgres,sqlite", "which databases")
	flag.StringVar(&o.binary, "binary", "bin/backstop", "the program whose start and idling are measured")
	flag.StringVar(&o.pgbench, "pgbench", "", "the program pgbench, to compare with")
	flag.DurationVar(&o.seconds, "for", 8*time.Second, "how long each load lasts")
	flag.IntVar(&o.patients, "patients", 100_000, "patients in the largest database")
	flag.IntVar(&o.due, "due", 5_000, "follow-ups due at once")
	only := flag.String("only", "", "measure only what matches: webhooks, round-trips, at-a-rate, duplicates, to-slack, due-at-once, growth, process")
	flag.StringVar(&o.profile, "profile", "", "file for a processor profile")
	flag.Parse()
	o.postgres = os.Getenv("BACKSTOP_TEST_POSTGRES")
	var err error
	if o.only, err = regexp.Compile(*only); err == nil {
		err = run(context.Background(), o, strings.Split(*engines, ","))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, engines []string) (err error) {
	if o.dir, err = os.MkdirTemp("", "backstop-bench-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(o.dir) }()
	if o.profile != "" {
		file, err := os.Create(o.profile)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	var t table
	for _, engine := range engines {
		e := storage.Engine(engine)
		if e == storage.Postgres && o.postgres == "" {
			fmt.Fprintln(os.Stderr, "bench: no PostgreSQL: run it through scripts/with-postgres --durable")
			continue
		}
		for _, m := range measurements {
			if !o.only.MatchString(m.name) {
				continue
			}
			if err := m.do(ctx, o, e, &t); err != nil {
				return fmt.Errorf("%s on %s: %w", m.name, e, err)
			}
		}
	}
	fmt.Printf("%s/%s, %d cores, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	t.print()
	return nil
}
