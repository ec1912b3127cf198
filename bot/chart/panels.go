package chart

import (
	"fmt"
	"math"
	"time"

	"github.com/go-analyze/charts"
)

// painPanel draws the readings from 0 to 10, the usual pain, the days of
// flare-ups behind them, and a mark for every session below.
func (d *drawing) painPanel() {
	c := d.course
	y := func(value float64) int { return top + tall - int(value/10*tall) }
	d.text(fmt.Sprintf("%s   %s %g", d.say.pain, d.say.usual, c.Usual), left, top-40, ink)
	for _, f := range c.Flares {
		until := f.Until
		if until.IsZero() {
			until = c.Until
		}
		since := f.Since
		if since.Before(c.Since) {
			since = c.Since
		}
		x1, x2 := d.x(since), d.x(until)
		d.p.FilledRect(x1, top, max(x2, x1+8), top+tall, flare, nobody, 0)
		if x2-x1 > 110 {
			d.text(d.say.flare, x1+8, top+30, faint)
		}
	}
	for value := 0; value <= 10; value += 2 {
		d.line(grid, 2, charts.Point{X: left, Y: y(float64(value))}, charts.Point{X: width - right, Y: y(float64(value))})
		d.textEndingAt(fmt.Sprint(value), left-16, y(float64(value))+8, faint)
	}
	d.dashed(y(c.Usual), faint)
	var points []charts.Point
	for _, p := range c.Pain {
		points = append(points, charts.Point{X: d.x(p.At), Y: y(p.Pain)})
	}
	if len(points) > 1 {
		d.line(pain, stroke, points...)
	}
	for i, p := range points {
		color, radius := pain, dot
		if c.Pain[i].Pain >= c.AlertAt {
			color, radius = over, dot+3
		}
		d.p.Circle(radius, p.X, p.Y, color, paper, 2)
	}
	if n := len(points); n > 0 {
		last := points[n-1]
		label := fmt.Sprintf("%g", c.Pain[n-1].Pain)
		d.textEndingAt(label, last.X-16, last.Y+8, ink)
	}
	d.sessions(top + tall)
}

// sessions stand as triangles on the axis.
func (d *drawing) sessions(y int) {
	for _, at := range d.course.Sessions {
		x := d.x(at)
		d.p.FillArea([]charts.Point{{X: x, Y: y - 22}, {X: x - 11, Y: y}, {X: x + 11, Y: y}, {X: x, Y: y - 22}}, ink)
	}
}

// strengthPanel draws the top set of each day and what it says could be lifted once.
func (d *drawing) strengthPanel(from int) {
	c := d.course
	lowest, highest := math.Inf(1), 0.0
	for _, s := range c.Strength {
		lowest, highest = min(lowest, s.Load), max(highest, s.Load, s.E1RM)
	}
	lowest, highest = math.Floor(lowest*0.9/10)*10, math.Ceil(highest*1.05/10)*10
	y := func(value float64) int { return from + low - int((value-lowest)/(highest-lowest)*low) }
	d.text(fmt.Sprintf("%s (%s)", d.say.strength, c.Unit), left, from-24, ink)
	for i := range 3 {
		value := lowest + float64(i)/2*(highest-lowest)
		d.line(grid, 2, charts.Point{X: left, Y: y(value)}, charts.Point{X: width - right, Y: y(value)})
		d.textEndingAt(fmt.Sprintf("%.0f", value), left-16, y(value)+8, faint)
	}
	var loads, maxima []charts.Point
	for _, s := range c.Strength {
		loads = append(loads, charts.Point{X: d.x(s.At), Y: y(s.Load)})
		if s.E1RM > 0 {
			maxima = append(maxima, charts.Point{X: d.x(s.At), Y: y(s.E1RM)})
		}
	}
	if len(maxima) > 1 {
		d.line(load, stroke, maxima...)
	}
	for _, p := range maxima {
		d.p.Circle(dot, p.X, p.Y, paper, load, 3)
	}
	for _, p := range loads {
		d.p.FilledRect(p.X-7, p.Y-7, p.X+7, p.Y+7, load, paper, 1)
	}
}

// calendar writes the days below, one a week.
func (d *drawing) calendar(y int) {
	for i := 0; i < d.days; i += 7 {
		day := d.first.AddDays(i)
		at := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, d.course.Zone)
		d.line(faint, 2, charts.Point{X: d.x(at), Y: y}, charts.Point{X: d.x(at), Y: y + 8})
		if d.x(at) < width-right-70 {
			d.text(d.say.day(at), d.x(at), y+34, faint)
		}
	}
}

func (d *drawing) dashed(y int, color charts.Color) {
	for x := left; x < width-right; x += 20 {
		d.line(color, 2, charts.Point{X: x, Y: y}, charts.Point{X: min(x+10, width-right), Y: y})
	}
}
