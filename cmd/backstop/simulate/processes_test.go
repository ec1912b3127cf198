package simulate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"backstop/flows"
)

// workerFlag makes the test program a process that lives through shards: one that
// "works", one whose bot is "broken", one that "dies".
const workerFlag = "SIMULATE_WORK"

func TestMain(m *testing.M) {
	kind := os.Getenv(workerFlag)
	if kind == "" {
		os.Exit(m.Run())
	}
	if err := workAs(kind); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func workAs(kind string) error {
	clinic, err := exampleClinic()
	if err != nil {
		return err
	}
	o := elsewhere(clinic)
	switch kind {
	case "dies":
		os.Exit(3)
	case "broken":
		o.mutate = unconsenting
	}
	return Work(context.Background(), o, os.Stdin, os.Stdout)
}

// elsewhere is what processes are asked to live through in these tests.
func elsewhere(clinic *flows.Clinic) Options {
	return Options{Patients: 2 * perShard, Weeks: 2, Seed: 5, Faults: HeavyFaults, Clinic: clinic, stops: 30}
}

func processes(t *testing.T, kind string) *Processes {
	t.Helper()
	all, err := StartProcesses(2, func() *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), workerFlag+"="+kind)
		return cmd
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(all.Stop)
	return all
}

func TestProcessesLiveThroughTheSame(t *testing.T) {
	o := elsewhere(example(t))
	here := live1(t, o)
	o.Processes = processes(t, "works")
	if there := live1(t, o); !reflect.DeepEqual(here, there) {
		t.Errorf("in this process\n%+v\nand in others\n%+v", here, there)
	}
}

func TestAViolationInAnotherProcessIsTold(t *testing.T) {
	o := elsewhere(example(t))
	o.mutate, o.Processes = unconsenting, processes(t, "broken")
	v := live1(t, o).Violation
	if v == nil || v.Rule != "nothing leaves after STOP" || v.Patient < 0 || len(v.Events) == 0 {
		t.Errorf("%+v", v)
	}
}

func TestAProcessThatDiesEndsTheRun(t *testing.T) {
	o := elsewhere(example(t))
	o.Processes = processes(t, "dies")
	if _, err := Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), ": process ") {
		t.Errorf("a process died: %v", err)
	}
}

// A shard takes a second, and a run that is ended waits for none.
func TestProcessesEndWithTheRun(t *testing.T) {
	o := elsewhere(example(t))
	o.Patients, o.Processes = 2000*perShard, processes(t, "works")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := Run(ctx, o); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a run that was ended: %v", err)
	}
	for len(o.Processes.idle) > 0 {
		p := <-o.Processes.idle
		if err := p.cmd.Wait(); err == nil || p.cmd.ProcessState.Exited() {
			t.Errorf("a process that was at work ended by itself: %v", p.cmd.ProcessState)
		}
	}
}
