package reply

// elsewhere finds ratings of another part of the body, of effort, or of
// someone else's back.
func (r *reading) elsewhere(f *figure) claim {
	if r.flags[f.from]&(someoneElse|hypothetical) != 0 {
		return claimElsewhere
	}
	if j := f.from - 2; !r.any(cProxy) && (r.is(j, "his") || r.is(j, "hers") || r.is(j, "theirs") || r.is(j-1, "his") || r.is(j-1, "hers")) && r.all.has(cOtherPerson) {
		return claimElsewhere
	}
	for i := f.from - 1; i >= 0 && r.clause[i] == r.clause[f.from]; i-- {
		if _, ok := r.endsFigure(i + 1); ok && i+1 != f.from {
			break
		}
		switch {
		case r.begins(i, cBack) > 0 || r.begins(i, cRatingWord) > 0:
			return r.elsewhereWord(i, f)
		case r.begins(i, cEffort) > 0 && r.begins(i-1, cPreposition)+r.begins(i-2, cPreposition) == 0 && !r.ends(i, cTimeSession) && !r.ends(i, cTimePast):
			return claimEffort
		case r.begins(i, cOtherBody) > 0 && !r.legPain(i):
			return claimElsewhere
		}
	}
	return r.followedElsewhere(f)
}

// elsewhereWord looks whether "pain" at i is said of another part: "knee pain 6".
func (r *reading) elsewhereWord(i int, f *figure) claim {
	if r.begins(i, cBack) > 0 {
		return unclaimed
	}
	for j := i - 1; j >= 0 && i-j <= 3 && r.clause[j] == r.clause[i]; j-- {
		if _, ok := r.figureStarting(j); ok {
			break // "knee 6 pain 3"
		}
		if r.begins(j, cBack) > 0 {
			return unclaimed
		}
		if r.begins(j, cOtherBody) > 0 && !r.legPain(j) {
			return claimElsewhere
		}
	}
	for j := i + 1; j < f.from; j++ {
		if r.begins(j, cOtherBody) > 0 && !r.legPain(j) && r.begins(j-1, cPreposition) == 0 {
			return claimElsewhere
		}
	}
	return unclaimed
}

// followedElsewhere finds "8 in the knee", "an 8 effort wise".
func (r *reading) followedElsewhere(f *figure) claim {
	end := min(len(r.toks), f.to+4)
	for i := f.to; i < end && r.clause[i] == r.clause[f.from]; i++ {
		if r.begins(i, cBack) > 0 || r.begins(i, cRatingWord) > 0 {
			return unclaimed
		}
		if _, ok := r.figureStarting(i); ok {
			return unclaimed
		}
		if r.begins(i, cEffort) > 0 && i-f.to <= 1 {
			return claimEffort
		}
		if r.begins(i, cOtherBody) > 0 && !r.legPain(i) && r.begins(i-1, cPreposition)+r.begins(i-2, cPreposition) > 0 {
			return claimElsewhere
		}
	}
	return unclaimed
}

// legPain says whether the body word at i is a leg that the back may hurt in.
func (r *reading) legPain(i int) bool {
	return r.begins(i, cBody) > 0 && (r.is(i, "leg") || r.is(i, "pierna") || r.is(i, "calf") || r.is(i, "thigh"))
}
