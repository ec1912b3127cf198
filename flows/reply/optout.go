package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cStopWish    = lexicon.Must("stop_wish")
	cStopWhole   = lexicon.Must("stop_whole")
	cNotStop     = lexicon.Must("not_stop")
	cTextsStrict = lexicon.Must("texts_strict")
	cCarrierStop = lexicon.Must("carrier_stop")
	cStartWhole  = lexicon.Must("start_whole")
	cCourtesy    = lexicon.Must("courtesy")
)

// wishGap is how many words may stand between "stop" and "texting me".
const wishGap = 5

// optsOut says whether the patient wants no more texts: a carrier word alone,
// or any wording that puts an end to the texts.
func (r *reading) optsOut() bool {
	return r.carrierWord() || r.stopOpens() || r.stopPhrase() || r.stopComposed()
}

// carrierWord finds STOP and its kin as the whole message, courtesies aside.
func (r *reading) carrierWord() bool {
	found := false
	for i := 0; i < len(r.toks); {
		if end := r.begins(i, cCarrierStop); end > 0 && !found {
			r.note("intent: stop", i, end, "carrier word")
			found, i = true, end
			continue
		}
		if r.toks[i].Kind != token.Word && r.toks[i].Kind != token.Number {
			i++
			continue
		}
		end := max(r.begins(i, cCourtesy), r.begins(i, cCarrierStop))
		if end == 0 {
			return false
		}
		i = end
	}
	return found
}

// stopOpens finds "STOP." as a sentence of its own before more text, and STOP
// in capitals before a new subject ("STOP i cant feel my legs").
func (r *reading) stopOpens() bool {
	if len(r.toks) < 2 || !r.is(0, "stop") && !r.is(0, "alto") && !r.is(0, "unsubscribe") {
		return false
	}
	if r.mark(1) && r.sent[min(2, len(r.toks)-1)] != r.sent[0] || r.is(1, ",") {
		return !r.isQuestion()
	}
	return r.toks[0].Upper && r.begins(1, cFirstPerson) > 0 && !r.is(1, "my")
}

func (r *reading) stopPhrase() bool {
	h, ok := r.find(cStopWhole, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(hypothetical|negated) != 0 && !r.negatesItself(h) || r.overlapped(h, cNotStop) {
			return false
		}
		if h.To-h.From == 1 {
			return r.wordCount() <= 4
		}
		return !r.overlapped(h, cStartWhole)
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "wish for no more texts")
	}
	return ok
}

// stopComposed finds a word of ending and, after it, the texts.
func (r *reading) stopComposed() bool {
	for _, h := range r.hits {
		if h.Concept != cStopWish || r.flags[h.From]&(hypothetical|someoneElse) != 0 || r.overlapped(h, cNotStop) {
			continue
		}
		if r.flags[h.From]&negated != 0 && !r.negatesItself(h) || r.begins(int(h.From)-1, cWhyAsk)+r.begins(int(h.From)-2, cWhyAsk) > 0 {
			continue
		}
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+wishGap && r.sent[j] == r.sent[h.From]; j++ {
			if r.begins(j, cPain) > 0 || r.begins(j, cNotTexts) > 0 || r.begins(j, cBut) > 0 {
				break
			}
			if end := r.begins(j, cTextsStrict); end > 0 {
				r.note("intent: stop", int(h.From), end, "an end to the texts")
				return true
			}
		}
	}
	return false
}

var (
	cWhyAsk   = lexicon.Must("why_ask")
	cNotTexts = lexicon.Must("not_texts")
)

// optsIn finds START and its kin, alone or as a wish.
func (r *reading) optsIn() bool {
	h, ok := r.find(cStartWhole, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|hypothetical) != 0 {
			return false
		}
		return h.To-h.From > 1 || r.only(cStartWhole, cCourtesy)
	})
	if ok {
		r.note("intent: start", int(h.From), int(h.To), "")
	}
	return ok
}
