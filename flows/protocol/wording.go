package protocol

// Wording is a clinic's own text in place of one of the catalogue's.
type Wording struct {
	Lang  string
	Key   string
	Texts []string // the variants
	File  string
	Line  int
	Path  string // where it stands, for Mistake
}

// Wordings are a clinic's own texts; the wording package judges them.
type Wordings []Wording

// Mistake is a mistake in this wording.
func (w Wording) Mistake(reason string) Error {
	return Error{File: w.File, Line: w.Line, Key: w.Path, Reason: reason}
}

// decode reads languages, in them keys, and for each a text or a list of variants.
func (ws *Wordings) decode(d *decoder, n *node, key string) {
	for _, lang := range d.entries(n, key) {
		where := join(key, lang.key)
		if lang.key != "en" && lang.key != "es" {
			d.add(lang.line, where, "no such language: en and es")
			continue
		}
		for _, e := range d.entries(lang.value, where) {
			w := Wording{Lang: lang.key, Key: e.key, File: d.file, Line: e.line, Path: join(where, e.key)}
			w.Texts = d.texts(e.value, w.Path)
			if len(w.Texts) > 0 {
				*ws = append(*ws, w)
			}
		}
	}
}

func (d *decoder) texts(n *node, key string) []string {
	items := n.items
	if n.kind == scalar {
		items = []*node{n}
	}
	var texts []string
	for _, item := range items {
		if item.kind != scalar || item.text == "" {
			d.add(item.line, key, "wants a text, or a list of texts")
			continue
		}
		texts = append(texts, item.text)
	}
	if len(items) == 0 {
		d.add(n.line, key, "wants a text, or a list of texts")
	}
	return texts
}
