package copy

import (
	"errors"
	"fmt"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Load reads a clinic file and gives each clinic its catalogue, in the same
// order. Its error is protocol.Errors: every mistake of the file, those in the
// wording included.
func Load(name string, data []byte) ([]protocol.Clinic, []*Catalog, error) {
	clinics, err := protocol.Parse(name, data)
	var mistakes protocol.Errors
	if err != nil && !errors.As(err, &mistakes) {
		return nil, nil, err
	}
	catalogs := make([]*Catalog, len(clinics))
	for i, clinic := range clinics {
		c, wrong := judged(clinic)
		catalogs[i] = c
		mistakes = append(mistakes, wrong...)
	}
	if err := mistakes.InOrder(); err != nil {
		return nil, nil, err
	}
	return clinics, catalogs, nil
}

// For is a clinic's catalogue: the default one with the clinic's wording, when
// that is right and every exercise of its stages has words. Its error is
// protocol.Errors.
func For(clinic protocol.Clinic) (*Catalog, error) {
	c, mistakes := judged(clinic)
	if err := mistakes.InOrder(); err != nil {
		return nil, err
	}
	return c, nil
}

func judged(clinic protocol.Clinic) (*Catalog, protocol.Errors) {
	c, mistakes := Default().With(clinic.Wording)
	for _, stage := range clinic.Protocol.Stages {
		for _, x := range stage.Exercises {
			if _, ok := c.Lookup(reply.Lang(clinic.Language), Key(exercisePrefix+x.ID)); !ok {
				mistakes = append(mistakes, clinic.Mistake("protocol.stages."+stage.ID,
					fmt.Sprintf("the exercise %s needs wording.%s.%s%s", x.ID, clinic.Language, exercisePrefix, x.ID)))
			}
		}
	}
	return c, append(mistakes, c.tooLong(clinic)...)
}

// tooLong are the texts that cost too much with the clinic's own names and link.
func (c *Catalog) tooLong(clinic protocol.Clinic) protocol.Errors {
	var mistakes protocol.Errors
	for _, lang := range Languages {
		values := c.values(lang, LongVarsOf(clinic))
		for _, key := range c.order {
			t := c.texts[lang][key]
			for _, pieces := range t.parsed {
				body, _ := fillPieces(pieces, values)
				if _, _, parts := Segments(body); parts > t.Parts {
					mistakes = append(mistakes, clinic.Mistake("wording."+string(lang)+"."+string(key),
						fmt.Sprintf("takes %d segments with the clinic's names and link, at most %d allowed", parts, t.Parts)))
				}
			}
		}
	}
	return mistakes
}
