// Package storage remembers. It keeps what Backstop knows in PostgreSQL or in
// SQLite, with one text of SQL for both, and encrypts what identifies a patient
// or says how they feel.
//
// Writing happens inside Store.InTx; reading either there, through the Tx, or
// outside, through the Store. Times are microseconds since 1970 in BIGINT
// columns: the one representation that both engines keep, compare and index
// alike without a word of dialect. Ids are UUIDv7 text made here. Optional text
// is empty rather than NULL; optional times are NULL and read as the zero Time.
package storage
