package flows

// Decision is what the readings after a session mean for the next one.
type Decision string

// The decisions of the rules, most urgent first.
const (
	Emergency        Decision = "EMERGENCY"
	UrgentSameDay    Decision = "URGENT_SAME_DAY"
	AlertFlare       Decision = "ALERT_FLARE"
	FlareWatch       Decision = "FLARE_WATCH"
	ClinicianManaged Decision = "CLINICIAN_MANAGED"
	Regress          Decision = "REGRESS"
	Hold             Decision = "HOLD"
	Progress         Decision = "PROGRESS"
	Await            Decision = "AWAIT"
)
