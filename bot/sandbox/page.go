package sandbox

import "net/http"

type page struct{ s *Sandbox }

func newPage(s *Sandbox) *page { return &page{s: s} }

func (p *page) routes(*http.ServeMux) {}
