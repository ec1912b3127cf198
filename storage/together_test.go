package storage_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// Transactions that wait for SQLite's writer share a commit. What one of them
// does, or how it fails, must not show in the others.
func TestTransactionsThatShareACommitAreApart(t *testing.T) {
	const count = 40
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		refused := errors.New("refused")
		var group sync.WaitGroup
		var committed, undone atomic.Int64
		held := make(chan struct{})
		group.Go(func() { // meanwhile the others gather
			in(t, s, func(*storage.Tx) error {
				close(held)
				time.Sleep(50 * time.Millisecond)
				return nil
			})
		})
		<-held
		for i := range count {
			group.Go(func() {
				defer func() {
					if r := recover(); (r != nil) != (i%4 == 2) {
						t.Errorf("%d panics with %v", i, r)
					}
				}()
				err := s.InTx(ctx, func(tx *storage.Tx) error {
					tx.AtEnd(func(ok bool) {
						if ok {
							committed.Add(1)
						} else {
							undone.Add(1)
						}
					})
					if _, err := tx.FirstTime(ctx, fmt.Sprint(i), now); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return refused
					case 2:
						panic("crashed")
					}
					return nil
				})
				if want := i%4 == 1; errors.Is(err, refused) != want || err != nil && !want {
					t.Errorf("%d ends with %v", i, err)
				}
			})
		}
		group.Wait()
		if committed.Load() != count/2 || undone.Load() != count/2 {
			t.Errorf("%d were told that they are committed, %d that they are not", committed.Load(), undone.Load())
		}
		in(t, s, func(tx *storage.Tx) error {
			for i := range count {
				first, err := tx.FirstTime(ctx, fmt.Sprint(i), now)
				if err != nil {
					return err
				}
				if undone := i%4 == 1 || i%4 == 2; first != undone {
					t.Errorf("%d: kept is %v", i, !first)
				}
			}
			return nil
		})
	})
}

// Some failures take the whole transaction of SQLite along, that of the others too:
// those run again.
func TestTransactionsUndoneByAnotherRunAgain(t *testing.T) {
	const count = 10
	ctx := t.Context()
	s := storagetest.Open(t, storage.SQLite)
	var group sync.WaitGroup
	held := make(chan struct{})
	group.Go(func() {
		in(t, s, func(*storage.Tx) error {
			close(held)
			time.Sleep(50 * time.Millisecond)
			return nil
		})
	})
	<-held
	var once sync.Once
	for i := range count {
		group.Go(func() {
			err := s.InTx(ctx, func(tx *storage.Tx) (err error) {
				if _, err := tx.FirstTime(ctx, fmt.Sprint(i), now); err != nil {
					return err
				}
				if i == count/2 {
					once.Do(func() {
						_, err = tx.SQL().ExecContext(ctx, "ROLLBACK")
						err = errors.Join(err, errors.New("the disk is full"))
					})
				}
				return err
			})
			if (err != nil) != (i == count/2) {
				t.Errorf("%d ends with %v", i, err)
			}
		})
	}
	group.Wait()
	in(t, s, func(tx *storage.Tx) error {
		for i := range count {
			first, err := tx.FirstTime(ctx, fmt.Sprint(i), now)
			if err != nil {
				return err
			}
			if first != (i == count/2) {
				t.Errorf("%d: kept is %v", i, !first)
			}
		}
		return nil
	})
}

// What is to happen once a transaction is kept happens on both engines, alone and
// beside others, and not for one that was undone.
func TestWhatWaitsForTheCommitHappensOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		var kept, ended atomic.Int64
		var all sync.WaitGroup
		undone := errors.New("undone")
		for i := range 40 {
			all.Go(func() {
				err := s.InTx(t.Context(), func(tx *storage.Tx) error {
					tx.WhenKept(func() { kept.Add(1) })
					tx.AtEnd(func(committed bool) {
						if committed {
							ended.Add(1)
						}
					})
					if i%4 == 0 {
						return undone
					}
					return nil
				})
				if i%4 == 0 && !errors.Is(err, undone) || i%4 != 0 && err != nil {
					t.Errorf("transaction %d: %v", i, err)
				}
			})
		}
		all.Wait()
		if kept.Load() != 30 || ended.Load() != 30 {
			t.Errorf("kept %d, ended well %d, want 30 of each", kept.Load(), ended.Load())
		}
	})
}
