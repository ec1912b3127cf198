// Package migrations holds the steps that make our tables, one text for both
// engines. The job queue brings its own.
package migrations

import "embed"

// Files are the steps, in the order of their numbers.
//
//go:embed *.sql
var Files embed.FS
