// Package twilio speaks with Twilio: it sends texts and places calls through
// the REST API, lists what Twilio has, and takes in the webhooks by which
// Twilio brings inbound texts, delivery reports and pressed keys.
package twilio
