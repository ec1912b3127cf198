package sandbox

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Answer picks up and listens until the bot waits for a digit or hangs up.
func (t *Twilio) Answer(sid string) Delivery { return t.answer(sid, "human") }

// Voicemail picks up as an answering machine does: it listens, presses nothing
// and hangs up. The call ends as completed.
func (t *Twilio) Voicemail(sid string) Delivery {
	d := t.answer(sid, "machine_start")
	t.HangUp(sid)
	return d
}

func (t *Twilio) answer(sid, who string) Delivery {
	t.Ring(sid)
	c, ok := t.pickUp(sid, who)
	if !ok {
		return Delivery{Err: fmt.Errorf("sandbox: call %s does not ring", sid)}
	}
	if c.TwiML != "" {
		t.listen(sid, c.TwiML, "")
		return Delivery{Status: 200}
	}
	d := t.call(c.URL, t.voiceForm(sid), t.s.ids.uuid())
	t.obey(sid, c.URL, d)
	return d
}

func (t *Twilio) pickUp(sid, who string) (Call, bool) {
	unlock := t.onLine(sid)
	defer unlock()
	c, ok := t.move(sid, "ringing", "in-progress")
	if !ok {
		return c, false
	}
	t.mu.Lock()
	live := t.callSID[sid]
	live.Started = t.s.now()
	if live.Params.Get("MachineDetection") != "" {
		live.AnsweredBy = who
	}
	t.mu.Unlock()
	t.callback(sid, "answered", "in-progress")
	return c, true
}

// Press sends digits to the Gather in hand. It waits for the bot's answer.
func (t *Twilio) Press(sid, digits string) Delivery {
	t.mu.Lock()
	c, ok := t.callSID[sid]
	if !ok || !c.Waiting {
		t.mu.Unlock()
		return Delivery{Err: fmt.Errorf("sandbox: call %s waits for no digit", sid)}
	}
	action := c.action
	c.Waiting = false
	c.Digits = append(c.Digits, digits)
	t.mu.Unlock()
	form := t.voiceForm(sid)
	form.Set("Digits", digits)
	form.Set("FinishedOnKey", "")
	form.Set("msg", "Gather End")
	d := t.call(action, form, t.s.ids.uuid())
	t.obey(sid, action, d)
	return d
}

// AnswerAndPress picks up and presses digits.
func (t *Twilio) AnswerAndPress(sid, digits string) Delivery {
	if d := t.Answer(sid); d.Err != nil {
		return d
	}
	return t.Press(sid, digits)
}

// obey carries out the TwiML of an answer; a call whose answer is none ends.
func (t *Twilio) obey(sid, base string, d Delivery) {
	if !d.OK() {
		t.endCall(sid, "completed")
		return
	}
	t.listen(sid, d.Body, base)
}

// listen plays a document to the phone.
func (t *Twilio) listen(sid, doc, base string) {
	verbs, err := parseTwiML(doc)
	if err != nil {
		t.endCall(sid, "completed")
		return
	}
	t.play(sid, verbs, base)
}

// play goes up to the first Gather, and ends the call when there is none.
func (t *Twilio) play(sid string, verbs []verb, base string) {
	t.mu.Lock()
	c := t.callSID[sid]
	waiting := false
	for i, v := range verbs {
		if v.name == "Hangup" {
			break
		}
		if v.name == "Say" {
			c.Said = append(c.Said, v.text)
		}
		if v.name != "Gather" {
			continue
		}
		for _, inner := range v.verbs {
			if inner.name == "Say" {
				c.Said = append(c.Said, inner.text)
			}
		}
		c.Waiting, waiting = true, true
		c.action, c.rest, c.base = resolve(base, v.attr["action"]), verbs[i+1:], base
		break
	}
	c.Said = c.Said[max(0, len(c.Said)-historyKept):]
	t.mu.Unlock()
	if !waiting {
		t.endCall(sid, "completed")
		return
	}
	t.s.hub.changed()
}

// Silence lets the Gather in hand run out with nothing pressed: the call goes
// on with what follows it.
func (t *Twilio) Silence(sid string) {
	t.mu.Lock()
	c, ok := t.callSID[sid]
	if !ok || !c.Waiting {
		t.mu.Unlock()
		return
	}
	c.Waiting = false
	rest, base := c.rest, c.base
	t.mu.Unlock()
	t.play(sid, rest, base)
}

// resolve completes an action address; an empty one is the document's own.
func resolve(base, action string) string {
	b, err := url.Parse(base)
	if err != nil {
		return action
	}
	ref, err := b.Parse(action)
	if err != nil {
		return action
	}
	return ref.String()
}

// callback reports an event of the call if the bot asked for it.
func (t *Twilio) callback(sid, event, status string) Delivery {
	form := t.voiceForm(sid)
	form.Set("CallStatus", status)
	t.mu.Lock()
	c, ok := t.callSID[sid]
	if !ok || c.StatusCallback == "" || !slices.Contains(c.Events, event) {
		t.mu.Unlock()
		return Delivery{}
	}
	target := c.StatusCallback
	form.Set("CallbackSource", "call-progress-events")
	form.Set("SequenceNumber", strconv.Itoa(c.sequence))
	form.Set("Timestamp", t.s.now().Format(time.RFC1123Z))
	if event == "completed" {
		seconds := strconv.Itoa(int(c.Ended.Sub(c.Started).Seconds()))
		form.Set("CallDuration", seconds)
		form.Set("Duration", seconds)
	}
	c.sequence++
	t.mu.Unlock()
	d := t.call(target, form, t.s.ids.uuid())
	t.mu.Lock()
	c.Callbacks = lastOf(c.Callbacks, Callback{Status: status, Delivery: d})
	t.mu.Unlock()
	t.s.hub.changed()
	return d
}

func (t *Twilio) voiceForm(sid string) url.Values {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.callSID[sid]
	if c == nil {
		return url.Values{}
	}
	form := url.Values{
		"CallSid": {c.SID}, "AccountSid": {t.s.opt.AccountSID}, "From": {c.From}, "To": {c.To},
		"Caller": {c.From}, "Called": {c.To}, "CallStatus": {c.Status}, "Direction": {"outbound-api"},
		"ApiVersion": {apiVersion},
	}
	if c.AnsweredBy != "" {
		form.Set("AnsweredBy", c.AnsweredBy)
	}
	return form
}
