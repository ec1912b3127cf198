package protocol

// Protocol is the care protocol of a clinic: when to ask, how to judge the
// answers, and what to lift.
type Protocol struct {
	Pain       Pain       `yaml:"pain"`
	Baseline   Baseline   `yaml:"baseline"`
	Trend      Trend      `yaml:"trend"`
	Windows    Windows    `yaml:"windows"`
	Schedule   Schedule   `yaml:"schedule"`
	Limits     Limits     `yaml:"limits"`
	Flare      Flare      `yaml:"flare"`
	Gate       Gate       `yaml:"gate"`
	Checkpoint Checkpoint `yaml:"checkpoint"`
	Lift       Lift       `yaml:"lift"`
	Deload     Deload     `yaml:"deload"`
	Restart    Restart    `yaml:"restart"`
	Alerts     Alerts     `yaml:"alerts"`
	Locale     Locale     `yaml:"locale"`
	Stages     Ladder     `yaml:"stages"`
}

// Default is the protocol of a clinic whose file changes nothing.
func Default() Protocol {
	var p Protocol
	setDefaults(&p)
	p.Stages = defaultLadder()
	return p
}
