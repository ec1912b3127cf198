package storage_test

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func insertInbound(t *testing.T, s *storage.Store, m storage.Message) (id string, inserted bool) {
	t.Helper()
	in(t, s, func(tx *storage.Tx) (err error) {
		id, inserted, err = tx.InsertInbound(t.Context(), m, now)
		return err
	})
	return id, inserted
}

func insertOutgoing(t *testing.T, s *storage.Store, p storage.Patient, class string) (id string) {
	t.Helper()
	in(t, s, func(tx *storage.Tx) (err error) {
		id, err = tx.InsertOutgoing(t.Context(), storage.Message{
			ClinicID: p.ClinicID, PatientID: p.ID, Phone: p.Phone, Number: "+15550001111",
			Kind: "thanks", Class: class, Body: "Thanks, Sam!", Segments: 1, ExpiresAt: storage.At(later(time.Hour)),
		}, now)
		return err
	})
	return id
}

func lockMessage(t *testing.T, s *storage.Store, id string) (m storage.Message) {
	t.Helper()
	in(t, s, func(tx *storage.Tx) (err error) {
		m, err = tx.LockMessage(t.Context(), id)
		return err
	})
	return m
}

func TestAnInboundTextIsStoredWholeAndOnce(t *testing.T) {
	bodies := map[string]string{
		"short": "7", "emoji": "ouch 😖 a 6½", "long": strings.Repeat("it hurts ", 177), "nothing": "",
		"null bytes": "6\x00 or so", "no UTF-8": "6\xff\xfe",
	}
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		for name, body := range bodies {
			m := storage.Message{
				ClinicID: "main", PatientID: p.ID, Phone: p.Phone, Number: "+15550001111", Body: body,
				Media: json.RawMessage(`[{"url":"https://example.org/1"}]`), ProviderID: "SM" + name, Segments: 1,
			}
			id, inserted := insertInbound(t, s, m)
			again, twice := insertInbound(t, s, m)
			if !inserted || twice || id != again {
				t.Errorf("%s: stored %v as %s, again %v as %s", name, inserted, id, twice, again)
			}
			read := must(s.MessageByID(ctx, "main", id))
			if read.Body != body || string(read.Media) != string(m.Media) || read.Phone != p.Phone ||
				read.State != storage.MessageReceived || read.Direction != storage.Inbound {
				t.Errorf("%s: read %+v", name, read)
			}
			if !must(s.HasMessage(ctx, m.ProviderID)) || must(s.HasMessage(ctx, "SMother")) {
				t.Error("wrong about what is stored")
			}
		}
		if talk := must(s.Conversation(ctx, "main", p.ID, 100)); len(talk) != len(bodies) {
			t.Errorf("%d messages, want %d", len(talk), len(bodies))
		}
	})
}

func TestTheSameTextTwiceAtOnceIsOneRow(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := storagetest.URL(t, engine)
			machines := []*storage.Store{storagetest.OpenURL(t, url), storagetest.OpenURL(t, url)}
			p := storagetest.Patient(t, machines[0], "main", "+15551234567")
			var (
				wg       sync.WaitGroup
				mu       sync.Mutex
				inserted int
				ids      = map[string]bool{}
			)
			for i := range 12 {
				wg.Go(func() {
					var (
						id    string
						first bool
					)
					err := machines[i%2].InTx(t.Context(), func(tx *storage.Tx) (err error) {
						id, first, err = tx.InsertInbound(t.Context(), storage.Message{
							ClinicID: "main", PatientID: p.ID, Phone: p.Phone, Body: "7", ProviderID: "SM1",
						}, now)
						return err
					})
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					ids[id] = true
					if first {
						inserted++
					}
				})
			}
			wg.Wait()
			if inserted != 1 || len(ids) != 1 {
				t.Errorf("inserted %d times as %v", inserted, ids)
			}
		})
	}
}

func TestATextFromAnUnknownNumberIsKeptAndMayBeAssigned(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id, _ := insertInbound(t, s, storage.Message{ClinicID: "main", Phone: "12345", Body: "hi", ProviderID: "SM1"})
		if talk := must(s.UnknownConversation(ctx, "main", "12345", 10)); len(talk) != 1 || talk[0].ID != id || talk[0].Body != "hi" {
			t.Fatalf("%+v", talk)
		}
		in(t, s, func(tx *storage.Tx) error { return tx.AssignMessage(ctx, "main", id, p.ID, "answer") })
		if talk := must(s.UnknownConversation(ctx, "main", "12345", 10)); len(talk) != 0 {
			t.Errorf("%+v", talk)
		}
		if talk := must(s.Conversation(ctx, "main", p.ID, 10)); len(talk) != 1 || talk[0].Kind != "answer" {
			t.Errorf("%+v", talk)
		}
		err := s.InTx(ctx, func(tx *storage.Tx) error { return tx.AssignMessage(ctx, "other", id, p.ID, "answer") })
		if !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("assigned from another clinic: %v", err)
		}
	})
}

func TestAnOutgoingTextGoesItsWay(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		if m := lockMessage(t, s, id); m.State != storage.MessageQueued || m.Body != "Thanks, Sam!" || m.ExpiresAt.Time != later(time.Hour) || !m.NotBefore.IsZero() {
			t.Errorf("%+v", m)
		}
		in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) })
		if err := s.InTx(ctx, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) }); !errors.Is(err, storage.ErrState) {
			t.Errorf("marked twice: %v", err)
		}
		in(t, s, func(tx *storage.Tx) error { return tx.Requeue(ctx, id, "busy", time.Time{}) })
		in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, later(time.Minute)) })
		if err := s.InTx(ctx, func(tx *storage.Tx) error { return tx.CancelMessage(ctx, id, "stopped", now) }); !errors.Is(err, storage.ErrState) {
			t.Errorf("cancelled while it may be leaving: %v", err)
		}
		in(t, s, func(tx *storage.Tx) error { return errOf(tx.MarkSent(ctx, id, "SM9", "queued", 2, later(time.Minute))) })
		m := lockMessage(t, s, id)
		if m.State != storage.MessageSent || m.ProviderID != "SM9" || m.Rank != 2 || m.Segments != 2 || m.Attempts != 2 || m.Reason != "" ||
			m.SentAt.Time != later(time.Minute) || m.AttemptedAt.Time != later(time.Minute) {
			t.Errorf("%+v", m)
		}
		for name, f := range map[string]func(*storage.Tx) error{
			"failed":   func(tx *storage.Tx) error { return tx.MarkFailed(ctx, id, 21211, "no such number", now) },
			"requeued": func(tx *storage.Tx) error { return tx.Requeue(ctx, id, "again", time.Time{}) },
		} {
			if err := s.InTx(ctx, f); !errors.Is(err, storage.ErrState) {
				t.Errorf("%s after it left: %v", name, err)
			}
		}
	})
}

func TestATextThatIsGivenUpSaysWhy(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) })
		in(t, s, func(tx *storage.Tx) error { return tx.MarkFailed(ctx, id, 21614, "a landline", later(time.Second)) })
		if m := lockMessage(t, s, id); m.State != storage.MessageFailed || m.ErrorCode != 21614 || m.Reason != "a landline" || m.DoneAt.Time != later(time.Second) {
			t.Errorf("%+v", m)
		}
		if err := s.InTx(ctx, func(tx *storage.Tx) error { return errOf(tx.MarkSent(ctx, id, "SM9", "queued", 1, now)) }); !errors.Is(err, storage.ErrState) {
			t.Errorf("sent after it was given up: %v", err)
		}
	})
}

func TestStopCancelsWhatWaitsButItsOwnConfirmation(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		other := storagetest.Patient(t, s, "main", "+15557654321")
		want := map[string]storage.MessageState{
			insertOutgoing(t, s, p, "check"):     storage.MessageCancelled,
			insertOutgoing(t, s, p, "homework"):  storage.MessageCancelled,
			insertOutgoing(t, s, p, "opt_out"):   storage.MessageQueued,
			insertOutgoing(t, s, p, "safety"):    storage.MessageQueued,
			insertOutgoing(t, s, other, "check"): storage.MessageQueued,
		}
		leaving := insertOutgoing(t, s, p, "check")
		in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, leaving, now) })
		want[leaving] = storage.MessageSending
		in(t, s, func(tx *storage.Tx) error {
			n, err := tx.CancelQueuedTexts(ctx, p.ID, "opted out", now, "safety", "opt_out")
			if n != 2 {
				t.Errorf("cancelled %d, want 2", n)
			}
			return err
		})
		for id, state := range want {
			if m := lockMessage(t, s, id); m.State != state {
				t.Errorf("%s of class %s is %s, want %s", id, m.Class, m.State, state)
			}
		}
		in(t, s, func(tx *storage.Tx) error {
			n, err := tx.CancelQueuedTexts(ctx, p.ID, "wrong person", now)
			if n != 2 {
				t.Errorf("cancelled %d, want 2", n)
			}
			return err
		})
	})
}

func TestATextWhoseOutcomeIsUnknownIsFound(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		insertOutgoing(t, s, p, "check")
		in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) })
		in(t, s, func(tx *storage.Tx) error {
			early := must(tx.StuckTexts(ctx, storage.Stuck{}, now, 10))
			stuck := must(tx.StuckTexts(ctx, storage.Stuck{}, later(time.Minute), 10))
			if len(early) != 0 || len(stuck) != 1 || stuck[0].ID != id || stuck[0].ClinicID != p.ClinicID {
				t.Fatalf("early %+v, stuck %+v", early, stuck)
			}
			if more := must(tx.StuckTexts(ctx, stuck[0], later(time.Minute), 10)); len(more) != 0 {
				t.Errorf("after the last one %+v", more)
			}
			return nil
		})
		backlogs := must(s.Backlogs(ctx))
		if len(backlogs) != 2 || backlogs[0].Count != 1 || backlogs[1].Count != 1 || backlogs[0].Oldest.Time != now {
			t.Errorf("%+v", backlogs)
		}
		if queued := must(s.QueuedTexts(ctx, later(time.Second), 10)); len(queued) != 1 {
			t.Errorf("%+v", queued)
		}
		counts := must(s.MessageCounts(ctx, "main", now, later(time.Hour)))
		if len(counts) != 2 || counts[0].Count != 1 {
			t.Errorf("%+v", counts)
		}
	})
}
