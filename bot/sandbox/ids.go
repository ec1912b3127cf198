package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync/atomic"
)

// ids makes identifiers that look like the real ones, never repeat within a
// sandbox, and are the same again for the same seed and order of events.
type ids struct {
	seed string
	n    atomic.Uint64
}

func newIDs(seed string) *ids { return &ids{seed: seed} }

// sid makes a Twilio identifier: two letters and 32 hex digits.
func (i *ids) sid(prefix string) string {
	return prefix + i.digest()[:32]
}

// slack makes a Slack identifier: a letter or two and capitals.
func (i *ids) slack(prefix string) string {
	return prefix + strings.ToUpper(i.digest()[:10])
}

func (i *ids) uuid() string {
	d := i.digest()
	return fmt.Sprintf("%s-%s-4%s-8%s-%s", d[:8], d[8:12], d[13:16], d[17:20], d[20:32])
}

func (i *ids) digest() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", i.seed, i.n.Add(1)))
	return hex.EncodeToString(sum[:])
}
