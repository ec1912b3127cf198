package protocol

import "time"

// Alerts says how soon a human must act. Without an acknowledgement in time the
// next person on call is rung.
type Alerts struct {
	P1Ack       time.Duration `yaml:"p1_ack" default:"5m" unit:"duration" min:"1m" max:"30m" help:"emergency: acknowledged within, else the phones ring"`
	P1bAck      time.Duration `yaml:"p1b_ack" default:"30m" unit:"duration" min:"5m" max:"4h" help:"a doctor today: acknowledged within"`
	P2Ack       time.Duration `yaml:"p2_ack_office" default:"2h" unit:"office hours" min:"15m" max:"10h" help:"flare-up: acknowledged within so much open time"`
	P3Ack       int           `yaml:"p3_ack_working_days" default:"1" unit:"working days" min:"1" max:"5" help:"for information: acknowledged by the end of so many working days"`
	RingNext    time.Duration `yaml:"ring_next" default:"5m" unit:"duration" min:"1m" max:"30m" help:"each next person on call is rung after this"`
	FloodAfter  int           `yaml:"flood_after" default:"5" unit:"cards" min:"2" max:"50" help:"so many flare-ups and notes (P2, P3) stand as messages of their own within flood_within; the rest stands in the thread of one message"`
	FloodWithin time.Duration `yaml:"flood_within" default:"10m" unit:"duration" min:"1m" max:"2h" help:"see flood_after; emergencies always stand alone"`
	Resolve     time.Duration `yaml:"resolve" default:"4h" unit:"duration" min:"30m" max:"72h" help:"an acknowledged emergency that is not resolved after this is brought up again"`
}

// Locale is what depends on the country. Where a number is empty, texts say
// "your local emergency number" and leave the crisis line out.
type Locale struct {
	EmergencyNumber string `yaml:"emergency_number" default:"911" unit:"phone" like:"short" optional:"true" help:"the emergency number of the country"`
	CrisisLine      string `yaml:"crisis_line" default:"988" unit:"phone" like:"short" optional:"true" help:"the crisis line; 988 takes calls and texts, day and night, in English and Spanish"`
}
