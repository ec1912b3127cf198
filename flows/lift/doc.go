// Package lift is the arithmetic of loads: what can be put on a bar, what a set
// says about strength, what to lift next, and when to cheer. It takes its
// numbers from the protocol and decides nothing about pain: whether a load may
// rise is settled before it is asked.
//
// A load keeps the unit it was lifted in. What to lift is never computed from a
// load in another unit, and a personal best never compares two units.
package lift
