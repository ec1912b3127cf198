// Package chart draws the course of a patient's last weeks as a PNG, in
// process: pain readings, sessions, days in a flare-up, and what was lifted.
package chart
