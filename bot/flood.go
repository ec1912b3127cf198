package bot

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// under is the post in whose thread the card of a new alert stands; empty for a
// message of its own. A patient has one card in the channel: a further alert that
// is no more urgent stands in its thread. When very many patients are told of at
// once, the cards beyond the first few stand in the thread of one message. An
// emergency always stands alone.
func (c *carrier) under(ctx context.Context, a storage.Alert) (string, error) {
	if urgencyOf(a.Level) == priorityUrgent {
		return "", nil
	}
	if own, err := c.ownThread(ctx, a); err != nil || own != "" {
		return own, err
	}
	rules := c.clinic.Protocol.Alerts
	lately, err := c.tx.AlertsSince(ctx, c.clinic.ID, c.now.Add(-rules.FloodWithin))
	if err != nil {
		return "", err
	}
	alone := 0
	for _, other := range lately {
		if other.ID != a.ID && urgencyOf(other.Level) != priorityUrgent && contentOf(other).Under == "" {
			alone++
		}
	}
	if alone < rules.FloodAfter {
		return "", nil
	}
	return c.floodHead(ctx)
}

// ownThread is the thread of another alert of the patient that nobody has
// resolved and that is at least as urgent; empty for none.
func (c *carrier) ownThread(ctx context.Context, a storage.Alert) (string, error) {
	if c.patient.ID == "" {
		return "", nil
	}
	alerts, err := c.tx.AlertsOf(ctx, c.clinic.ID, c.patient.ID, 20)
	if err != nil {
		return "", err
	}
	for _, other := range alerts {
		if other.ID == a.ID || other.State == storage.AlertResolved || a.Level.MoreUrgentThan(other.Level) {
			continue
		}
		if above := contentOf(other).Under; above != "" {
			return above, nil
		}
		posts, err := c.tx.PostsOfAlert(ctx, c.clinic.ID, other.ID)
		if err != nil {
			return "", err
		}
		if len(posts) > 0 {
			return posts[0].ID, nil
		}
	}
	return "", nil
}

// floodHead is the message in whose thread the cards of a flood stand; there is
// one for each hour at most.
func (c *carrier) floodHead(ctx context.Context) (string, error) {
	name := "flood:" + c.clinic.ID
	first, err := c.tx.FirstTime(ctx, name+":"+c.now.Format("2006-01-02T15"), c.now)
	if err != nil {
		return "", err
	}
	if first {
		head := storage.Post{ID: storage.NewID(), Kind: postFlood, Channel: c.clinic.Slack.Channel}
		if err := c.tx.SetCursor(ctx, name, head.ID, c.now); err != nil {
			return "", err
		}
		nobody := *c
		nobody.patient = storage.Patient{}
		return head.ID, nobody.post(ctx, head, postContent{}, priorityNormal)
	}
	id, err := c.tx.Cursor(ctx, name)
	if err != nil {
		return "", err
	}
	return id, c.bot.refreshFlood(ctx, c.tx, c.clinic.ID, id)
}

// refreshFlood brings the counts at the head of a flood up to date.
func (b *Bot) refreshFlood(ctx context.Context, tx *storage.Tx, clinicID, id string) error {
	head, err := tx.PostByID(ctx, clinicID, id)
	if err != nil || head.Kind != postFlood {
		return err
	}
	if err := tx.ChangePost(ctx, head); err != nil {
		return err
	}
	return b.showSoon(ctx, tx, clinicID, id, priorityBulk)
}

// floodNames is how many patients the head of a flood names.
const floodNames = 20

// flood is what stands at the head of a flood: how many, who, and what they have
// in common.
func (b *Bot) flood(ctx context.Context, clinic *flows.Clinic, head storage.Post) (*Overview, error) {
	lately, err := b.store.AlertsSince(ctx, clinic.ID, head.CreatedAt.Add(-time.Minute))
	if err != nil {
		return nil, err
	}
	inIt := slices.DeleteFunc(lately, func(a storage.Alert) bool { return contentOf(a).Under != head.ID })
	levels, states, rules := map[flows.Level]int{}, map[storage.AlertState]int{}, map[string]int{}
	list := Part{Title: "Who"}
	for _, a := range inIt {
		levels[a.Level]++
		states[a.State]++
		rules[ruleOf(a)]++
		if len(list.Lines) >= floodNames {
			continue
		}
		var p storage.Patient
		if a.PatientID != "" {
			if p, err = b.store.PatientByID(ctx, clinic.ID, a.PatientID); err != nil {
				return nil, err
			}
		}
		list.Lines = append(list.Lines, alertLine(clinic, a, p))
	}
	if left := len(inIt) - len(list.Lines); left > 0 {
		list.More = fmt.Sprintf("and %d more", left)
	}
	out := &Overview{
		Title: fmt.Sprintf("Many alerts at once: %d more stand in this thread", len(inIt)),
		Parts: []Part{list},
		Foot: []string{fmt.Sprintf("Flare-ups (P2): %d. For information (P3): %d. Open: %d, taken: %d, resolved: %d.", levels[flows.P2], levels[flows.P3],
			states[storage.AlertOpen], states[storage.AlertAcknowledged], states[storage.AlertResolved]),
			"Each has its card with its buttons in this thread, and on the Home tab. Emergencies are never put here."},
	}
	for rule, n := range rules {
		if rule != "" && n*3 >= len(inIt)*2 && n > 2 {
			out.Foot = append(out.Foot, fmt.Sprintf("%d of them come from rule %s. If the protocol was changed today, look at that first.", n, rule))
		}
	}
	return out, nil
}

var ruleAtEnd = regexp.MustCompile(`\(([RT]\d\w?)\)\.?$`)

// ruleOf is the rule an alert came from; empty where none is named.
func ruleOf(a storage.Alert) string {
	if m := ruleAtEnd.FindStringSubmatch(strings.TrimSpace(contentOf(a).Why)); m != nil {
		return m[1]
	}
	return ""
}
