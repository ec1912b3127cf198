package bot

// HasSwept says whether a sweep has ended since the bot was made.
func (b *Bot) HasSwept() bool {
	b.sweeping.Lock()
	defer b.sweeping.Unlock()
	return !b.swept.lookedForStuck.IsZero()
}
