package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Slack is the stand-in Slack: the Web API for the bot, and the methods below
// for whoever plays the clinicians.
type Slack struct {
	s       *Sandbox
	faults  *faultBook
	methods map[string]func(slackArgs) (map[string]any, error)

	mu        sync.Mutex
	channels  []*channel
	lastTS    int64 // microseconds; timestamps never repeat
	views     map[string]*View
	stacks    map[string][]string // user -> open modals, the last on top
	homes     map[string]string   // user -> view id of the home tab
	triggers  map[string]*trigger
	responses map[string]*responseURL
	uploads   map[string]*upload
	files     []*File
	events    []Event
	tokens    map[string]string // bot token -> workspace; empty when it is void
	grants    map[string]grant
	requests  map[string]int // method -> how often it was called
}

// channel is a channel or a direct conversation (its user set).
type channel struct {
	Channel
	user     string
	messages []*Message
}

func newSlack(s *Sandbox) *Slack {
	sl := &Slack{
		s: s, faults: newFaultBook(),
		views: map[string]*View{}, stacks: map[string][]string{}, homes: map[string]string{},
		triggers: map[string]*trigger{}, responses: map[string]*responseURL{}, uploads: map[string]*upload{},
		requests: map[string]int{}, grants: map[string]grant{},
		tokens: map[string]string{s.opt.SlackBotToken: s.opt.Team.ID},
	}
	for _, c := range s.opt.Channels {
		sl.channels = append(sl.channels, &channel{Channel: c})
	}
	sl.methods = map[string]func(slackArgs) (map[string]any, error){
		"auth.test": sl.authTest, "team.info": sl.teamInfo, "users.info": sl.usersInfo, "users.list": sl.usersList,
		"chat.postMessage": sl.postMessage, "chat.update": sl.updateMessage, "chat.delete": sl.deleteMessage,
		"chat.postEphemeral": sl.postEphemeral, "chat.getPermalink": sl.permalink,
		"conversations.history": sl.history, "conversations.replies": sl.replies, "conversations.info": sl.channelInfo,
		"conversations.list": sl.channelList, "conversations.members": sl.members, "conversations.open": sl.openIM,
		"conversations.join": sl.join, "reactions.add": sl.addReaction,
		"views.open": sl.viewsOpen, "views.push": sl.viewsPush, "views.update": sl.viewsUpdate,
		"views.publish":              sl.viewsPublish,
		"files.getUploadURLExternal": sl.uploadURL, "files.completeUploadExternal": sl.completeUpload,
		"files.info": sl.fileInfo, "files.delete": sl.fileDelete,
		"oauth.v2.access": sl.oauthAccess,
	}
	return sl
}

func (sl *Slack) routes(mux *http.ServeMux) {
	mux.HandleFunc("/api/{method}", sl.serve)
	mux.HandleFunc("GET /oauth/v2/authorize", sl.authorize)
	mux.HandleFunc("POST /oauth/v2/authorize", sl.authorize)
	mux.HandleFunc("POST /upload/v1/{id}", sl.receiveUpload)
	mux.HandleFunc("GET /files/{id}", sl.serveFile)
	mux.HandleFunc("POST /response/{token}", sl.receiveResponse)
}

// slackFail is a documented error: its name, and what is wrong in detail where
// Slack says so.
type slackFail struct {
	name     string
	messages []string
}

func (f *slackFail) Error() string { return f.name }

func fail(name string) error { return &slackFail{name: name} }

// openMethods need no token of the workspace.
var openMethods = map[string]bool{"oauth.v2.access": true, "api.test": true}

// serve answers one Web API call.
func (sl *Slack) serve(w http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	a, err := readSlackArgs(w, r)
	if err != nil {
		sl.answer(w, nil, fail("invalid_form_data"))
		return
	}
	run, known := sl.methods[method]
	if known {
		sl.mu.Lock()
		sl.requests[method]++
		sl.mu.Unlock()
	}
	f, faulty := sl.faults.take(method+" "+a.str("channel"), method, "in "+a.str("channel"), "")
	if faulty && !f.accept {
		if !sl.s.spoil(w, r, f) {
			sl.refuse(w, f)
		}
		return
	}
	var out map[string]any
	switch {
	case !known:
		err = fail("unknown_method")
	case openMethods[method]:
		out, err = run(a)
	default:
		if a.team, err = sl.teamOfToken(a.token); err == nil {
			err = sl.foreign(a.team, a)
		}
		if err == nil {
			out, err = run(a)
		}
	}
	if err == nil {
		sl.s.hub.changed()
	}
	if faulty && sl.s.spoil(w, r, f) {
		return
	}
	sl.answer(w, out, err)
}

func (sl *Slack) refuse(w http.ResponseWriter, f Fault) {
	writeJSON(w, f.status, map[string]any{"ok": false, "error": f.slack})
}

func (sl *Slack) answer(w http.ResponseWriter, out map[string]any, err error) {
	w.Header().Set("X-OAuth-Scopes", strings.Join(sl.s.opt.Scopes, ","))
	w.Header().Set("X-Slack-Req-Id", sl.s.ids.digest()[:20])
	body := map[string]any{"ok": err == nil}
	maps.Copy(body, out)
	if err != nil {
		body["error"] = err.Error()
		var f *slackFail
		if errors.As(err, &f) && len(f.messages) > 0 {
			body["response_metadata"] = map[string]any{"messages": f.messages}
		}
	}
	writeJSON(w, http.StatusOK, body)
}

// FailNext spoils the next n calls of a method; an empty method means any.
func (sl *Slack) FailNext(method string, n int, f Fault) { sl.faults.add(method, n, f) }

// FailAlways spoils every call of a method (any, when empty) until ClearFaults.
func (sl *Slack) FailAlways(method string, f Fault) { sl.faults.always(method, f) }

// FailIn spoils every call for a channel until ClearFaults.
func (sl *Slack) FailIn(channel string, f Fault) { sl.faults.always("in "+channel, f) }

// ClearFaults ends every ordered fault.
func (sl *Slack) ClearFaults() { sl.faults.clear() }

// Requests counts the calls of a method so far, spoiled ones included.
func (sl *Slack) Requests(method string) int {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	return sl.requests[method]
}

// slackArgs are the arguments of a call, from a form or from JSON.
type slackArgs struct {
	token string
	team  string // the token's
	form  url.Values
	body  map[string]json.RawMessage
}

// readSlackArgs takes the token from the form, the JSON or the header: the
// client library uses all of them.
func readSlackArgs(w http.ResponseWriter, r *http.Request) (slackArgs, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<20)
	var a slackArgs
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return a, err
		}
		if err := json.Unmarshal(raw, &a.body); err != nil {
			return a, err
		}
		a.form = r.URL.Query()
	} else {
		err := r.ParseMultipartForm(4 << 20)
		if err != nil && !errors.Is(err, http.ErrNotMultipart) {
			return a, err
		}
		a.form = r.Form
	}
	a.token = a.str("token")
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		a.token = strings.TrimSpace(bearer)
	}
	return a, nil
}

func (a slackArgs) has(key string) bool {
	_, ok := a.body[key]
	return ok || a.form.Has(key)
}

// str is an argument as text; a JSON value that is no string stays JSON.
func (a slackArgs) str(key string) string {
	raw, ok := a.body[key]
	if !ok {
		return a.form.Get(key)
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}

// json is a structured argument: encoded in a form field, or plain in JSON.
func (a slackArgs) json(key string) json.RawMessage {
	if s := a.str(key); s != "" && s != "null" {
		return json.RawMessage(s)
	}
	return nil
}

func (a slackArgs) is(key string) bool {
	v := a.str(key)
	return v == "true" || v == "1"
}

// ts makes the next timestamp. It needs the lock.
func (sl *Slack) ts() string {
	at := sl.s.now().UnixMicro()
	if at <= sl.lastTS {
		at = sl.lastTS + 1
	}
	sl.lastTS = at
	return formatTS(at)
}

// wall is the machine's clock: signatures, triggers and response addresses live
// by it, as the bot's own check of a signature does.
func wall() time.Time { return time.Now() }
