package storage_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func report(t testing.TB, s *storage.Store, d storage.DeliveryReport) (m storage.Message, changed bool) {
	t.Helper()
	if d.At.IsZero() {
		d.At = storage.At(later(time.Minute))
	}
	in(t, s, func(tx *storage.Tx) (err error) {
		m, changed, err = tx.ApplyDelivery(t.Context(), d)
		return err
	})
	return m, changed
}

func TestReportsMoveATextForward(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) })
		in(t, s, func(tx *storage.Tx) error { return errOf(tx.MarkSent(ctx, id, "SM1", "accepted", 1, now)) })
		for i, step := range []struct {
			status  string
			changed bool
			state   storage.MessageState
		}{
			{"sending", true, storage.MessageSent},
			{"queued", false, storage.MessageSent},
			{"delivered", true, storage.MessageDelivered},
			{"delivered", false, storage.MessageDelivered},
			{"sent", false, storage.MessageDelivered},
			{"failed", false, storage.MessageDelivered},
			{"read", true, storage.MessageDelivered},
		} {
			m, changed := report(t, s, storage.DeliveryReport{ProviderID: "SM1", Status: step.status})
			if changed != step.changed || m.State != step.state {
				t.Errorf("step %d, %s: changed %v to %s", i, step.status, changed, m.State)
			}
		}
		if reports := must(s.DeliveryReports(ctx, "main", id)); len(reports) != 6 {
			t.Errorf("%d reports kept, want each of 6 once", len(reports))
		}
	})
}

func TestAReportSettlesASendWhoseOutcomeWasUnknown(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) })
		in(t, s, func(tx *storage.Tx) error { return tx.Requeue(ctx, id, "timeout", time.Time{}) }) // to be asked about
		m, changed := report(t, s, storage.DeliveryReport{MessageID: id, ProviderID: "SM1", Status: "sent"})
		if !changed || m.State != storage.MessageSent || m.ProviderID != "SM1" {
			t.Fatalf("%v %+v", changed, m)
		}
		err := s.InTx(ctx, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) })
		if err == nil {
			t.Error("it would be sent again")
		}
		// the answer of the first call comes last
		in(t, s, func(tx *storage.Tx) error { return errOf(tx.MarkSent(ctx, id, "SM1", "queued", 1, now)) })
		if m := lockMessage(t, s, id); m.ProviderStatus != "sent" || m.Rank != 4 {
			t.Errorf("went back to %s", m.ProviderStatus)
		}
	})
}

func TestWhatTheProviderSaysHoldsAgainstWhatWeGaveUp(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) })
		in(t, s, func(tx *storage.Tx) error { return tx.MarkFailed(ctx, id, 0, "no answer from the provider", now) })
		m, changed := report(t, s, storage.DeliveryReport{MessageID: id, ProviderID: "SM1", Status: "delivered"})
		if !changed || m.State != storage.MessageDelivered || m.Reason != "" {
			t.Errorf("%v %+v", changed, m)
		}
	})
}

func TestOfTwoEndsTheCarriersLaterOneHolds(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		for i, c := range []struct {
			first, second storage.DeliveryReport
			want          storage.MessageState
		}{
			{storage.DeliveryReport{Status: "undelivered", CarrierDone: "2603021700", ErrorCode: 30003}, storage.DeliveryReport{Status: "delivered", CarrierDone: "2603021705"}, storage.MessageDelivered},
			{storage.DeliveryReport{Status: "delivered", CarrierDone: "2603021705"}, storage.DeliveryReport{Status: "undelivered", CarrierDone: "2603021700", ErrorCode: 30003}, storage.MessageDelivered},
			{storage.DeliveryReport{Status: "delivered"}, storage.DeliveryReport{Status: "undelivered", CarrierDone: "2603021700", ErrorCode: 30003}, storage.MessageDelivered},
			{storage.DeliveryReport{Status: "undelivered", ErrorCode: 30003}, storage.DeliveryReport{Status: "delivered"}, storage.MessageUndelivered},
		} {
			p := storagetest.Patient(t, s, "main", fmt.Sprintf("+1555123456%d", i))
			id := insertOutgoing(t, s, p, "check")
			c.first.ProviderID, c.second.ProviderID = "SM"+id, "SM"+id
			c.first.MessageID = id
			report(t, s, c.first)
			if m, _ := report(t, s, c.second); m.State != c.want {
				t.Errorf("%d: %s then %s is %s, want %s", i, c.first.Status, c.second.Status, m.State, c.want)
			}
		}
	})
}

func TestAReportOfAnUnknownTextIsKept(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		inbound, _ := insertInbound(t, s, storage.Message{ClinicID: "main", PatientID: p.ID, Phone: p.Phone, ProviderID: "SM7"})
		for _, d := range []storage.DeliveryReport{
			{ProviderID: "SM404", MessageID: "nonsense", Status: "delivered"},
			{ProviderID: "SM7", MessageID: inbound, Status: "delivered"}, // an inbound text has no delivery
		} {
			if m, changed := report(t, s, d); changed || m.ID != "" {
				t.Errorf("%+v moved %+v", d, m)
			}
		}
		if reports := must(s.DeliveryReports(ctx, "", "")); len(reports) != 2 {
			t.Errorf("kept %+v", reports)
		}
	})
}

func TestAReportOfASecondSendDecidesNothing(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		report(t, s, storage.DeliveryReport{MessageID: id, ProviderID: "SM1", Status: "sent"})
		m, changed := report(t, s, storage.DeliveryReport{MessageID: id, ProviderID: "SM2", Status: "failed"})
		if changed || m.ProviderID != "SM1" || m.State != storage.MessageSent {
			t.Errorf("%v %+v", changed, m)
		}
		if reports := must(s.DeliveryReports(ctx, "main", id)); len(reports) != 2 {
			t.Errorf("both are to be seen: %+v", reports)
		}
	})
}

// Callbacks, our own answer and repeats in any order: a text never moves back,
// and once a terminal word has come it is at its end.
func TestATextNeverMovesBackwards(t *testing.T) {
	statuses := []string{"accepted", "scheduled", "queued", "sending", "sent", "delivered", "undelivered", "failed", "read", "receiving", "made_up"}
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		p := storagetest.Patient(t, s, "main", "+15551234567")
		rapid.Check(t, func(rt *rapid.T) {
			ctx := t.Context()
			id := insertOutgoing(t, s, p, "check")
			sid := "SM" + id
			in(t, s, func(tx *storage.Tx) error { return tx.MarkSending(ctx, id, now) })
			rank, ended := 0, false
			for _, step := range rapid.SliceOfN(rapid.SampledFrom(append(statuses, "(our answer)")), 1, 8).Draw(rt, "steps") {
				if step == "(our answer)" {
					in(t, s, func(tx *storage.Tx) error { return errOf(tx.MarkSent(ctx, id, sid, "queued", 1, now)) })
				} else {
					d := storage.DeliveryReport{ProviderID: sid, MessageID: id, Status: step,
						CarrierDone: rapid.SampledFrom([]string{"", "2603021700", "2603021701"}).Draw(rt, "done")}
					report(t, s, d)
				}
				m := lockMessage(t, s, id)
				if m.Rank < rank || m.Rank < storage.DeliveryRank(step) {
					rt.Fatalf("rank %d after %s, was %d", m.Rank, step, rank)
				}
				rank = m.Rank
				ended = ended || storage.DeliveryRank(step) >= 5
				if ended != !m.DoneAt.IsZero() || ended == (m.State == storage.MessageSent || m.State == storage.MessageSending) {
					rt.Fatalf("after %s it is %s, done at %v", step, m.State, m.DoneAt)
				}
			}
		})
	})
}

// Acceptances that come at the same time are kept together. Each text has its own
// acceptance, that of another being refused changes nothing, and each caller is told
// what waits behind its own text.
func TestAcceptancesThatComeTogetherAreApart(t *testing.T) {
	const count = 60
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		ids, behind := make([]string, count), make([]string, count)
		for i := range ids {
			p := storagetest.Patient(t, s, "main", fmt.Sprintf("+1555123%04d", i))
			in(t, s, func(tx *storage.Tx) error {
				m := storage.Message{ID: fmt.Sprintf("text-%02d", i), ClinicID: "main", PatientID: p.ID, Phone: p.Phone, Kind: "question", Class: "care"}
				ids[i] = m.ID
				_, err := tx.InsertSending(ctx, m, now)
				switch {
				case err == nil && i%4 == 1:
					err = tx.MarkFailed(ctx, m.ID, 30005, "unknown number", now)
				case err == nil && i%4 == 2:
					m.ID = ""
					behind[i], err = tx.InsertOutgoing(ctx, m, now)
				}
				return err
			})
		}
		var group sync.WaitGroup
		for i, id := range ids {
			group.Go(func() {
				sid := fmt.Sprint("SM", i)
				if i%4 == 3 { // the provider's word for another text, by mistake
					sid = "SM-again"
				}
				following, err := s.MarkSent(ctx, id, sid, "queued", 1+i%3, now)
				switch {
				case i%4 == 1 && !errors.Is(err, storage.ErrState), i%4 != 1 && i%4 != 3 && err != nil, following != behind[i]:
					t.Errorf("text %d: %v, behind it %q, not %q", i, err, following, behind[i])
				}
			})
		}
		group.Wait()
		ours := 0
		for i, id := range ids {
			in(t, s, func(tx *storage.Tx) error {
				m, err := tx.LockMessage(ctx, id)
				if m.ProviderID == "SM-again" {
					ours++
				} else if kept := m.ProviderID == fmt.Sprint("SM", i) && m.State == storage.MessageSent && m.Segments == 1+i%3; kept != (i%4 == 0 || i%4 == 2) {
					t.Errorf("text %d is %s under %q in %d segments", i, m.State, m.ProviderID, m.Segments)
				}
				return err
			})
		}
		if ours != 1 {
			t.Errorf("%d texts are the provider's SM-again", ours)
		}
	})
}

// On PostgreSQL those that come while others are kept share a transaction.
func TestAcceptancesShareTransactions(t *testing.T) {
	const count = 60
	ctx := t.Context()
	s := storagetest.Open(t, storage.Postgres)
	for i := range count {
		p := storagetest.Patient(t, s, "main", fmt.Sprintf("+1555123%04d", i))
		in(t, s, func(tx *storage.Tx) error {
			_, err := tx.InsertSending(ctx, storage.Message{ID: fmt.Sprint("text-", i), ClinicID: "main", PatientID: p.ID, Phone: p.Phone}, now)
			return err
		})
	}
	var group sync.WaitGroup
	for i := range count {
		group.Go(func() {
			if _, err := s.MarkSent(ctx, fmt.Sprint("text-", i), fmt.Sprint("SM", i), "queued", 1, now); err != nil {
				t.Errorf("text %d: %v", i, err)
			}
		})
	}
	group.Wait()
	var sent, transactions int
	if err := s.DB().QueryRowContext(ctx, `SELECT count(*), count(DISTINCT xmin::text) FROM messages WHERE state = 'sent'`).Scan(&sent, &transactions); err != nil {
		t.Fatal(err)
	}
	if sent != count || transactions > count/3 {
		t.Errorf("%d of %d texts are sent, by %d transactions", sent, count, transactions)
	}
}
