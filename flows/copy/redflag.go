package copy

import "backstop/flows/reply"

// RedFlag is the advice for a category of red flag. With alerted it says that
// the therapist is being alerted, in the categories whose advice has room for
// that sentence: only after the alert has been delivered. The others name the
// one thing to do and nothing else.
func RedFlag(flag reply.RedFlag, alerted bool) Key {
	key := Key("rf." + string(flag))
	if _, ok := Default().Lookup(reply.English, key); !ok {
		return RedFlag(reply.OtherEmergency, alerted)
	}
	if _, ok := Default().Lookup(reply.English, key+".alerted"); ok && alerted {
		return key + ".alerted"
	}
	return key
}

// ClaimsAlert reports whether the advice for a category has a version that
// speaks of an alert, so that it is worth waiting for its delivery.
func (c *Catalog) ClaimsAlert(lang reply.Lang, flag reply.RedFlag) bool {
	_, ok := c.Lookup(lang, Key("rf."+string(flag)+".alerted"))
	return ok
}
