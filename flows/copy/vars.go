package copy

import (
	"strconv"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Vars are the values of the variables. VarsOf fills those a clinic gives; the
// rest belongs to the text. An empty one has no value.
type Vars struct {
	Clinic    string // the clinic's name
	PT        string // the clinician's signature
	Phone     string // where patients call, as people write it
	Emergency string // the emergency number; "your local emergency number" where empty
	Crisis    string // the crisis line; its sentence is left out where empty
	Limit     string // the pain over which a set is stopped
	Weekly    string // unsolicited texts a week
	Link      string // for booking

	Name     string // the patient's first name, at most
	Plan     string // what to lift or do, from Plan
	Cue      string // one thing to mind
	Lift     string // a set that was done: "deadlift 3x5 at 60 kg"
	Load     string // "60 kg"
	Unit     string // "kg"
	Best     string // a personal best: "120 kg"
	Pain     string // "3", "2.5"
	From, To string // pain then and now
	When     string // "tomorrow", "Tuesday", "Mon 08:00"
	Count    string
	Weeks    string
	Choices  string // "YES or NO", "1 or 2"
	Activity string // in the patient's words
	Item, Of string // of a questionnaire
	Question string // the next question
	Level    string // of an alert
	By       string // who took an alert
}

// VarsOf are the variables that are the same for everybody in a clinic.
func VarsOf(c protocol.Clinic) Vars {
	return Vars{
		Clinic:    c.Name,
		PT:        c.Signature,
		Phone:     c.PhoneShown(),
		Emergency: c.Protocol.Locale.EmergencyNumber,
		Crisis:    c.Protocol.Locale.CrisisLine,
		Limit:     strconv.FormatFloat(c.Protocol.Pain.AmberMax, 'f', -1, 64),
		Weekly:    strconv.Itoa(c.Protocol.Limits.PerWeekActive),
		Link:      c.BookingLink,
	}
}

// variable names, as templates write them.
var names = map[string]func(Vars) string{
	"clinic":    func(v Vars) string { return v.Clinic },
	"pt":        func(v Vars) string { return v.PT },
	"phone":     func(v Vars) string { return v.Phone },
	"emergency": func(v Vars) string { return v.Emergency },
	"crisis":    func(v Vars) string { return v.Crisis },
	"limit":     func(v Vars) string { return v.Limit },
	"weekly":    func(v Vars) string { return v.Weekly },
	"link":      func(v Vars) string { return v.Link },
	"name":      func(v Vars) string { return v.Name },
	"plan":      func(v Vars) string { return v.Plan },
	"cue":       func(v Vars) string { return v.Cue },
	"lift":      func(v Vars) string { return v.Lift },
	"load":      func(v Vars) string { return v.Load },
	"unit":      func(v Vars) string { return v.Unit },
	"best":      func(v Vars) string { return v.Best },
	"pain":      func(v Vars) string { return v.Pain },
	"from":      func(v Vars) string { return v.From },
	"to":        func(v Vars) string { return v.To },
	"when":      func(v Vars) string { return v.When },
	"count":     func(v Vars) string { return v.Count },
	"weeks":     func(v Vars) string { return v.Weeks },
	"choices":   func(v Vars) string { return v.Choices },
	"activity":  func(v Vars) string { return v.Activity },
	"item":      func(v Vars) string { return v.Item },
	"of":        func(v Vars) string { return v.Of },
	"question":  func(v Vars) string { return v.Question },
	"level":     func(v Vars) string { return v.Level },
	"by":        func(v Vars) string { return v.By },
}

// values looks variables up; two of them are sentences of the catalogue itself.
func (c *Catalog) values(lang reply.Lang, vars Vars) func(string) string {
	return func(name string) string {
		switch {
		case name == "emergency" && vars.Emergency == "":
			return c.Say(lang, PhraseEmergency, 0, Vars{})
		case name == "crisis_now" && vars.Crisis == "":
			return ""
		case name == "crisis_now" && vars.Crisis == "988":
			return c.Say(lang, PhraseCrisis988, 0, Vars{})
		case name == "crisis_now":
			return c.Say(lang, PhraseCrisisOther, 0, vars)
		}
		if get, ok := names[name]; ok {
			return get(vars)
		}
		return ""
	}
}

// known reports whether there is a variable of that name.
func known(name string) bool { return name == "crisis_now" || names[name] != nil }
