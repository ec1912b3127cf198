// Package seal encrypts the columns that identify a patient or say how they
// feel, and makes the keyed hash by which a phone number is found again.
//
// Values are sealed with AES-256-GCM under a keyset of Tink: the primary key
// seals, every key of the set opens, so keys can be rotated while the bot runs.
// Each value is bound to its place (table, column, row, clinic): a ciphertext
// moved to another row or column does not open.
package seal
