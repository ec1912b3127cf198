package storage_test

import (
	"errors"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestASlackInstallationIsSealedReplacedAndForgotten(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx := t.Context()
			url := storagetest.URL(t, engine)
			s := storagetest.OpenURL(t, url)
			put := func(token string, at time.Time) {
				in(t, s, func(tx *storage.Tx) error {
					return tx.PutSlackInstall(ctx, storage.SlackInstall{Team: "T1", ClinicID: "main", Token: token, BotUser: "U9", InstalledBy: "U1", InstalledAt: storage.At(at)})
				})
			}
			if _, err := s.SlackInstallOf(ctx, "T1"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("before any: %v", err)
			}
			put("xoxb-first", now)
			put("xoxb-second", later(time.Hour))
			if got := must(s.SlackInstallOf(ctx, "T1")); got.Token != "xoxb-second" || got.InstalledBy != "U1" || got.ClinicID != "main" {
				t.Errorf("%+v", got)
			}

			rotated := must(storagetest.Keys(t).RotatePrimary())
			resealing := must(storage.Open(ctx, url, rotated))
			defer resealing.Close()
			for done := false; !done; {
				done = must(resealing.Reseal(ctx, 50, now))
			}
			only := must(storage.Open(ctx, url, must(rotated.DropOld())))
			defer only.Close()
			if got := must(only.SlackInstallOf(ctx, "T1")); got.Token != "xoxb-second" {
				t.Errorf("with new keys alone: %+v", got)
			}

			drop := func(at time.Time) {
				in(t, s, func(tx *storage.Tx) error { return tx.DropSlackInstall(ctx, "T1", at) })
			}
			drop(later(time.Minute)) // of the first one, told late
			must(only.SlackInstallOf(ctx, "T1"))
			drop(later(time.Hour))
			if _, err := only.SlackInstallOf(ctx, "T1"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("after it ended: %v", err)
			}
		})
	}
}
