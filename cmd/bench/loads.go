package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"backstop/bot"
	"backstop/flows/protocol"
	"backstop/storage"
)

// connections is how many texts come in at the same time.
const connections = 8

// travel is a text that is answered at once and raises nothing.
const travel = "I have a long drive on friday"

var sids atomic.Int64

func newSID() string { return fmt.Sprintf("SM%032x", sids.Add(1)) }

// forAWhile runs connections loops for a while and returns how often a second
// one of them came round.
func forAWhile(most time.Duration, once func(worker, i int) error) (float64, error) {
	var done atomic.Int64
	end, began := time.Now().Add(most), time.Now()
	err := inParallel(connections, connections, func(worker int) error {
		for i := 0; time.Now().Before(end); i++ {
			if err := once(worker, i); err != nil {
				return err
			}
			done.Add(1)
		}
		return nil
	})
	return float64(done.Load()) / time.Since(began).Seconds(), err
}

// webhooks measures inbound texts that are stored, understood and answered in
// their transaction, while nothing sends the answers.
func webhooks(ctx context.Context, o options, engine storage.Engine, t *table) error {
	r, err := open(ctx, o, engine, 0)
	if err != nil {
		return err
	}
	phones, err := r.enrol(ctx, 1000)
	if err != nil {
		return err
	}
	rate, err := forAWhile(o.seconds, func(worker, i int) error {
		return r.text(ctx, newSID(), phones[(i*connections+worker)%len(phones)], travel)
	})
	if err != nil {
		return err
	}
	t.set("inbound texts stored and decided a second, 8 connections", "", engine, "%.0f", rate)
	if engine == storage.Postgres && o.pgbench != "" {
		bare, err := r.pgbench(ctx, o)
		if err != nil {
			return err
		}
		t.set("the same statements by pgbench, 8 clients, prepared", "", engine, "%.0f", bare)
		t.set("ours over pgbench's", ">= 60 %", engine, "%.0f %%", 100*rate/bare)
	}
	return r.close()
}

// roundTrips measures text in to text out, each phone waiting for its answer.
func roundTrips(ctx context.Context, o options, engine storage.Engine, t *table) error {
	r, err := open(ctx, o, engine, 0)
	if err != nil {
		return err
	}
	phones, err := r.enrol(ctx, 1000)
	if err != nil {
		return err
	}
	if err := r.start(ctx); err != nil {
		return err
	}
	if err := r.drained(ctx); err != nil {
		return err
	}
	before, err := r.spent(ctx)
	if err != nil {
		return err
	}
	rate, err := forAWhile(o.seconds, func(worker, i int) error {
		phone := phones[(i*connections+worker)%len(phones)]
		answer := r.twilio.expect(phone)
		if err := r.text(ctx, newSID(), phone, travel); err != nil {
			return err
		}
		return got(answer)
	})
	if err != nil {
		return err
	}
	after, err := r.spent(ctx)
	if err != nil {
		return err
	}
	t.set("text in to text out, round trips a second, 8 connections", ">= 1,000", engine, "%.0f", rate)
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / (rate * o.seconds.Seconds()) }
	t.set("processor time of a round trip: the bot with load and stand-ins", "", engine, "%.2f ms", each(after.ours-before.ours))
	if engine == storage.Postgres {
		t.set("processor time of a round trip: the database", "", engine, "%.2f ms", each(after.database-before.database))
	}
	took, err := r.answered(ctx, phones, int(rate/2), o.seconds)
	if err != nil {
		return err
	}
	t.set("text in to text out at half that rate, p50", "", engine, "%.1f ms", ms(took, 50))
	t.set("text in to text out at half that rate, p99", "", engine, "%.1f ms", ms(took, 99))
	return r.close()
}

// drained waits until nothing is due and nothing waits to be sent.
func (r *room) drained(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	return r.bot.Settle(ctx)
}

func got(answer chan string) error {
	select {
	case <-answer:
		return nil
	case <-time.After(20 * time.Second):
		return fmt.Errorf("no answer within 20 s")
	}
}

// spread sends texts at a rate, each on its own, and measures how long each
// takes until its fact.
func spread(rate int, most time.Duration, each func(i int) error) ([]time.Duration, error) {
	var mu sync.Mutex
	var took []time.Duration
	var failed error
	var group sync.WaitGroup
	began := time.Now()
	for i := 0; ; i++ {
		at := began.Add(time.Duration(i) * time.Second / time.Duration(rate))
		if at.Sub(began) >= most {
			break
		}
		time.Sleep(time.Until(at))
		group.Go(func() {
			err := each(i)
			mu.Lock()
			defer mu.Unlock()
			if took = append(took, time.Since(at)); err != nil {
				failed = err
			}
		})
	}
	group.Wait()
	slices.Sort(took)
	return took, failed
}

// answered sends texts at a rate and measures how long each waits for its answer.
func (r *room) answered(ctx context.Context, phones []string, rate int, most time.Duration) ([]time.Duration, error) {
	return spread(rate, most, func(i int) error {
		phone := phones[i%len(phones)]
		answer := r.twilio.expect(phone)
		if err := r.text(ctx, newSID(), phone, travel); err != nil {
			return err
		}
		return got(answer)
	})
}

func ms(took []time.Duration, percent int) float64 {
	return float64(took[min(len(took)*percent/100, len(took)-1)].Microseconds()) / 1000
}

// atARate measures how long a text waits for its answer at 50 a second.
func atARate(ctx context.Context, o options, engine storage.Engine, t *table) error {
	const rate = 50
	r, err := open(ctx, o, engine, 0)
	if err != nil {
		return err
	}
	phones, err := r.enrol(ctx, 1000)
	if err != nil {
		return err
	}
	if err := r.start(ctx); err != nil {
		return err
	}
	if err := r.drained(ctx); err != nil {
		return err
	}
	took, err := r.answered(ctx, phones, rate, o.seconds)
	if err != nil {
		return err
	}
	t.set("text in to text out at 50 a second, p50", "<= 10 ms", engine, "%.1f ms", ms(took, 50))
	t.set("text in to text out at 50 a second, p99", "<= 50 ms", engine, "%.1f ms", ms(took, 99))
	return r.close()
}

// duplicates counts the answers to 500 texts of which every fifth comes twice.
func duplicates(ctx context.Context, o options, engine storage.Engine, t *table) error {
	const texts = 500
	r, err := open(ctx, o, engine, 0)
	if err != nil {
		return err
	}
	phones, err := r.enrol(ctx, texts)
	if err != nil {
		return err
	}
	if err := r.start(ctx); err != nil {
		return err
	}
	if err := r.drained(ctx); err != nil {
		return err
	}
	before := r.twilio.taken.Load()
	if err := inParallel(connections, texts, func(i int) error {
		sid := newSID()
		if i%5 != 0 {
			return r.text(ctx, sid, phones[i], travel)
		}
		return inParallel(2, 2, func(int) error { return r.text(ctx, sid, phones[i], travel) })
	}); err != nil {
		return err
	}
	if err := r.drained(ctx); err != nil {
		return err
	}
	t.set("extra answers to 500 texts, every fifth brought twice", "0", engine, "%d", r.twilio.taken.Load()-before-texts)
	return r.close()
}

// toSlack measures from a red flag coming in to the alert's call at Slack, at 100
// texts a second with four workers.
func toSlack(ctx context.Context, o options, engine storage.Engine, t *table) error {
	const rate = 100
	r, err := open(ctx, o, engine, 4)
	if err != nil {
		return err
	}
	phones, err := r.enrol(ctx, rate*int(o.seconds.Seconds()))
	if err != nil {
		return err
	}
	if err := r.start(ctx); err != nil {
		return err
	}
	if err := r.drained(ctx); err != nil {
		return err
	}
	var mu sync.Mutex
	var came []time.Time
	before := r.slack.taken.Load()
	stop := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for seen := before; ; {
			select {
			case <-stop:
				return
			case <-time.After(200 * time.Microsecond):
			}
			for now := r.slack.taken.Load(); seen < now; seen++ {
				mu.Lock()
				came = append(came, time.Now())
				mu.Unlock()
			}
		}
	})
	began := time.Now()
	_, err = spread(rate, o.seconds, func(i int) error { return r.text(ctx, newSID(), phones[i], "chest pain") })
	if err == nil {
		err = r.drained(ctx)
	}
	close(stop)
	watch.Wait()
	if err != nil {
		return err
	}
	// The n-th call at Slack is held against the n-th text: no single one is
	// flattered, since calls only change places among themselves.
	var took []time.Duration
	for i, at := range came {
		if i < len(phones) {
			took = append(took, at.Sub(began.Add(time.Duration(i)*time.Second/rate)))
		}
	}
	slices.Sort(took)
	t.set("red flag in to the alert's call at Slack at 100 a second, 4 workers, p50", "", engine, "%.1f ms", ms(took, 50))
	t.set("red flag in to the alert's call at Slack at 100 a second, 4 workers, p99", "< 250 ms", engine, "%.1f ms", ms(took, 99))
	return r.close()
}

// dueAtOnce measures how fast check-ins leave that are all due at the same time.
func dueAtOnce(ctx context.Context, o options, engine storage.Engine, t *table) error {
	r, err := open(ctx, o, engine, 0)
	if err != nil {
		return err
	}
	day := protocol.DateOf(time.Now(), r.clinic.TimeZone).AddDays(1)
	noon, err := protocol.ParseClock("12:00")
	if err != nil {
		return err
	}
	r.clock.ahead.Store(int64(time.Until(protocol.At(day, noon, r.clinic.TimeZone))))
	if _, err := r.enrol(ctx, o.due); err != nil {
		return err
	}
	if err := inParallel(connections, o.due, func(i int) error {
		_, _, err := r.bot.LogSession(ctx, bot.NewSession{Patient: strconv.Itoa(i), EndedAt: r.clock.Now()}, "bench")
		return err
	}); err != nil {
		return err
	}
	if err := r.start(ctx); err != nil {
		return err
	}
	if err := r.drained(ctx); err != nil {
		return err
	}
	before := r.twilio.taken.Load()
	began := time.Now()
	r.clock.ahead.Add(int64(7*time.Hour + 10*time.Minute)) // the evening question is due
	for r.twilio.taken.Load()-before < int64(o.due) {
		if time.Since(began) > 2*time.Minute {
			return fmt.Errorf("only %d of %d check-ins left", r.twilio.taken.Load()-before, o.due)
		}
		time.Sleep(time.Millisecond)
	}
	t.set(fmt.Sprintf("check-ins sent a second, %d due at once", o.due), ">= 1,000", engine, "%.0f", float64(o.due)/time.Since(began).Seconds())
	return r.close()
}
