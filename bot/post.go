package bot

import (
	"context"
	"encoding/json"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// The kinds of post.
const (
	postCard   = "card"   // an alert
	postLine   = "line"   // a line of words, in a thread where it has a parent
	postThread = "thread" // the head of a patient's own thread, where silent lines go
	postFlood  = "flood"  // the head of the thread in which the cards of a flood stand
	postDigest = "digest" // a morning's overview
)

// postContent is what a line, the head of a thread or a digest says, or the
// place and the picture of a card, kept sealed with it.
type postContent struct {
	Parent string `json:"parent,omitempty"` // the post whose thread it goes into; empty for none
	Line   string `json:"line"`
	Words  string `json:"words,omitempty"`

	Calls     []string `json:"calls,omitempty"`     // who is mentioned, by Slack id
	Broadcast bool     `json:"broadcast,omitempty"` // shown in the channel too, so that it is noticed
	Urgent    bool     `json:"urgent,omitempty"`    // overtakes in the channel's line

	Overview *Overview `json:"overview,omitempty"` // in place of the line
	Since    time.Time `json:"since,omitzero"`     // what a digest covers begins here
	Until    time.Time `json:"until,omitzero"`     // after this a digest is not shown any more

	Picture     string `json:"picture,omitempty"` // of a card
	PictureSays string `json:"picture_says,omitempty"`
}

// contentOfPost reads what a post says; nothing of one that cannot be read.
func contentOfPost(p storage.Post) postContent {
	var content postContent
	if json.Unmarshal(p.Payload, &content) != nil {
		return postContent{}
	}
	return content
}

// note leaves a silent line about the patient: in the thread of their open
// alert, else in a thread of their own.
func (c *carrier) note(ctx context.Context, e flows.Note) error {
	parent, stands, err := c.thread(ctx)
	if err != nil {
		return err
	}
	line := storage.Post{Kind: postLine, Channel: c.clinic.Slack.Channel}
	if line, err = c.putPost(ctx, line, postContent{Parent: parent, Line: e.Line, Words: c.quoted(e.Words)}); err != nil {
		return err
	}
	if stands {
		c.bot.showInTurn(ctx, c.tx, line.Channel, c.clinic.ID, line.ID)
	}
	return nil
}

// thread is the post under which news of a patient belongs. It does not stand
// there yet when it was stored just now: what is in its thread is shown after it.
func (c *carrier) thread(ctx context.Context) (id string, stands bool, err error) {
	id, err = c.tx.ThreadOf(ctx, c.clinic.ID, c.patient.ID, postThread)
	if err != nil || id != "" {
		return id, true, err
	}
	head, err := c.putPost(ctx, storage.Post{Kind: postThread, Channel: c.clinic.Slack.Channel},
		postContent{Line: calledInSlack(c.clinic, c.patient) + ": notes on the course of care"})
	if err != nil {
		return "", false, err
	}
	c.bot.showInTurn(ctx, c.tx, head.Channel, c.clinic.ID, head.ID)
	return head.ID, false, nil
}

// line posts a line of our words, and below it the patient's where the clinic lets Slack show them.
func (c *carrier) line(ctx context.Context, parent, line, words string) error {
	return c.post(ctx, storage.Post{Kind: postLine, Channel: c.clinic.Slack.Channel},
		postContent{Parent: parent, Line: line, Words: c.quoted(words)}, priorityNormal)
}

// quoted is a patient's words where the clinic lets Slack show them.
func (c *carrier) quoted(words string) string {
	if !c.clinic.Slack.QuoteWords {
		return ""
	}
	return words
}

// post stores a post and enqueues the job that shows it.
func (c *carrier) post(ctx context.Context, p storage.Post, content postContent, priority int) error {
	content.Urgent = priority == priorityUrgent
	p, err := c.putPost(ctx, p, content)
	if err != nil {
		return err
	}
	return c.bot.showSoon(ctx, c.tx, c.clinic.ID, p.ID, priority)
}

// putPost stores a post.
func (c *carrier) putPost(ctx context.Context, p storage.Post, content postContent) (storage.Post, error) {
	payload, err := json.Marshal(content)
	if err != nil {
		return p, err
	}
	p.ClinicID, p.PatientID, p.Payload = c.clinic.ID, c.patient.ID, payload
	p.ID, err = c.tx.InsertPost(ctx, p, c.now)
	return p, err
}

// showSoon enqueues the job that shows a post. A free hand does it meanwhile, as
// soon as the transaction has committed; the job then finds nothing left to do.
func (b *Bot) showSoon(ctx context.Context, tx *storage.Tx, clinicID, id string, priority int) error {
	b.after(ctx, tx, func(ctx context.Context) {
		if _, err := b.show(ctx, clinicID, id, itsJob); err != nil {
			b.log.ErrorContext(ctx, "show post", "post", id, "error", err)
		}
	})
	return b.enqueue(ctx, tx, postJob{ClinicID: clinicID, PostID: id}, priority)
}
