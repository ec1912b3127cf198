package bot_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"backstop/bot/sandbox"
)

func TestAnAlertShowsThePictureOfTheLastWeeks(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.session()
		w.until(0, "19:05")
		w.texts("7")
		card := w.cards()[0]
		files := w.sandbox.Slack().Files()
		if len(files) == 0 || !says(card, `"slack_file":{"id":"`+files[0].ID+`"}`) && !strings.Contains(string(card.Blocks), files[0].ID) {
			t.Fatalf("the card shows no picture: %s, files %+v", card.Blocks, files)
		}
		if !says(card, "usual pain 1") || !says(card, "7 on Nov 24") {
			t.Errorf("the picture says nothing to who cannot see it: %s", card.Blocks)
		}
		if _, err := png.Decode(bytes.NewReader(files[0].Data)); err != nil {
			t.Errorf("the file is no picture: %v", err)
		}
		if len(files[0].Channels) != 0 {
			t.Errorf("the picture was shared with %v, want it in the card alone", files[0].Channels)
		}
	})
}

func TestAnAlertStandsWithoutItsPictureWhenSlackTakesNoFiles(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.sandbox.Slack().FailAlways("files.getUploadURLExternal", sandbox.SlackError("file_uploads_disabled"))
		w.enrol()
		w.session()
		w.until(0, "19:05")
		w.texts("7")
		if cards := w.cards(); len(cards) != 1 || !says(cards[0], "Pain 7, usual 1") {
			t.Fatalf("the channel shows %+v, want the alert", w.channel())
		}
		if n := w.sandbox.Slack().Requests("files.getUploadURLExternal"); n != 1 {
			t.Errorf("asked %d times for what Slack does not take, want once", n)
		}
	})
}

func TestAClinicMayDoWithoutPictures(t *testing.T) {
	each(t, func(w *world) {
		w.clinic.Slack.Pictures = false
		w.enrol()
		w.session()
		w.until(0, "19:05")
		w.texts("7")
		if files := w.sandbox.Slack().Files(); len(files) != 0 || len(w.cards()) != 1 {
			w.t.Errorf("%d files and %d alerts, want none and one", len(files), len(w.cards()))
		}
	})
}
