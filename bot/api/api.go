package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"backstop/bot"
	"backstop/storage"
)

// Desk takes patients and sessions in. Wrong fields are a bot.FieldErrors; the
// same external id again gives what is known, and created is false.
type Desk interface {
	CheckPatient(n bot.NewPatient) error
	CheckSession(ctx context.Context, n bot.NewSession) error
	Enrol(ctx context.Context, n bot.NewPatient, by string) (p storage.Patient, created bool, err error)
	LogSession(ctx context.Context, n bot.NewSession, by string) (s storage.Session, created bool, err error)
}

// Records are what is known. What is not there is a storage.ErrNotFound.
type Records interface {
	FindToken(ctx context.Context, secret string, now time.Time) (storage.Token, error)
	PatientByID(ctx context.Context, clinicID, id string) (storage.Patient, error)
	LiftsOfSession(ctx context.Context, clinicID, patientID, sessionID string) ([]storage.Lift, error)
	// InTx is for the record of who looked at whom.
	InTx(ctx context.Context, f func(*storage.Tx) error) error
}

// API answers other programs.
type API struct {
	desk    Desk
	records Records
	log     *slog.Logger
}

// New makes the API. A nil logger is silent.
func New(desk Desk, records Records, log *slog.Logger) *API {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &API{desk: desk, records: records, log: log}
}

// routes are all there is, each with what it allows.
func (a *API) routes() []route {
	return []route{
		{"/api/v1/patients", http.MethodPost, a.known(a.enrol)},
		{"/api/v1/patients/{id}", http.MethodGet, a.known(a.patient)},
		{"/api/v1/sessions", http.MethodPost, a.known(a.logSession)},
		{"/api/v1/openapi.json", http.MethodGet, describe},
	}
}

type route struct {
	path, method string
	answer       answerer
}

// Register puts the API on its routes: everything below /api/.
func (a *API) Register(mux *http.ServeMux) {
	for _, r := range a.routes() {
		mux.Handle(r.method+" "+r.path, a.logged(r.answer))
		mux.Handle(r.path, a.logged(notAllowed(r.method)))
	}
	mux.Handle("/api/", a.logged(func(context.Context, *http.Request) (answer, error) {
		return answer{}, plain(http.StatusNotFound, "There is nothing at this address; /api/v1/openapi.json says what there is.")
	}))
}

// notAllowed answers what a route does not do.
func notAllowed(method string) answerer {
	if method == http.MethodGet {
		method = "GET, HEAD"
	}
	return func(context.Context, *http.Request) (answer, error) {
		return answer{header: http.Header{"Allow": {method}}}, plain(http.StatusMethodNotAllowed, "This address takes "+method+" only.")
	}
}
