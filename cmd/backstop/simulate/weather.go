package simulate

import "time"

// weather draws the days on which a provider is down or the clock is set.
func (w *world) weather() {
	for day := range 7 * w.o.Weeks {
		at := func() time.Time {
			return w.began.AddDate(0, 0, day).Add(time.Duration(w.rng.IntN(24*60)) * time.Minute)
		}
		lasts := func() time.Duration { return time.Duration(2+w.rng.IntN(58)) * time.Minute }
		if w.rng.Float64() < w.chances.twilioDown {
			from := at()
			w.twilio = append(w.twilio, outage{from, from.Add(lasts())})
		}
		if w.rng.Float64() < w.chances.slackDown {
			from := at()
			w.slack = append(w.slack, outage{from, from.Add(lasts())})
		}
		if w.rng.Float64() < w.chances.clockJump {
			w.at(at(), func() {
				w.injected("clock set")
				w.setClock(0)
			})
		}
		if w.rng.Float64() < w.chances.clockWrong {
			from, by := at(), time.Duration(1+w.rng.Int64N(int64(mostWrong)))
			if w.rng.IntN(2) == 0 {
				by = -by
			}
			w.at(from, func() { w.injected("clock hours wrong"); w.setClock(by) })
			until := from.Add(lasts())
			w.at(until, func() { w.setClock(0); w.unsure = until.Add(mostWrong) })
		}
	}
}

// setClock sets the machine's clock, which is never exact.
func (w *world) setClock(wrong time.Duration) {
	w.clock.offset = wrong + time.Duration(w.rng.IntN(4000)-2000)*time.Millisecond
}
