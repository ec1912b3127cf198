package reply

// leavesAlready says whether the patient has what the "puede dejar" at i asks about: "¿puede dejar
// el pie caído? porque ya lo arrastro".
func (r *reading) leavesAlready(i int) bool {
	if !r.is(i, "puede") && !r.is(i, "pueden") || !r.is(i+1, "dejar") {
		return false
	}
	for j := i + 2; j < len(r.toks); j++ {
		if r.is(j, "ya") && r.begins(j+1, cNegate) == 0 {
			return true
		}
	}
	return false
}
