package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
)

// ErrIncomplete says that a form would not leave Slack's client: a field that
// is needed is empty, or too short or long. The view's Errors name the blocks.
var ErrIncomplete = errors.New("sandbox: the form is not complete")

// SubmitModal fills the open modal and sends it. Values go by action id or by
// block id: a string, or a list of strings where several can be chosen; what is
// not named keeps its initial value. The bot's response_action is carried out.
func (sl *Slack) SubmitModal(user string, values map[string]any) Delivery {
	sl.mu.Lock()
	stack := sl.stacks[user]
	if len(stack) == 0 {
		sl.mu.Unlock()
		return Delivery{Err: fmt.Errorf("sandbox: %s has no modal open", user)}
	}
	v := sl.views[stack[len(stack)-1]]
	if err := sl.enter(v, values); err != nil {
		sl.mu.Unlock()
		sl.s.hub.changed()
		return Delivery{Err: err}
	}
	payload := sl.payload("view_submission", user)
	payload["trigger_id"] = sl.newTrigger(user)
	payload["view"] = sl.viewJSON(v)
	payload["response_urls"] = []any{}
	id := v.ID
	sl.mu.Unlock()
	d := sl.interact(payload)
	sl.mu.Lock()
	sl.settle(id, user, d)
	sl.mu.Unlock()
	sl.s.hub.changed()
	return d
}

// enter stores values in a view and checks them as Slack's client does. It
// needs the lock.
func (sl *Slack) enter(v *View, values map[string]any) error {
	v.Errors = map[string]string{}
	known := v.take(values)
	for _, b := range parseBlocks(v.Blocks) {
		block := text(b, "block_id")
		for _, e := range elementsOf(b) {
			action := text(e, "action_id")
			state, err := fieldState(e, v.inputs[block][action])
			if err != nil {
				return err
			}
			if b["type"] != "input" {
				continue
			}
			if why := missing(b, e, state); why != "" {
				v.Errors[block] = why
			}
		}
	}
	for key := range values {
		if !known[key] {
			return fmt.Errorf("sandbox: the modal has no field %q", key)
		}
	}
	if len(v.Errors) > 0 {
		return fmt.Errorf("%w: %v", ErrIncomplete, v.Errors)
	}
	return nil
}

// take stores values by action id or block id, and returns every id there is.
func (v *View) take(values map[string]any) (known map[string]bool) {
	known = map[string]bool{}
	for _, b := range parseBlocks(v.Blocks) {
		block := text(b, "block_id")
		for _, e := range elementsOf(b) {
			action := text(e, "action_id")
			known[block], known[action] = true, true
			given, ok := values[action]
			if !ok {
				given, ok = values[block]
			}
			if !ok {
				continue
			}
			if v.inputs[block] == nil {
				v.inputs[block] = map[string]any{}
			}
			v.inputs[block][action] = given
		}
	}
	return known
}

// settle does what the bot's answer to a submission says. It needs the lock.
func (sl *Slack) settle(id, user string, d Delivery) {
	v, ok := sl.views[id]
	if !ok {
		return
	}
	if !d.OK() {
		v.Errors = map[string]string{"": "We had some trouble connecting. Try again?"}
		return
	}
	var answer struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	_ = json.Unmarshal([]byte(d.Body), &answer)
	trouble := func(err error) {
		if err != nil {
			v.Errors = map[string]string{"": "The app answered with a view that cannot be shown: " + err.Error()}
		}
	}
	switch answer.Action {
	case "errors":
		v.Errors = maps.Clone(answer.Errors)
	case "clear":
		sl.closeAll(user)
	case "update":
		next, err := sl.readView(answer.View, "modal")
		if err == nil {
			sl.replace(v, next)
		}
		trouble(err)
	case "push":
		next, err := sl.readView(answer.View, "modal")
		if err == nil {
			err = sl.open(next, user)
		}
		trouble(err)
	default:
		sl.closeTop(user)
	}
}

// CloseModal dismisses the open modal. The bot is told when it asked for it
// with notify_on_close.
func (sl *Slack) CloseModal(user string) Delivery {
	sl.mu.Lock()
	stack := sl.stacks[user]
	if len(stack) == 0 {
		sl.mu.Unlock()
		return Delivery{Err: fmt.Errorf("sandbox: %s has no modal open", user)}
	}
	view := sl.viewJSON(sl.views[stack[len(stack)-1]])
	sl.closeTop(user)
	payload := sl.payload("view_closed", user)
	payload["view"], payload["is_cleared"] = view, false
	sl.mu.Unlock()
	sl.s.hub.changed()
	if view["notify_on_close"] != true {
		return Delivery{}
	}
	return sl.interact(payload)
}
