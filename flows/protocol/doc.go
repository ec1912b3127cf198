// Package protocol is what a clinic decides for itself: the clinic file, and in
// it the numbers of the care protocol. Parse reads a file strictly and reports
// every mistake in it at once; Default is the protocol without a file.
//
// Each number stands once, as a field with its default, unit, range and a word
// on what it does; defaults, validation and Describe all read it there. Where a
// number rests on a study, the comment names it. All others are policy, chosen
// so that there is a number at all, and await clinical sign-off.
package protocol
