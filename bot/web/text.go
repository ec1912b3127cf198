package web

import (
	"context"
	_ "embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"

	"backstop/bot"
	"backstop/storage"
)

// Desk lets a clinician write one text to a patient. Each method's error is
// storage.ErrNotFound for a ticket that is none, or too old.
type Desk interface {
	TextPage(ctx context.Context, ticket string) (bot.TextPage, error)
	SendText(ctx context.Context, ticket, body string) (bot.TextPage, error)
	UndoText(ctx context.Context, ticket string) (bot.TextPage, error)
}

var (
	//go:embed text.html
	textHTML string
	//go:embed text.js
	textJS []byte
	//go:embed text.css
	textCSS []byte

	textTemplate = template.Must(template.New("text").Parse(textHTML))
)

// maxBody is far above a form with the longest text in it.
const maxBody = 64 << 10

// Pages are the pages clinicians open.
type Pages struct {
	desk Desk
	log  *slog.Logger
}

// New makes the pages.
func New(desk Desk, log *slog.Logger) *Pages { return &Pages{desk: desk, log: log} }

// Register puts the pages on their routes. Opening a page changes nothing:
// link scanners open pages too.
func (p *Pages) Register(mux *http.ServeMux) {
	mux.HandleFunc("GET /text/{ticket}", p.show)
	mux.HandleFunc("POST /text/{ticket}", p.send)
	mux.HandleFunc("POST /text/{ticket}/undo", p.undo)
	mux.HandleFunc("GET /text.js", asset("text/javascript; charset=utf-8", textJS))
	mux.HandleFunc("GET /text.css", asset("text/css; charset=utf-8", textCSS))
}

func asset(kind string, data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(data)
	}
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) {
	page, err := p.desk.TextPage(r.Context(), r.PathValue("ticket"))
	p.answer(w, r, page, "", err)
}

func (p *Pages) send(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form could not be read.", http.StatusBadRequest)
		return
	}
	body := r.PostForm.Get("body")
	page, err := p.desk.SendText(r.Context(), r.PathValue("ticket"), body)
	if err == nil && page.Wrong == "" { // a reload asks for the page, and sends nothing
		http.Redirect(w, r, bot.TextPath+r.PathValue("ticket"), http.StatusSeeOther)
		return
	}
	p.answer(w, r, page, body, err)
}

func (p *Pages) undo(w http.ResponseWriter, r *http.Request) {
	page, err := p.desk.UndoText(r.Context(), r.PathValue("ticket"))
	if err == nil {
		http.Redirect(w, r, bot.TextPath+r.PathValue("ticket"), http.StatusSeeOther)
		return
	}
	p.answer(w, r, page, "", err)
}

// answer shows the page; it is kept nowhere and framed by nobody.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, page bot.TextPage, typed string, err error) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	status := http.StatusOK
	view := struct {
		bot.TextPage
		Ticket, Typed, Trouble string
		UndoSeconds            int
	}{TextPage: page, Ticket: r.PathValue("ticket"), Typed: typed}
	switch {
	case errors.Is(err, storage.ErrNotFound):
		status, view.Trouble = http.StatusNotFound, "This page is too old, or was never ours. Press Text patient in Slack again."
	case err != nil:
		p.log.Error("page of a text", "error", err)
		status, view.Trouble = http.StatusInternalServerError, "That did not work just now. Nothing was sent; please try again."
	case page.Sent != nil:
		view.UndoSeconds = int(page.Sent.UndoFor.Seconds())
	}
	w.WriteHeader(status)
	if err := textTemplate.Execute(w, view); err != nil {
		p.log.Warn("page of a text not written", "error", err)
	}
}
