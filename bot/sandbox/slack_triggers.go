package sandbox

import "time"

// triggerLife is how long a trigger may open a modal.
const triggerLife = 3 * time.Second

type trigger struct {
	user string
	made time.Time
	used bool
}

// newTrigger needs the lock.
func (sl *Slack) newTrigger(user string) string {
	now := wall()
	for id, t := range sl.triggers {
		if now.Sub(t.made) > time.Hour {
			delete(sl.triggers, id)
		}
	}
	id := "13." + sl.s.ids.digest()[:10] + "." + sl.s.ids.digest()[:32]
	sl.triggers[id] = &trigger{user: user, made: now}
	return id
}

// spend uses a trigger up: it is good once and for three seconds. It needs the
// lock.
func (sl *Slack) spend(id string) (user string, err error) {
	t, ok := sl.triggers[id]
	switch {
	case !ok:
		return "", fail("invalid_trigger_id")
	case t.used:
		return "", fail("exchanged_trigger_id")
	case wall().Sub(t.made) > triggerLife:
		return "", fail("expired_trigger_id")
	}
	t.used = true
	return t.user, nil
}

// ExpireTriggers makes every trigger given out so far too old.
func (sl *Slack) ExpireTriggers() {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	for _, t := range sl.triggers {
		t.made = t.made.Add(-2 * triggerLife)
	}
}
