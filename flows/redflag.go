package flows

import "backstop/flows/reply"

// tier is how soon a red flag needs care.
type tier int

const (
	tierNone    tier = iota
	tierNow          // an emergency department or 911
	tierSameDay      // a doctor today
)

// tierOf sorts the categories into emergencies and same-day care (IFOMPT
// framework, Finucane 2020; NHS back-pain advice).
func tierOf(flag reply.RedFlag) tier {
	switch flag {
	case reply.ChestPain, reply.VascularAAA, reply.OtherEmergency, reply.MentalHealthCrisis,
		reply.CaudaEquina, reply.NeuroDeficit, reply.TraumaFracture:
		return tierNow
	case reply.Infection, reply.Cancer:
		return tierSameDay
	case reply.NoRedFlag:
		return tierNone
	}
	return tierNow // a category unknown here is treated as the worst
}
