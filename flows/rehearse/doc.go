// Package rehearse plays a whole course of care without a phone, a database or a
// clock: a model patient who answers, a clinician who approves what is asked, and
// between them the flows, step by step. A clinic sees in it what its protocol
// makes of a patient, week by week; the story of the product is told with it.
package rehearse
