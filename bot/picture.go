package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/storage"
)

// pictureTries is how often a picture is tried before its card stays without one.
const pictureTries = 5

// drawSoon has the picture of a card drawn. It comes after the card itself: no
// alert waits for a picture.
func (b *Bot) drawSoon(ctx context.Context, tx *storage.Tx, clinic *flows.Clinic, patientID, postID string) error {
	if b.draw == nil || b.uploads == nil || !clinic.Slack.Pictures || patientID == "" || postID == "" {
		return nil
	}
	return b.enqueue(ctx, tx, pictureJob{ClinicID: clinic.ID, PostID: postID}, priorityNormal)
}

type pictureWorker struct {
	river.WorkerDefaults[pictureJob]

	bot *Bot
}

// Work draws the last weeks of the patient whom a card is about, uploads the
// picture, and has the card show it. An upload made twice does no harm.
func (w *pictureWorker) Work(ctx context.Context, job *river.Job[pictureJob]) error {
	b := w.bot
	p, err := b.store.PostByID(ctx, job.Args.ClinicID, job.Args.PostID)
	if err != nil {
		return err
	}
	clinic, err := b.clinic(p.ClinicID)
	if err != nil {
		return err
	}
	patient, err := b.store.PatientByID(ctx, p.ClinicID, p.PatientID)
	if err != nil {
		return err
	}
	course, err := b.course(ctx, clinic, patient)
	if err != nil || course.Empty() {
		return err
	}
	course.Lang = "en" // clinicians read English
	png, err := b.draw(course)
	if err != nil {
		return err
	}
	says := course.Describe()
	file, err := b.uploads.Upload(ctx, Picture{Team: clinic.Slack.Team, Name: "last-weeks.png", Says: says, PNG: png})
	if err != nil {
		return b.pictureFailed(ctx, job, err)
	}
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		p, err := tx.LockPost(ctx, p.ID)
		if err != nil {
			return err
		}
		content := contentOfPost(p)
		content.Picture, content.PictureSays = file, says
		if p.Payload, err = json.Marshal(content); err != nil {
			return err
		}
		if err := tx.ChangePost(ctx, p); err != nil {
			return err
		}
		return b.enqueue(ctx, tx, postJob{ClinicID: p.ClinicID, PostID: p.ID}, priorityNormal)
	})
}

// pictureFailed tries again what may work later. An alert without its picture
// is still an alert.
func (b *Bot) pictureFailed(ctx context.Context, job *river.Job[pictureJob], cause error) error {
	var failure *SendError
	if !errors.As(cause, &failure) {
		return cause
	}
	b.log.WarnContext(ctx, "picture not uploaded", "post", job.Args.PostID, "verdict", failure.Verdict, "reason", failure.Reason)
	switch failure.Verdict {
	case Retry, RetryLater, Ambiguous:
		if job.Attempt >= pictureTries {
			return river.JobCancel(fmt.Errorf("upload picture: %w", cause))
		}
		return river.JobSnooze(max(failure.RetryAfter, time.Second<<min(job.Attempt, 8)))
	default: // it is not going to be taken
	}
	return river.JobCancel(fmt.Errorf("upload picture: %w", cause))
}
