package reply

import "backstop/flows/reply/lexicon"

// The concepts that the code speaks of by name; the words are in lexicon/*.txt.
var (
	cBut            = lexicon.Must("but")
	cJoiner         = lexicon.Must("joiner")
	cSubject        = lexicon.Must("subject")
	cFirstPerson    = lexicon.Must("first_person")
	cAnaphor        = lexicon.Must("anaphor")
	cCarry          = lexicon.Must("handled_by")
	cPossessive     = lexicon.Must("possessive")
	cPreposition    = lexicon.Must("preposition")
	cProxy          = lexicon.Must("proxy")
	cIdiom          = lexicon.Must("idiom")
	cNegate         = lexicon.Must("negate")
	cPseudoNegation = lexicon.Must("pseudo_negation")
	cUnable         = lexicon.Must("unable")
	cStopper        = lexicon.Must("stopper")
	cIf             = lexicon.Must("if_word")
	cIfReal         = lexicon.Must("if_real")
	cHypothetical   = lexicon.Must("hypothetical")
	cOtherPerson    = lexicon.Must("other_person")
	cKinSpeaks      = lexicon.Must("kin_speaks")
	cRemotePast     = lexicon.Must("remote_past")
	cResolved       = lexicon.Must("resolved")
	cStillThere     = lexicon.Must("still_there")
	cLeft           = lexicon.Must("left")
	cBoth           = lexicon.Must("both")
	cBody           = lexicon.Must("leg")
	cBack           = lexicon.Must("back")
	cOtherBody      = lexicon.Must("other_body")
	cFeel           = lexicon.Must("feel")
	cFeelOther      = lexicon.Must("feel_other")
	cPain           = lexicon.Must("pain")
	cPainWord       = lexicon.Must("pain_word")
	cDistress       = lexicon.Must("distress")
	cWorry          = lexicon.Must("worry")
)

// symptomConcepts are what a negation is about.
var symptomConcepts = setOf("pain", "numb", "tingling", "weak", "fever", "night_sweats", "swollen", "cough_blood",
	"short_breath", "feel", "strength", "bleeding", "fainted", "gives_way", "pee", "bladder", "control", "urge", "lost_weight", "flare",
	"chest", "infection", "seizure", "faint", "foot_drop", "tripping", "cancer")

// bodyConcepts are the regions that may be rivals for one sensation.
var bodyConcepts = setOf("saddle", "leg", "legs", "arm", "chest", "jaw", "belly", "face", "back")

func setOf(names ...string) conceptSet {
	var s conceptSet
	for _, n := range names {
		s.add(lexicon.Must(n))
	}
	return s
}
