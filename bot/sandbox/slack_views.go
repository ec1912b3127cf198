package sandbox

import (
	"encoding/json"
	"strings"
)

// View is a modal or a home tab.
type View struct {
	ID, Type, User  string
	CallbackID      string
	ExternalID      string
	PrivateMetadata string
	Hash            string
	Blocks          json.RawMessage
	Raw             json.RawMessage   // as the bot gave it
	Root, Previous  string            // ids, for a modal pushed onto another
	Errors          map[string]string // shown under the fields, by block id
	inputs          map[string]map[string]any
}

// Modal is the modal a user sees: the topmost of those open.
func (sl *Slack) Modal(user string) (View, bool) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	stack := sl.stacks[user]
	if len(stack) == 0 {
		return View{}, false
	}
	return sl.views[stack[len(stack)-1]].copy(), true
}

// Home is the home tab as published for a user.
func (sl *Slack) Home(user string) (View, bool) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	v, ok := sl.views[sl.homes[user]]
	if !ok {
		return View{}, false
	}
	return v.copy(), true
}

func (v *View) copy() View {
	c := *v
	c.inputs = nil
	return c
}

// viewBytes is the size beyond which Slack refuses a view.
const viewBytes = 250_000

// readView checks a view and takes it over. It needs the lock.
func (sl *Slack) readView(raw json.RawMessage, kind string) (*View, error) {
	if len(raw) == 0 {
		return nil, fail("invalid_arguments")
	}
	if len(raw) > viewBytes {
		return nil, fail("view_too_large")
	}
	if problems := ValidateView(raw); len(problems) > 0 {
		return nil, &slackFail{name: "invalid_arguments", messages: problems}
	}
	var in struct {
		Type            string
		CallbackID      string `json:"callback_id"`
		ExternalID      string `json:"external_id"`
		PrivateMetadata string `json:"private_metadata"`
		Blocks          json.RawMessage
	}
	if err := json.Unmarshal(raw, &in); err != nil || in.Type != kind {
		return nil, fail("invalid_arguments")
	}
	blocks, err := sl.readBlocks(in.Blocks, func([]byte) []string { return nil })
	if err != nil {
		return nil, err
	}
	return &View{ID: sl.s.ids.slack("V"), Type: kind, CallbackID: in.CallbackID, ExternalID: in.ExternalID,
		PrivateMetadata: in.PrivateMetadata, Blocks: blocks, Raw: raw, Hash: sl.ts() + "." + sl.s.ids.digest()[:8],
		inputs: map[string]map[string]any{}}, nil
}

func (sl *Slack) viewsOpen(a slackArgs) (map[string]any, error) {
	return sl.openOnto(a, false)
}

func (sl *Slack) viewsPush(a slackArgs) (map[string]any, error) {
	return sl.openOnto(a, true)
}

func (sl *Slack) openOnto(a slackArgs, push bool) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	id := a.str("trigger_id")
	if id == "" {
		return nil, fail("invalid_arguments")
	}
	v, err := sl.readView(a.json("view"), "modal")
	if err != nil {
		return nil, err
	}
	if v.ExternalID != "" && sl.byExternal(v.ExternalID) != nil {
		return nil, fail("duplicate_external_id")
	}
	user, err := sl.spend(id)
	if err != nil {
		return nil, err
	}
	if !push {
		sl.closeAll(user)
	}
	if err := sl.open(v, user); err != nil {
		return nil, err
	}
	return map[string]any{"view": sl.viewJSON(v)}, nil
}

// open puts a modal on top of a user's; three is the most. It needs the lock.
func (sl *Slack) open(v *View, user string) error {
	stack := sl.stacks[user]
	if len(stack) >= 3 {
		return fail("push_limit_reached")
	}
	v.User, v.Root = user, v.ID
	if len(stack) > 0 {
		v.Previous = stack[len(stack)-1]
		v.Root = sl.views[v.Previous].Root
	}
	sl.views[v.ID] = v
	sl.stacks[user] = append(stack, v.ID)
	return nil
}

// closeAll needs the lock.
func (sl *Slack) closeAll(user string) {
	for _, id := range sl.stacks[user] {
		delete(sl.views, id)
	}
	delete(sl.stacks, user)
}

// closeTop needs the lock.
func (sl *Slack) closeTop(user string) {
	stack := sl.stacks[user]
	if len(stack) == 0 {
		return
	}
	delete(sl.views, stack[len(stack)-1])
	sl.stacks[user] = stack[:len(stack)-1]
}

func (sl *Slack) byExternal(id string) *View {
	for _, v := range sl.views {
		if v.ExternalID == id {
			return v
		}
	}
	return nil
}

func (sl *Slack) viewsUpdate(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	old := sl.views[a.str("view_id")]
	if old == nil && a.str("external_id") != "" {
		old = sl.byExternal(a.str("external_id"))
	}
	switch {
	case old == nil:
		return nil, fail("not_found")
	case a.str("hash") != "" && a.str("hash") != old.Hash:
		return nil, fail("hash_conflict")
	}
	v, err := sl.readView(a.json("view"), old.Type)
	if err != nil {
		return nil, err
	}
	sl.replace(old, v)
	return map[string]any{"view": sl.viewJSON(old)}, nil
}

// replace keeps who and where a view is, and what was entered into blocks that
// stay. It needs the lock.
func (sl *Slack) replace(old, v *View) {
	v.ID, v.User, v.Root, v.Previous, v.inputs = old.ID, old.User, old.Root, old.Previous, old.inputs
	*old = *v
}

func (sl *Slack) viewsPublish(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	user := a.str("user_id")
	if !sl.isUser(user) {
		return nil, fail("user_not_found")
	}
	v, err := sl.readView(a.json("view"), "home")
	if err != nil {
		return nil, err
	}
	if old, ok := sl.views[sl.homes[user]]; ok {
		if hash := a.str("hash"); hash != "" && hash != old.Hash {
			return nil, fail("hash_conflict")
		}
		sl.replace(old, v)
		return map[string]any{"view": sl.viewJSON(old)}, nil
	}
	v.User, v.Root = user, v.ID
	sl.views[v.ID], sl.homes[user] = v, v.ID
	return map[string]any{"view": sl.viewJSON(v)}, nil
}

// viewJSON is a view as the API and the payloads show it. It needs the lock.
func (sl *Slack) viewJSON(v *View) map[string]any {
	var given map[string]any
	_ = json.Unmarshal(v.Raw, &given)
	o, team := sl.s.opt, sl.teamOfUser(v.User)
	return map[string]any{
		"id": v.ID, "team_id": team, "app_id": o.AppID, "app_installed_team_id": team, "bot_id": o.BotID,
		"type": v.Type, "callback_id": v.CallbackID, "external_id": v.ExternalID, "private_metadata": v.PrivateMetadata,
		"title": given["title"], "submit": given["submit"], "close": given["close"], "blocks": v.Blocks,
		"state": map[string]any{"values": stateOf(parseBlocks(v.Blocks), v.inputs)}, "hash": v.Hash,
		"clear_on_close": truth(given, "clear_on_close"), "notify_on_close": truth(given, "notify_on_close"),
		"root_view_id": v.Root, "previous_view_id": orNull(v.Previous),
	}
}

// words reads a plain text of the view: its title, submit or close.
func (v View) words(key string) string {
	var given map[string]any
	_ = json.Unmarshal(v.Raw, &given)
	return strings.TrimSpace(text(given, key))
}
