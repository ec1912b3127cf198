package reply

import "backstop/flows/reply/lexicon"

var (
	cGladWord  = lexicon.Must("glad_word")
	cSilenceIf = lexicon.Must("silence_if")
	cTexted    = lexicon.Must("texted")
	cMakeSo    = lexicon.Must("make_so")
	cNoLonger  = lexicon.Must("no_longer_comes")
	cPartWays  = lexicon.Must("part_ways")
)

// silenceReach is how many words may stand between a wish and what must not come.
const silenceReach = 7

// wishesSilence finds texts that would not come in a better world: "id be obliged
// if nobody texted this phone", "can you make it so i dont get these anymore", and
// the end of a chat about them: "texting isnt for me, lets end it here".
func (r *reading) wishesSilence() bool {
	h, ok := r.find(cGladWord, func(h lexicon.Hit) bool {
		return r.flags[h.From]&(negated|someoneElse) == 0 && r.silentIf(int(h.To))
	})
	if !ok {
		h, ok = r.find(cMakeSo, func(h lexicon.Hit) bool {
			return r.flags[h.From]&(negated|someoneElse) == 0 && r.comesNoMore(int(h.To))
		})
	}
	if !ok && r.any(cTextsNoun, cTextAct) {
		h, ok = r.find(cPartWays, func(h lexicon.Hit) bool { return r.closesWish(int(h.To)) && !r.any(cPain, cBack) })
	}
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "silence wished for")
	}
	return ok
}

// silentIf finds "if you did not write" after the gladness that ends before i.
func (r *reading) silentIf(i int) bool {
	for j := i; j < len(r.toks) && j < i+silenceReach && r.sent[j] == r.sent[i-1]; j++ {
		end := r.begins(j, cSilenceIf)
		if end == 0 {
			continue
		}
		for k := end; k < len(r.toks) && k < end+3 && r.begins(k, cTextsEnd) == 0; k++ {
			if told := max(r.begins(k, cTextAct), r.begins(k, cTexted)); told > 0 {
				return r.forGood(told, cToldWhom) && !r.onlyThen(told)
			}
			if sent := r.begins(k, cSendAct); sent > 0 {
				return r.forGood(sent, cSentWhat) && !r.onlyThen(sent)
			}
		}
	}
	return false
}

// comesNoMore finds "i dont get these anymore" after the making that ends before i.
func (r *reading) comesNoMore(i int) bool {
	for j := i; j < len(r.toks) && j < i+silenceReach && r.sent[j] == r.sent[i-1]; j++ {
		end := r.begins(j, cNoLonger)
		if end == 0 {
			continue
		}
		if r.flags[j]&negated != 0 && r.begins(j, cNegate) == 0 && !r.is(j, "never") {
			return false // "make sure i dont stop getting these"
		}
		texts := false
		for k := i; k < r.endOfClause(end-1); k++ {
			if r.begins(k, cPain)+r.begins(k, cBounded)+r.begins(k, cNotTexts) > 0 || r.exerciseAt(k) != "" {
				return false
			}
			texts = texts || r.begins(k, cTheseTexts) > 0 && !r.you(k) || r.begins(k, cTextsNoun) > 0
		}
		return texts && r.closesWish(r.textsEnd(end))
	}
	return false
}

// textsEnd skips the texts that may follow token i: "these", "any of these texts".
func (r *reading) textsEnd(i int) int {
	for i < len(r.toks) {
		end := max(r.begins(i, cTheseTexts), r.begins(i, cTextsNoun), r.begins(i, cSentWhat), r.begins(i, cReceive))
		if end == 0 && (r.is(i, "of") || r.is(i, "no") || r.is(i, "the") || r.is(i, "your")) {
			end = i + 1
		}
		if end == 0 {
			break
		}
		i = end
	}
	return i
}
