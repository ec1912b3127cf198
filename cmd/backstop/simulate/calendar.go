package simulate

import (
	"container/heap"
	"time"
)

// calendar is what is going to happen, in order.
type calendar struct {
	entries entries
	count   int
}

type entry struct {
	at     time.Time
	number int
	do     func()
}

type entries []entry

func (e entries) Len() int { return len(e) }

func (e entries) Less(i, j int) bool {
	if c := e[i].at.Compare(e[j].at); c != 0 {
		return c < 0
	}
	return e[i].number < e[j].number
}

func (e entries) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *entries) Push(x any)   { *e = append(*e, x.(entry)) }

func (e *entries) Pop() any {
	old := *e
	last := old[len(old)-1]
	*e = old[:len(old)-1]
	return last
}

func (c *calendar) put(at time.Time, do func()) {
	c.count++
	heap.Push(&c.entries, entry{at, c.count, do})
}

func (c *calendar) first() time.Time {
	if len(c.entries) == 0 {
		return time.Time{}
	}
	return c.entries[0].at
}

func (c *calendar) take(now time.Time) (func(), bool) {
	if len(c.entries) == 0 || c.entries[0].at.After(now) {
		return nil, false
	}
	return heap.Pop(&c.entries).(entry).do, true
}
