package bot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/storage"
)

// Config is what a Bot is made of. A store and a clinic are required; a Bot
// that is started needs a texter, a caller and an alerter too.
type Config struct {
	Store   *storage.Store
	Clinics []*flows.Clinic
	Texter  Texter
	Caller  Caller
	Alerter Alerter
	// Draw makes the picture of a patient's last weeks, and Uploader keeps it;
	// alerts have no picture when either is nil.
	Draw      func(Course) ([]byte, error)
	Uploader  Uploader
	Roster    Roster // who is in the clinics' channels; nil asks nobody
	PublicURL string // where providers fetch pictures; no text brings one when empty
	Clock     Clock  // default: the wall clock
	// DatabaseTime corrects the clock by the database's, so that machines whose
	// clocks differ agree. On SQLite, with its one machine, it changes nothing.
	DatabaseTime bool
	Log          *slog.Logger // default: slog's

	Workers     int           // jobs worked at once; default 8
	SettleAfter time.Duration // how long an ambiguous send rests before the provider is asked; default 30 s
	UndoFor     time.Duration // how long a clinician's text may be taken back before it leaves; default 10 s
	SweepEvery  time.Duration // how often the agenda is looked through, half as often when nothing has been due for a while; default 1 s
	FetchEvery  time.Duration // how often the queue is looked through for other machines' jobs; default 2 s

	PerNumber  float64       // texts a second that leave from one number or messaging service; 0 for no limit
	PerAccount float64       // texts a second that leave from all of them; 0 for no limit
	PerChannel float64       // messages a second to one Slack channel; 0 for no limit
	Spread     time.Duration // over how long questions that are due at the same time are spread; default not at all

	// Stepped works no job by itself: Step does, one after the other by the bot's
	// clock, so that the same events make the same run. For simulations.
	Stepped bool
	// MayLeave is the last judgement before a text leaves; default flows.MayLeave.
	// A simulation puts a wrong one in its place and must notice.
	MayLeave func(*flows.Clinic, flows.Patient, flows.Class, time.Time, time.Time) flows.Leave

	InboundEvery time.Duration // how often the provider is asked for texts the webhook never brought; default 2 min
}

// Bot takes events in, lets the flows decide on them, and has the effects
// carried out. Any number of Bots may share one PostgreSQL database.
type Bot struct {
	store     *storage.Store
	clinics   map[string]*flows.Clinic
	first     *flows.Clinic
	texter    Texter
	caller    Caller
	alerter   Alerter
	draw      func(Course) ([]byte, error)
	uploads   Uploader
	roster    Roster
	rosters   rosters
	publicURL string
	clock     Clock
	off       atomic.Int64 // what is added to the clock, in nanoseconds
	log       *slog.Logger
	queue     *river.Client[*sql.Tx]
	bell      *storage.Bell
	ended     endedJobs
	hands     hands
	channels  channels
	workers   int
	steps     *steps // nil but in a simulation

	judge func(*flows.Clinic, flows.Patient, flows.Class, time.Time, time.Time) flows.Leave

	paces        paces
	spread       time.Duration
	settleAfter  time.Duration
	undoFor      time.Duration
	sweepEvery   time.Duration
	inboundEvery time.Duration

	databaseTime bool

	sweeping sync.Mutex
	swept    sweepMemory // guarded by sweeping

	stop context.CancelFunc
	done chan struct{}
}

// New makes a Bot. It takes events in at once; Start makes it work off what
// follows from them.
func New(c Config) (*Bot, error) {
	if c.Store == nil || len(c.Clinics) == 0 {
		return nil, errors.New("new bot: a store and at least one clinic are needed")
	}
	b := &Bot{
		store: c.Store, clinics: map[string]*flows.Clinic{}, first: c.Clinics[0],
		texter: c.Texter, caller: c.Caller, alerter: c.Alerter, draw: c.Draw, uploads: c.Uploader, roster: c.Roster, publicURL: c.PublicURL, clock: c.Clock, log: c.Log,
		databaseTime: c.DatabaseTime, settleAfter: c.SettleAfter, undoFor: c.UndoFor, sweepEvery: c.SweepEvery, inboundEvery: c.InboundEvery,
	}
	for _, clinic := range c.Clinics {
		b.clinics[clinic.ID] = clinic
	}
	if b.clock == nil {
		b.clock = WallClock{}
	}
	if b.log == nil {
		b.log = slog.Default()
	}
	if b.settleAfter == 0 {
		b.settleAfter = 30 * time.Second
	}
	if b.undoFor == 0 {
		b.undoFor = 10 * time.Second
	}
	if b.sweepEvery == 0 {
		b.sweepEvery = time.Second
	}
	if b.inboundEvery == 0 {
		b.inboundEvery = 2 * time.Minute
	}
	b.paces, b.spread = paces{c.PerNumber, c.PerAccount, c.PerChannel}, c.Spread
	if b.judge = c.MayLeave; b.judge == nil {
		b.judge = flows.MayLeave
	}
	if c.Stepped {
		b.steps = &steps{}
	}
	if b.workers = c.Workers; b.workers == 0 {
		b.workers = 8
	}
	queue, err := b.newQueue(c)
	if err != nil {
		return nil, fmt.Errorf("new bot: %w", err)
	}
	b.queue = queue
	return b, nil
}

// Start makes the database agree with the clinic file and begins to work jobs
// and the agenda. Stop ends it.
func (b *Bot) Start(ctx context.Context) error {
	if b.texter == nil || b.caller == nil || b.alerter == nil {
		return errors.New("start bot: a texter, a caller and an alerter are needed")
	}
	if err := b.followClock(ctx); err != nil {
		return err
	}
	for _, clinic := range b.clinics {
		if err := b.syncClinic(ctx, clinic); err != nil {
			return err
		}
	}
	if b.steps != nil {
		b.hands.open(handsPerWorker * b.workers)
		return nil
	}
	// The queue outlives ctx: Stop ends it gracefully.
	if err := b.queue.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the queue: %w", err)
	}
	b.hands.open(handsPerWorker * b.workers)
	sweepCtx, stop := context.WithCancel(context.WithoutCancel(ctx))
	b.stop, b.done = stop, make(chan struct{})
	go func() {
		defer close(b.done)
		b.sweepInboundFirst(sweepCtx)
		var sweeps sync.WaitGroup
		sweeps.Go(func() { b.sweepUntil(sweepCtx) })
		sweeps.Go(func() { b.sweepInboundUntil(sweepCtx) })
		sweeps.Wait()
	}()
	return nil
}

// Stop lets running jobs finish, at most until ctx ends; what is not finished
// then is taken up by the next start, or by another machine.
func (b *Bot) Stop(ctx context.Context) error {
	if b.stop == nil {
		return nil
	}
	b.stop()
	<-b.done
	b.stop = nil // it has been stopped
	if err := b.hands.close(ctx); err != nil {
		return fmt.Errorf("wait for texts that are being sent: %w", err)
	}
	if err := b.queue.Stop(ctx); err != nil {
		return fmt.Errorf("stop the queue: %w", err)
	}
	return nil
}

// clinic finds a clinic of the clinic file.
func (b *Bot) clinic(id string) (*flows.Clinic, error) {
	clinic, ok := b.clinics[id]
	if !ok {
		return nil, fmt.Errorf("clinic %q is not in the clinic file", id)
	}
	return clinic, nil
}

// clinicOfNumber finds the clinic that one of our numbers belongs to. With a
// single clinic every number is its own, also those of a messaging service.
func (b *Bot) clinicOfNumber(number string) (*flows.Clinic, error) {
	for _, clinic := range b.clinics {
		if clinic.Sender.Number != "" && string(clinic.Sender.Number) == number {
			return clinic, nil
		}
	}
	if len(b.clinics) == 1 {
		return b.first, nil
	}
	return nil, errors.New("no clinic of the clinic file sends from this number")
}
