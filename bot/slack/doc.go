// Package slack speaks with Slack: it shows alerts as messages that change in
// place, and takes in the buttons, commands and events by which clinicians
// answer.
package slack
