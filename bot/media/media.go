// Package media serves the pictures that texts bring to the provider that
// fetches them: an address with a sealed ticket, and nothing else.
package media

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"backstop/bot"
	"backstop/storage"
)

// Pictures draws what a ticket is for, as a PNG; storage.ErrNotFound where
// there is nothing to see.
type Pictures interface {
	PatientPicture(ctx context.Context, ticket string) ([]byte, error)
}

// Register puts the pictures on their route. A nil logger is silent. Tickets are
// never logged: who has one can see the picture.
func Register(mux *http.ServeMux, pictures Pictures, log *slog.Logger) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	mux.HandleFunc("GET "+bot.PicturePath+"{ticket}", func(w http.ResponseWriter, r *http.Request) {
		png, err := pictures.PatientPicture(r.Context(), r.PathValue("ticket"))
		switch {
		case errors.Is(err, storage.ErrNotFound):
			http.NotFound(w, r)
			return
		case err != nil:
			log.ErrorContext(r.Context(), "picture", "error", err)
			http.Error(w, "try again later", http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "image/png")
		h.Set("Cache-Control", "private, no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Robots-Tag", "noindex")
		_, _ = w.Write(png)
	})
}
