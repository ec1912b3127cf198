package storage_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestAPostAppearsAndIsUpdatedInPlace(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		a, _ := openAlert(t, s, flare(p))
		var id string
		in(t, s, func(tx *storage.Tx) (err error) {
			id, err = tx.InsertPost(ctx, storage.Post{
				ClinicID: "main", AlertID: a.ID, PatientID: p.ID, Kind: "card", Channel: "C1", Payload: json.RawMessage(`{"v":1}`),
			}, now)
			return err
		})
		lock := func() (post storage.Post) {
			in(t, s, func(tx *storage.Tx) (err error) {
				post, err = tx.LockPost(ctx, id)
				return err
			})
			return post
		}
		change := func(payload string) {
			in(t, s, func(tx *storage.Tx) error {
				return tx.ChangePost(ctx, storage.Post{ID: id, ClinicID: "main", Payload: json.RawMessage(payload)})
			})
		}
		posting := func() { in(t, s, func(tx *storage.Tx) error { return tx.MarkPosting(ctx, id, now) }) }
		posted := func(version int) (again bool) {
			in(t, s, func(tx *storage.Tx) (err error) {
				again, err = tx.MarkPosted(ctx, id, "C1", "17.1", version, later(time.Second))
				return err
			})
			return again
		}

		if post := lock(); post.State != storage.PostQueued || post.Version != 1 || string(post.Payload) != `{"v":1}` {
			t.Errorf("%+v", post)
		}
		posting()
		change(`{"v":2}`) // news while Slack is being called
		if post := lock(); post.State != storage.PostPosting || post.Version != 2 {
			t.Errorf("%+v", post)
		}
		if !posted(1) {
			t.Error("the news would not be shown")
		}
		posting()
		if posted(2) {
			t.Error("shown already")
		}
		if post := lock(); post.State != storage.PostPosted || post.PostedVersion != 2 || post.TS != "17.1" || post.Attempts != 2 {
			t.Errorf("%+v", post)
		}
		change(`{"v":3}`)
		if post := lock(); post.State != storage.PostQueued || string(post.Payload) != `{"v":3}` {
			t.Errorf("%+v", post)
		}
		if at := must(s.PostAt(ctx, "C1", "17.1")); at.ID != id {
			t.Errorf("%+v", at)
		}
		if last := must(s.ThreadOf(ctx, "main", p.ID, "card")); last != id {
			t.Errorf("%+v", last)
		}
		if posts := must(s.PostsOfAlert(ctx, "main", a.ID)); len(posts) != 1 || posts[0].ID != id {
			t.Errorf("%+v", posts)
		}
		if _, err := s.PostByID(ctx, "other", id); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("from another clinic: %v", err)
		}
	})
}

func TestAPostWhoseOutcomeIsUnknownIsFound(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		var ids []string
		in(t, s, func(tx *storage.Tx) error {
			for range 4 {
				id, err := tx.InsertPost(ctx, storage.Post{ClinicID: "main", Kind: "note", Channel: "C1", Payload: json.RawMessage(`{}`)}, now)
				if err != nil {
					return err
				}
				ids = append(ids, id)
			}
			return nil
		})
		in(t, s, func(tx *storage.Tx) error {
			return errors.Join(tx.MarkPosting(ctx, ids[0], now), tx.CancelPost(ctx, ids[1], "resolved"), tx.FailPost(ctx, ids[2], "channel_not_found"))
		})
		in(t, s, func(tx *storage.Tx) error {
			if stuck := must(tx.StuckPosts(ctx, storage.Stuck{}, later(time.Minute), 10)); len(stuck) != 1 || stuck[0].ID != ids[0] {
				t.Errorf("%+v", stuck)
			}
			return tx.RequeuePost(ctx, ids[0], "not in the channel")
		})
		if queued := must(s.QueuedPosts(ctx, later(time.Minute), 10)); len(queued) != 2 {
			t.Errorf("%+v", queued)
		}
		for _, f := range []func(tx *storage.Tx) error{
			func(tx *storage.Tx) error { return tx.MarkPosting(ctx, ids[1], now) },
			func(tx *storage.Tx) error { return tx.RequeuePost(ctx, ids[2], "x") },
			func(tx *storage.Tx) error { _, err := tx.MarkPosted(ctx, ids[1], "C1", "1", 1, now); return err },
		} {
			if err := s.InTx(ctx, f); !errors.Is(err, storage.ErrState) {
				t.Errorf("%v", err)
			}
		}
	})
}

func TestACallGoesItsWay(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		a, _ := openAlert(t, s, flare(p))
		var id string
		in(t, s, func(tx *storage.Tx) (err error) {
			id, err = tx.InsertCall(ctx, storage.Call{ClinicID: "main", AlertID: a.ID, ClinicianID: "michael", Phone: "+15559990000"}, now)
			return err
		})
		in(t, s, func(tx *storage.Tx) error { return tx.MarkCalling(ctx, id, now) })
		in(t, s, func(tx *storage.Tx) error {
			if stuck := must(tx.StuckCalls(ctx, storage.Stuck{}, later(time.Minute), 10)); len(stuck) != 1 || stuck[0].ID != id {
				t.Errorf("%+v", stuck)
			}
			return tx.RequeueCall(ctx, id, "not placed")
		})
		in(t, s, func(tx *storage.Tx) error { return tx.MarkCalling(ctx, id, now) })
		in(t, s, func(tx *storage.Tx) error { return tx.MarkPlaced(ctx, id, "CA1", now) })
		if c := must(s.CallByProvider(ctx, "CA1")); c.ID != id || c.State != storage.CallPlaced || c.Attempts != 2 {
			t.Errorf("%+v", c)
		}
		for i, first := range []bool{true, false} {
			in(t, s, func(tx *storage.Tx) error {
				got, err := tx.FinishCall(ctx, id, "CA1", "completed", later(time.Minute))
				if got != first {
					t.Errorf("%d: first %v", i, got)
				}
				return err
			})
		}
		if calls := must(s.CallsOfAlert(ctx, "main", a.ID)); len(calls) != 1 || calls[0].Result != "completed" || calls[0].Phone != "+15559990000" {
			t.Errorf("%+v", calls)
		}
		if err := s.InTx(ctx, func(tx *storage.Tx) error { return tx.FailCall(ctx, id, "x", now) }); !errors.Is(err, storage.ErrState) {
			t.Errorf("failed after it was done: %v", err)
		}
	})
}
