// Package flows decides what Backstop says and does for a patient. A
// conversation is a pure function: Step takes a clinic, a patient's snapshot,
// an event and the time, and returns the new snapshot and the effects. Nothing
// here reads a clock, a database, a network or a random number.
package flows
