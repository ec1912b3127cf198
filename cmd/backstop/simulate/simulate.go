// Package simulate lets synthetic patients live through months with the real
// bot, its storage and its workers, in virtual time, against the stand-in Twilio
// and Slack with faults, and checks after every step what must always hold.
package simulate

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"backstop/bot"
	"backstop/flows"
	"backstop/storage"
	"backstop/storage/seal"
)

// Options say who lives through what. The same options make the same run.
type Options struct {
	Patients, Weeks int
	Seed            uint64
	Faults          Faults
	Clinic          *flows.Clinic // its rules are held to, too

	// Open opens an empty database, migrated; nil for one in memory. Only is set
	// when it can do so only once: then all patients share it.
	Open func(context.Context) (*storage.Store, error)
	Only bool

	Processes *Processes // that live through it; nil for this one

	Progress func(done, all int) // patients so far; may be nil

	// What a run that must be caught breaks.
	mutate mutation
	stops  float64 // how many times likelier somebody opts out; 0 for 1

	only *int // the one patient who lives; the others only take their places
}

// Result is what a clinic would have seen.
type Result struct {
	Stats
	Violation *Violation // nil when everything held
}

// perShard is how many patients one clinic of the simulation has. Clinics share
// nothing, so several are lived through at a time.
const perShard = 50

// shards is how many clinics there are, and of how many patients.
func (o Options) shards() (count, size int) {
	size = perShard
	if o.Only {
		size = o.Patients
	}
	return (o.Patients + size - 1) / size, size
}

// Width is how many clinics are lived through at a time.
func (o Options) Width() int {
	count, _ := o.shards()
	return min(count, runtime.GOMAXPROCS(0))
}

// Run lives through it. Its error says that the simulation itself failed.
func Run(ctx context.Context, o Options) (Result, error) {
	shards, size := o.shards()
	wanted := ctx
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var mu sync.Mutex
	var next, done atomic.Int64
	var result Result
	var errs []error
	var group sync.WaitGroup
	liveThrough := func(ctx context.Context, first, count int) (Stats, *Violation, error) {
		return live(ctx, o, first, count)
	}
	if o.Processes != nil {
		liveThrough = o.Processes.live
	}
	for range o.Width() {
		group.Go(func() {
			for {
				shard := int(next.Add(1)) - 1
				if shard >= shards || ctx.Err() != nil {
					return
				}
				first := shard * size
				count := min(size, o.Patients-first)
				stats, violation, err := liveThrough(ctx, first, count)
				mu.Lock()
				result.add(stats)
				switch {
				case err != nil && ctx.Err() == nil: // not because of what another shard found
					errs = append(errs, fmt.Errorf("patients %d to %d: %w", first, first+count-1, err))
					cancel()
				case violation != nil && (result.Violation == nil || violation.Patient < result.Violation.Patient):
					result.Violation = violation
					cancel()
				}
				mu.Unlock()
				if o.Progress != nil {
					o.Progress(int(done.Add(int64(count))), o.Patients)
				}
			}
		})
	}
	group.Wait()
	if errs = append(errs, wanted.Err()); errors.Join(errs...) != nil {
		return result, errors.Join(errs...)
	}
	if result.Violation != nil && o.only == nil {
		shrink(context.WithoutCancel(ctx), o, result.Violation)
	}
	return result, nil
}

// shrink looks for a shorter way to the same violation: the patient alone, then
// without faults, then as short as it takes.
func shrink(ctx context.Context, o Options, v *Violation) {
	o.only, o.Progress = &v.Patient, nil
	if v.Patient < 0 || o.Only {
		return
	}
	v.Weeks, v.Faults = o.Weeks, o.Faults
	try := func(change func(*Options)) {
		smaller := o
		change(&smaller)
		first := v.Patient / perShard * perShard
		_, found, err := live(ctx, smaller, first, min(perShard, o.Patients-first))
		if err == nil && found != nil && found.Rule == v.Rule && len(found.Events) <= max(len(v.Events), 1) {
			found.Weeks, found.Faults, found.Patient = smaller.Weeks, smaller.Faults, v.Patient
			*v, o = *found, smaller
		}
	}
	try(func(*Options) {})
	for _, fewer := range [...]Faults{NoFaults, LightFaults} {
		if v.Faults == HeavyFaults || v.Faults == LightFaults && fewer == NoFaults {
			try(func(s *Options) { s.Faults = fewer })
		}
	}
	for weeks := 1; weeks < o.Weeks; weeks *= 2 {
		before := v.Weeks
		try(func(s *Options) { s.Weeks = weeks })
		if v.Weeks < before {
			break
		}
	}
}

// memory opens a database of one shard alone.
func memory(ctx context.Context) (*storage.Store, error) {
	keys, err := seal.New()
	if err != nil {
		return nil, err
	}
	store, err := storage.Open(ctx, "sqlite::memory:", keys)
	if err != nil {
		return nil, err
	}
	return store, store.Migrate(ctx)
}

// mutation breaks the bot on purpose, for the test of the simulation.
type mutation struct {
	mayLeave func(*flows.Clinic, flows.Patient, flows.Class, time.Time, time.Time) flows.Leave
	clinic   *flows.Clinic // what the bot runs by, in place of the true one
	inbox    func(*bot.Bot) inbox
}
