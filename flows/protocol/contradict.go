package protocol

import (
	"fmt"
	"slices"
	"strings"
)

// contradictions reports values that are each allowed but cannot hold together.
func contradictions(c Clinic, r rules) {
	p := c.Protocol

	r.that(c.Sender.Number != "" || c.Sender.Service != "", "sender", "needs a number or a messaging_service")
	r.that(len(c.OnCall) == 0 || c.Sender.Number != "", "sender.number", "is needed to ring the phones on call")
	r.that(c.Slack.Fallback == "" || c.Slack.Fallback != c.Slack.Channel, "slack.fallback_channel", "is the channel itself")

	p.Pain.contradictions(func(holds bool, key, reason string, args ...any) {
		r.that(holds, "protocol.pain."+key, reason, args...)
	})
	r.that(p.Baseline.Window <= p.Baseline.Stale, "protocol.baseline.stale", "must not be shorter than window")

	w := p.Windows
	r.that(w.MorningSend < w.MorningRemind, "protocol.windows.morning_remind", "must be after morning_send %s", w.MorningSend)
	r.that(w.MorningRemind < w.MorningClose, "protocol.windows.morning_close", "must be after morning_remind %s", w.MorningRemind)
	r.that(w.MorningClose <= w.EveningSend, "protocol.windows.evening_send", "must not be before morning_close %s", w.MorningClose)
	r.that(w.EveningSend <= w.EveningLatest, "protocol.windows.evening_latest", "must not be before evening_send %s", w.EveningSend)
	r.that(w.QuietFrom != w.QuietTo, "protocol.windows.quiet_to", "is quiet_from: nothing could ever leave")
	for _, at := range []struct {
		key  string
		time Clock
	}{
		{"windows.morning_send", w.MorningSend}, {"windows.morning_remind", w.MorningRemind},
		{"windows.evening_send", w.EveningSend},
		{"schedule.homework_at", p.Schedule.HomeworkAt}, {"schedule.homework_remind", p.Schedule.HomeworkRemind},
		{"schedule.weekly_at", p.Schedule.WeeklyAt}, {"schedule.weekly_remind_at", p.Schedule.WeeklyRemindAt},
		{"schedule.travel_at", p.Schedule.TravelAt}, {"schedule.relapse_at", p.Schedule.RelapseAt},
	} {
		r.that(!w.quietAt(at.time), "protocol."+at.key, "%s lies in the quiet hours, %s to %s", at.time, w.QuietFrom, w.QuietTo)
	}

	s := p.Schedule
	r.that(s.RelapseWeekly <= s.RelapseFortnight, "protocol.schedule.relapse_fortnightly_weeks", "must not be before relapse_weekly_weeks %d", s.RelapseWeekly)
	r.that(s.RelapseFortnight <= s.RelapseMonthly, "protocol.schedule.relapse_monthly_weeks", "must not be before relapse_fortnightly_weeks %d", s.RelapseFortnight)
	r.rising(toFloats(s.PSFSWeeks), "protocol.schedule.psfs_weeks")
	r.that(p.Limits.PerWeekRelapse <= p.Limits.PerWeekActive, "protocol.limits.per_week_relapse", "must not be above per_week_active %d", p.Limits.PerWeekActive)
	r.that(p.Limits.PerWeekTravel <= p.Limits.PerWeekActive, "protocol.limits.per_week_maintain", "must not be above per_week_active %d", p.Limits.PerWeekActive)

	r.rising(p.Flare.ResumeSteps, "protocol.flare.resume_steps")
	r.rising(p.Lift.BellsKg, "protocol.lift.bells_kg")
	r.rising(p.Lift.BellsLb, "protocol.lift.bells_lb")
	r.that(p.Lift.LightBelowKg <= p.Lift.HeavyAboveKg, "protocol.lift.heavy_above_kg", "must not be below light_below_kg %v", p.Lift.LightBelowKg)
	r.that(p.Lift.LightBelowLb <= p.Lift.HeavyAboveLb, "protocol.lift.heavy_above_lb", "must not be below light_below_lb %v", p.Lift.LightBelowLb)
	for _, rise := range []struct {
		key        string
		rise, step float64
	}{
		{"light_step_kg", p.Lift.LightStepKg, p.Lift.StepKg}, {"light_step_lb", p.Lift.LightStepLb, p.Lift.StepLb},
		{"heavy_step_kg", p.Lift.HeavyStepKg, p.Lift.StepKg}, {"heavy_step_lb", p.Lift.HeavyStepLb, p.Lift.StepLb},
		{"week_jump_max_kg", p.Lift.WeekJumpMaxKg, p.Lift.StepKg}, {"week_jump_max_lb", p.Lift.WeekJumpMaxLb, p.Lift.StepLb},
	} {
		r.that(rise.rise >= rise.step, "protocol.lift."+rise.key, "%v is less than a step of plates, %v: no load would ever rise", rise.rise, rise.step)
	}
	r.that(p.Lift.BackOffMin <= p.Lift.BackOffMax, "protocol.lift.back_off_max", "must not be below back_off_min %v", p.Lift.BackOffMin)
	r.that(p.Deload.AmberEvenings <= p.Deload.AmberOfLast, "protocol.deload.trigger_amber", "must not be above trigger_amber_of %d", p.Deload.AmberOfLast)
	r.falling([]float64{p.Restart.OneWeek, p.Restart.TwoWeeks, p.Restart.FourWeeks, p.Restart.Longer}, "protocol.restart")
	for _, stage := range p.Stages {
		r.stage(stage, p.Lift)
	}
	r.that(p.Alerts.P1Ack <= p.Alerts.P1bAck, "protocol.alerts.p1b_ack", "must not be shorter than p1_ack")
}

// stage reports a stage that nobody could ever leave, or that asks for more than homework may.
func (r rules) stage(s Stage, lift Lift) {
	key := "protocol.stages." + s.ID
	r.that(s.RPEMax <= lift.RPECapUnsupervised, key+".rpe_max", "%v is over lift.rpe_cap_unsupervised %v", s.RPEMax, lift.RPECapUnsupervised)
	r.that(len(s.LiftDays) <= s.DaysMax, key+".lift_days", "names %d days, days_max is %d", len(s.LiftDays), s.DaysMax)
	if s.Exit.Within > 0 {
		possible := float64(s.DaysMax) * s.Exit.Within.Hours() / (7 * 24)
		r.that(float64(s.Exit.Sessions) <= possible, key+".exit.sessions", "%d sessions within %s cannot be done on %d days a week", s.Exit.Sessions, formatDuration(s.Exit.Within), s.DaysMax)
	}
	r.that(s.Exit.Mornings == 0 || s.DaysMax > 0, key+".days_max", "without a homework day no morning is asked about")
}

// rules reports broken rules at the line of the key they are about.
type rules struct {
	d        *decoder
	root     *node
	key      string
	mistakes Errors // of this clinic, so far
}

// that reports a broken rule, unless the value itself is a mistake already.
func (r rules) that(holds bool, key, reason string, args ...any) {
	where := join(r.key, key)
	wrong := slices.ContainsFunc(r.mistakes, func(e Error) bool {
		return e.Key == where || strings.HasPrefix(e.Key, where+".") || strings.HasPrefix(e.Key, where+"[")
	})
	if !holds && !wrong {
		r.d.add(r.line(key), where, reason, args...)
	}
}

func (r rules) rising(values []float64, key string) {
	r.that(len(values) > 0, key, "needs at least one value")
	r.that(slices.IsSorted(values) && len(slices.Compact(slices.Clone(values))) == len(values), key, "must rise from each value to the next")
}

func (r rules) falling(values []float64, key string) {
	back := slices.Clone(values)
	slices.Reverse(back)
	r.that(slices.IsSorted(back), key, "must not rise with the length of the break: %s", fmt.Sprint(values))
}

// line is where a key stands, or the nearest key above it that is there.
func (r rules) line(key string) int {
	at := r.root
	for _, part := range strings.Split(key, ".") {
		if !at.has(part) {
			break
		}
		at = at.child(part)
	}
	return at.line
}

func toFloats(ns []int) []float64 {
	out := make([]float64, len(ns))
	for i, n := range ns {
		out[i] = float64(n)
	}
	return out
}

// contradictions holds the thresholds against each other.
func (p Pain) contradictions(that func(holds bool, key, reason string, args ...any)) {
	that(p.GreenMax < p.AmberMax, "amber_max", "must be above green_max %v", p.GreenMax)
	that(p.AmberMax < p.AlertAbs, "alert_abs", "must be above amber_max %v", p.AmberMax)
	that(p.GreenUsualMax <= p.AmberMax, "green_usual_max", "must not be above amber_max %v", p.AmberMax)
	that(p.SettledDelta < p.RiseDelta, "settled_delta", "must be below rise_delta %v", p.RiseDelta)
	that(p.RiseDelta <= p.AlertDeltaMorning, "alert_delta_morning", "must not be below rise_delta %v", p.RiseDelta)
}
