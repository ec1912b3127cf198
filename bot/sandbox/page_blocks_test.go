package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/slack-go/slack"

	"backstop/bot/sandbox"
)

// trend is a picture of readings, drawn in a few lines.
func trend() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 480, 140))
	for y := range 140 {
		for x := range 480 {
			img.Set(x, y, color.White)
			if y == 70 || x%80 == 0 {
				img.Set(x, y, color.Gray{225})
			}
		}
	}
	levels := []int{1, 0, 1, 2, 1, 7}
	for i, level := range levels {
		for y := 130 - level*16; y < 136; y++ {
			for x := i*80 + 28; x < i*80+52; x++ {
				img.Set(x, y, color.RGBA{13, 122, 111, 255})
			}
		}
	}
	var out bytes.Buffer
	_ = png.Encode(&out, img)
	return out.Bytes()
}

func options(names ...string) []*slack.OptionBlockObject {
	var out []*slack.OptionBlockObject
	for _, n := range names {
		out = append(out, slack.NewOptionBlockObject(strings.ToLower(strings.ReplaceAll(n, " ", "-")), plainText(n), nil))
	}
	return out
}

// enrollment is a modal with a field of every kind that the product may use.
func enrollment() slack.ModalViewRequest {
	note := slack.NewPlainTextInputBlockElement(plainText("What should we know?"), "note")
	note.Multiline = true
	name := slack.NewInputBlock("b_name", plainText("Name"), nil, slack.NewPlainTextInputBlockElement(nil, "name"))
	zone := slack.NewInputBlock("b_zone", plainText("Time zone"), plainText("Guessed from the number; please check."),
		slack.NewOptionsSelectBlockElement("static_select", plainText("Choose a zone"), "zone", options("New York", "Chicago", "Honolulu")...))
	day := slack.NewInputBlock("b_day", plainText("First session"), nil, slack.NewDatePickerBlockElement("day"))
	how := slack.NewInputBlock("b_how", plainText("Consent"), nil, slack.NewRadioButtonsBlockElement("how", options("On paper", "By word", "By text")...))
	lifts := slack.NewInputBlock("b_lifts", plainText("Lifts"), nil, slack.NewCheckboxGroupsBlockElement("lifts", options("Deadlift", "Squat")...))
	lifts.Optional = true
	more := slack.NewInputBlock("b_note", plainText("Note"), nil, note)
	more.Optional = true
	m := modal(name, zone, day, how, lifts, more)
	m.Title, m.Submit = plainText("Enroll a patient"), plainText("Enroll")
	return m
}

func TestBlocksModalsAndPicturesInABrowser(t *testing.T) {
	sb, b := play(t, sandbox.Options{Phones: []sandbox.Phone{{Number: ana, Name: `<b>"Ana"</b>`}},
		Actions: []sandbox.Action{{Label: "Finish Ana's session", Run: func(ctx context.Context) error { <-ctx.Done(); return nil }},
			{Label: "Heavy lift", Run: func(context.Context) error { return nil }}},
		Clock: &virtual{at: time.Date(2026, 11, 23, 19, 5, 0, 0, time.UTC)}})
	api, sl := slackClient(t, sb), sb.Slack()
	evil := `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script> *loud* <!channel>`
	picture := trend()
	f, err := api.UploadFile(slack.UploadFileParameters{Filename: "trend.png", FileSize: len(picture), Reader: bytes.NewReader(picture), AltTxt: "Mornings 1, 0, 1, 2, 1 and 7 now"})
	if err != nil {
		t.Fatal(err)
	}
	overflow := slack.NewOverflowBlockElement("more", options("Change plan", "Pause")...)
	who := slack.NewOptionsSelectBlockElement("users_select", plainText("Hand over to"), "hand_over")
	blocks := []slack.Block{
		slack.NewHeaderBlock(plainText("P1 · A.R. · Red flag: bladder, bowel or saddle area")),
		slack.NewSectionBlock(mrkdwn("*Now* <@U0SAM> is on call until <!date^1795464000^{time}|8 pm>.\n&gt; first rung at 19:01"), nil, slack.NewAccessory(overflow)),
		slack.NewSectionBlock(plainText(evil), nil, nil),
		slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: f.ID}, "Mornings 1, 0, 1, 2, 1 and 7 now", "", plainText("The last six days")),
		slack.NewDividerBlock(),
		slack.NewActionBlock("act", slack.NewButtonBlockElement("enroll", "a1", plainText("Text patient")).WithStyle("primary"), who),
		slack.NewContextBlock("c", mrkdwn("Told: go to the emergency department now. :rotating_light:")),
	}
	if _, _, err := api.PostMessage(room, slack.MsgOptionText("P1", false), slack.MsgOptionBlocks(blocks...)); err != nil {
		t.Fatal(err)
	}
	b.on("/slack/interactions", func(w http.ResponseWriter, r *http.Request) {
		var p slack.InteractionCallback
		if err := json.Unmarshal([]byte(r.Form.Get("payload")), &p); err != nil {
			t.Error(err)
		}
		if p.Type == slack.InteractionTypeBlockActions && p.ActionCallback.BlockActions[0].ActionID == "enroll" {
			if _, err := api.OpenView(p.TriggerID, enrollment()); err != nil {
				t.Error(err)
			}
		}
	})
	sb.Twilio().Text(ana, evil)

	ctx := browse(t, sb.URL())
	see(t, ctx, id("bubble-mine"), `<img src=x onerror=`)
	see(t, ctx, id("feed"), `<img src=x onerror=`)
	holds(t, ctx, `document.querySelector("img.bk-picture").naturalWidth === 480`)
	shot(t, ctx, "7-picture")
	step(t, ctx, chromedp.Click(chromedp.CSS(".overflow summary")), chromedp.Click(id("press-more-pause")))
	step(t, ctx, chromedp.SetValue(id("field-hand_over"), sam))
	await(t, sb, "both told", func() bool { return len(b.got("/slack/interactions")) == 2 })
	for i, want := range []string{`"value":"pause"},"type":"overflow"`, `"selected_user":"U0SAM"`} {
		if got := b.got("/slack/interactions")[i].Get("payload"); !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}

	step(t, ctx, chromedp.Click(id("press-enroll")), chromedp.WaitVisible(id("modal-submit")), chromedp.Click(id("modal-submit")))
	see(t, ctx, id("error-b_name"), "required")
	step(t, ctx, chromedp.SendKeys(id("field-name"), "Ana Ruiz"), chromedp.SetValue(id("field-day"), "2026-11-24"))
	step(t, ctx, chromedp.SetValue(id("field-zone"), "honolulu"))
	step(t, ctx, chromedp.Click(chromedp.CSS(`[data-testid=field-how] input[value="by-word"]`)),
		chromedp.Click(chromedp.CSS(`[data-testid=field-lifts] input[value=squat]`)))
	// Something happens elsewhere while the form is being filled.
	if _, _, err := api.PostMessage(room, slack.MsgOptionText("meanwhile", false)); err != nil {
		t.Fatal(err)
	}
	see(t, ctx, id("feed"), "meanwhile")
	shot(t, ctx, "8-enroll")
	step(t, ctx, chromedp.Click(id("modal-submit")))
	holds(t, ctx, `!document.getElementById("modal").open`)
	all := b.got("/slack/interactions")
	var p slack.InteractionCallback
	if err := json.Unmarshal([]byte(all[len(all)-1].Get("payload")), &p); err != nil {
		t.Fatal(err)
	}
	v := p.View.State.Values
	equal(t, "name", v["b_name"]["name"].Value, "Ana Ruiz")
	equal(t, "zone", v["b_zone"]["zone"].SelectedOption.Value, "honolulu")
	equal(t, "day", v["b_day"]["day"].SelectedDate, "2026-11-24")
	equal(t, "how", v["b_how"]["how"].SelectedOption.Value, "by-word")
	equal(t, "lifts", v["b_lifts"]["lifts"].SelectedOptions[0].Value, "squat")

	step(t, ctx, chromedp.Click(id("press-enroll")), chromedp.WaitVisible(id("modal-close")), chromedp.KeyEvent("\x1b"))
	holds(t, ctx, `!document.getElementById("modal").open`)
	if _, open := sl.Modal(michael); open {
		t.Error("Escape closed the dialog and not the modal")
	}
	step(t, ctx, chromedp.Click(id("action-0")), chromedp.WaitVisible(id("busy")))
	shot(t, ctx, "9-busy")
	holds(t, ctx, `document.title === "Backstop sandbox"`)
	b.server.Close()
	step(t, ctx, chromedp.SendKeys(id("phone-input"), "hello?\r"))
	see(t, ctx, id("toast"), "did not answer")
	see(t, ctx, id("bubble-mine"), "Not delivered")
	shot(t, ctx, "10-down")
}
