package sandbox

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

//go:embed page
var pageFiles embed.FS

var templates = template.Must(template.ParseFS(pageFiles, "page/*.html"))

// page is what a browser shows: a phone and the workspace, drawn anew after
// every change.
type page struct {
	s *Sandbox

	mu      sync.Mutex
	running string // what the clock or an action is busy with; empty when idle
	failed  string // how the last one failed
}

func newPage(s *Sandbox) *page { return &page{s: s} }

func (p *page) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", p.index)
	mux.HandleFunc("GET /page/state", p.state)
	mux.HandleFunc("GET /page/events", p.stream)
	mux.HandleFunc("GET /page/file/{id}", func(w http.ResponseWriter, r *http.Request) {
		p.s.slack.writeFile(w, r.PathValue("id"))
	})
	mux.HandleFunc("GET /page/media/{message}/{file}", p.media)
	for _, name := range []string{"style.css", "morph.js", "page.js"} {
		mux.HandleFunc("GET /page/"+name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-cache")
			http.ServeFileFS(w, r, pageFiles, "page/"+name)
		})
	}
	p.actRoutes(mux)
}

// index is the empty house; the script furnishes it from /page/state.
func (p *page) index(w http.ResponseWriter, _ *http.Request) {
	o := p.s.opt
	type action struct {
		Index int
		Label string
	}
	var actions []action
	for i, a := range o.Actions {
		actions = append(actions, action{i, a.Label})
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", p.policy())
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "no-referrer")
	_ = templates.ExecuteTemplate(w, "index.html", map[string]any{
		"Title": o.Title, "Team": o.Team.Name, "HasClock": o.Clock != nil, "Actions": actions, "Users": o.Users,
		"Bot": o.BotName,
	})
}

// policy lets the page load nothing but itself, and pictures of the bot's.
func (p *page) policy() string {
	images := "'self' data:"
	if u, err := url.Parse(p.s.botURL("")); err == nil && u.Host != "" {
		images += " " + u.Scheme + "://" + u.Host
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src " + images +
		"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// state is the page's regions as HTML, for the phone, place and user chosen.
func (p *page) state(w http.ResponseWriter, r *http.Request) {
	v := p.look(r.URL.Query())
	regions := map[string]string{}
	for _, name := range []string{"clock", "tabs", "screen", "call", "side", "room", "modal"} {
		var b bytes.Buffer
		if err := templates.ExecuteTemplate(&b, name, v); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		regions[name] = strings.TrimSpace(b.String())
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"version": v.Version, "regions": regions, "phone": v.Phone.Number, "place": v.Place, "user": v.User,
		"busy": v.Clock.Busy, "modal": v.ModalID, "counts": v.Counts,
	})
}

// stream tells the browser when to ask for the state again.
func (p *page) stream(w http.ResponseWriter, r *http.Request) {
	flow := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	beat := time.NewTicker(10 * time.Second)
	defer beat.Stop()
	for {
		changed := p.s.hub.next()
		if _, err := fmt.Fprintf(w, "data: %d\n\n", p.s.hub.at()); err != nil || flow.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-beat.C:
		case <-r.Context().Done():
			return
		case <-p.s.ctx.Done():
			return
		}
	}
}

// media shows a picture a phone sent.
func (p *page) media(w http.ResponseWriter, r *http.Request) {
	x, _ := p.s.twilio.TextBySID(r.PathValue("message"))
	for _, m := range x.Media {
		if m.SID == r.PathValue("file") && m.Data != nil && strings.HasPrefix(m.ContentType, "image/") {
			w.Header().Set("Content-Type", m.ContentType)
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.Header().Set("Content-Security-Policy", "default-src 'none'")
			_, _ = w.Write(m.Data)
			return
		}
	}
	http.NotFound(w, r)
}
