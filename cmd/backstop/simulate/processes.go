package simulate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// shard is some patients of a simulation, who share a clinic.
type shard struct{ First, Count int }

// lived is what became of them.
type lived struct {
	Stats     Stats
	Violation *Violation
	Error     string `json:",omitempty"`
}

// Processes live through the shards of a simulation, one at a time each. In one process
// they would share the allocator of SQLite and the scheduler, and take a third more of
// the processors.
type Processes struct{ idle chan *process }

type process struct {
	cmd    *exec.Cmd
	orders io.WriteCloser
	ask    *json.Encoder
	answer *json.Decoder
}

// StartProcesses starts n processes of the command, which must Work.
func StartProcesses(n int, command func() *exec.Cmd) (*Processes, error) {
	all := &Processes{idle: make(chan *process, n)}
	for range n {
		p, err := start(command())
		if err != nil {
			all.Stop()
			return nil, err
		}
		all.idle <- p
	}
	return all, nil
}

func start(cmd *exec.Cmd) (*process, error) {
	cmd.Env = append(cmd.Environ(), "GOMAXPROCS=1") // there is one for each processor
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &process{cmd: cmd, orders: in, ask: json.NewEncoder(in), answer: json.NewDecoder(out)}, cmd.Start()
}

// live has an idle process live through a shard. When ctx ends the process does, too.
func (all *Processes) live(ctx context.Context, first, count int) (Stats, *Violation, error) {
	p := <-all.idle
	defer func() { all.idle <- p }()
	defer context.AfterFunc(ctx, func() { _ = p.cmd.Process.Kill() })()
	var answer lived
	if err := errors.Join(p.ask.Encode(shard{first, count}), p.answer.Decode(&answer)); err != nil {
		return Stats{}, nil, fmt.Errorf("process %d: %w", p.cmd.Process.Pid, err)
	}
	if answer.Error != "" {
		return answer.Stats, nil, errors.New(answer.Error)
	}
	return answer.Stats, answer.Violation, nil
}

// Stop ends the processes; none may be at work. How they end says nothing: what went
// wrong in one, live has told.
func (all *Processes) Stop() {
	for len(all.idle) > 0 {
		p := <-all.idle
		_ = p.orders.Close()
		_ = p.cmd.Wait()
	}
}

// Work lives through the shards that a Run in another process asks for on in, and tells
// it on out what became of them, until in ends.
func Work(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	asked, answer := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var s shard
		switch err := asked.Decode(&s); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		stats, violation, err := live(ctx, o, s.First, s.Count)
		l := lived{Stats: stats, Violation: violation}
		if err != nil {
			l.Error = err.Error()
		}
		if err := answer.Encode(l); err != nil {
			return err
		}
	}
}
