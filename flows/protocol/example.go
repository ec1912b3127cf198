package protocol

import _ "embed"

// Example is a complete clinic file with a comment on every key. Its clinic
// uses numbers that belong to nobody.
//
//go:embed example.yaml
var Example []byte
