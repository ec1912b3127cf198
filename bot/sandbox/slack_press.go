package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
)

// Act is something a user does to a block: presses a button, chooses from a
// select. Either Channel and TS name a message, or View names a modal or home
// tab.
type Act struct {
	User        string
	Channel, TS string
	View        string
	ActionID    string
	BlockID     string         // needed only when several blocks have the same action id
	Value       any            // chosen option or options, date, text; nothing for a button
	Values      map[string]any // what else was entered into the view so far, as for SubmitModal
}

// Press presses a button of a message, or chooses nothing else than what it
// holds. It waits for the bot's answer.
func (sl *Slack) Press(user, channel, ts, actionID string) Delivery {
	return sl.Do(Act{User: user, Channel: channel, TS: ts, ActionID: actionID})
}

// PressIn presses a button of a view: the open modal, or the home tab.
func (sl *Slack) PressIn(user, viewID, actionID string) Delivery {
	return sl.Do(Act{User: user, View: viewID, ActionID: actionID})
}

// Do is Press with every choice.
func (sl *Slack) Do(act Act) Delivery {
	payload, err := sl.actionPayload(act)
	if err != nil {
		return Delivery{Err: err}
	}
	return sl.interact(payload)
}

// Again sends an interaction once more, byte for byte in its payload: what a
// proxy or an impatient finger can do.
func (sl *Slack) Again(payload []byte) Delivery {
	return sl.send("/slack/interactions", formType, url.Values{"payload": {string(payload)}}.Encode(), nil)
}

// Payload is the body Do would send, for Again.
func (sl *Slack) Payload(act Act) ([]byte, error) {
	payload, err := sl.actionPayload(act)
	if err != nil {
		return nil, err
	}
	return marshal(payload), nil
}

func (sl *Slack) interact(payload map[string]any) Delivery {
	d := sl.Again(marshal(payload))
	sl.s.hub.changed()
	return d
}

func (sl *Slack) actionPayload(act Act) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	payload := sl.payload("block_actions", act.User)
	payload["trigger_id"] = sl.newTrigger(act.User)
	if act.View != "" {
		v, ok := sl.views[act.View]
		if !ok {
			return nil, fmt.Errorf("sandbox: no view %s", act.View)
		}
		v.take(act.Values)
		action, err := sl.action(parseBlocks(v.Blocks), v.inputs, act)
		if err != nil {
			return nil, err
		}
		payload["container"] = map[string]any{"type": "view", "view_id": v.ID}
		payload["view"] = sl.viewJSON(v)
		payload["actions"] = []any{action}
		return payload, nil
	}
	c := sl.find(act.Channel)
	if c == nil || c.message(act.TS) == nil {
		return nil, fmt.Errorf("sandbox: no message %s in %s", act.TS, act.Channel)
	}
	m := c.message(act.TS)
	if m.inputs == nil {
		m.inputs = map[string]map[string]any{}
	}
	blocks := parseBlocks(m.Blocks)
	action, err := sl.action(blocks, m.inputs, act)
	if err != nil {
		return nil, err
	}
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": c.ID, "is_ephemeral": m.Ephemeral != ""}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload["container"] = container
	payload["channel"] = map[string]any{"id": c.ID, "name": c.Name}
	if m.Ephemeral == "" {
		payload["message"] = sl.messageJSON(c, m, true)
	}
	payload["state"] = map[string]any{"values": stateOf(blocks, m.inputs)}
	payload["actions"] = []any{action}
	payload["response_url"] = sl.newResponseURL(c.ID, m.TS, m.ThreadTS, act.User)
	return payload, nil
}

// action is the entry of actions; what was chosen is remembered in inputs.
func (sl *Slack) action(blocks []map[string]any, inputs map[string]map[string]any, act Act) (map[string]any, error) {
	b, e := findElement(blocks, act.BlockID, act.ActionID)
	if e == nil {
		return nil, fmt.Errorf("sandbox: nothing with action_id %q to press", act.ActionID)
	}
	out := map[string]any{"action_id": act.ActionID, "block_id": text(b, "block_id"), "type": e["type"], "action_ts": sl.ts()}
	if e["type"] == "button" {
		out["text"] = e["text"]
		for _, key := range []string{"value", "style", "url", "confirm"} {
			if e[key] != nil {
				out[key] = e[key]
			}
		}
		return out, nil
	}
	state, err := fieldState(e, act.Value)
	if err != nil {
		return nil, err
	}
	maps.Copy(out, state)
	if e["type"] != "overflow" {
		id := text(b, "block_id")
		if inputs[id] == nil {
			inputs[id] = map[string]any{}
		}
		inputs[id][act.ActionID] = act.Value
	}
	return out, nil
}

// stateOf is state.values: every element with a value, by block and action.
func stateOf(blocks []map[string]any, inputs map[string]map[string]any) map[string]any {
	values := map[string]any{}
	for _, b := range blocks {
		fields := map[string]any{}
		for _, e := range elementsOf(b) {
			if e["type"] == "button" || e["type"] == "overflow" {
				continue
			}
			id := text(e, "action_id")
			if state, err := fieldState(e, inputs[text(b, "block_id")][id]); err == nil {
				fields[id] = state
			}
		}
		if len(fields) > 0 {
			values[text(b, "block_id")] = fields
		}
	}
	return values
}

// payload has what every interaction has. It needs the lock.
func (sl *Slack) payload(kind, user string) map[string]any {
	u, _ := sl.user(user)
	o, t := sl.s.opt, sl.team(u.Team)
	return map[string]any{
		"type": kind, "api_app_id": o.AppID, "token": "sandbox",
		"team":       map[string]any{"id": t.ID, "domain": t.Domain},
		"user":       map[string]any{"id": u.ID, "username": u.Handle, "name": u.Handle, "team_id": t.ID},
		"enterprise": nil, "is_enterprise_install": false,
	}
}

// jsonBody reads the bot's answer as an object; nil when it is none.
func (d Delivery) jsonBody() map[string]any {
	var m map[string]any
	if json.Unmarshal([]byte(d.Body), &m) != nil {
		return nil
	}
	return m
}
