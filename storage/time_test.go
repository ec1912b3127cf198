package storage

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestATimeIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", rapid.IntRange(-14*3600, 14*3600).Draw(t, "zone"))
		micros := rapid.Int64Range(-1<<50, 1<<52).Draw(t, "micros")
		written := At(time.UnixMicro(micros).In(zone).Add(time.Duration(rapid.IntRange(0, 999).Draw(t, "nanos"))))
		value, err := written.Value()
		if err != nil {
			t.Fatal(err)
		}
		var read Time
		if err := read.Scan(value); err != nil {
			t.Fatal(err)
		}
		if read != written || read.UnixMicro() != micros || read.Location() != time.UTC {
			t.Fatalf("wrote %v, read %v", written, read)
		}
	})
}

func TestNoTimeIsNull(t *testing.T) {
	value, err := At(time.Time{}).Value()
	if value != nil || err != nil {
		t.Errorf("wrote %v, %v", value, err)
	}
	read := At(time.Now())
	if err := read.Scan(nil); err != nil || !read.IsZero() {
		t.Errorf("read %v, %v", read, err)
	}
	if err := read.Scan("2026-03-02"); err == nil {
		t.Error("text was taken for a time")
	}
}

func TestColumnsAreNamedAfterFields(t *testing.T) {
	for field, column := range map[string]string{
		"ID": "id", "ClinicID": "clinic_id", "TS": "ts", "ThreadTS": "thread_ts", "NotBefore": "not_before",
		"CreatedAt": "created_at", "PostedVersion": "posted_version", "OnCall": "on_call",
	} {
		if got := snake(field); got != column {
			t.Errorf("%s is %s, want %s", field, got, column)
		}
	}
}
