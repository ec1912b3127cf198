// Package copy holds every sentence a patient or an on-call clinician reads, in
// each language, and knows what a text costs as SMS. The sentences stand in
// en.yaml and es.yaml with their variables and their budget of segments; a
// clinic may put its own in their place, and With judges those.
//
// What a text may claim follows from the evidence: lifting is an option and not
// better than lighter exercise (Aasa 2015, JOSPT 45:77; Michaelson 2016, J
// Rehabil Med 48:456), and nothing shows that it keeps flare-ups away. The
// Spanish texts await a native clinical reviewer.
package copy
