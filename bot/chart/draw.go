package chart

import (
	"fmt"
	"time"

	"github.com/go-analyze/charts"

	"backstop/bot"
	"backstop/flows/protocol"
)

// The picture's measures, in pixels. It is twice as large as it is shown, for
// sharp screens; phones and Slack scale it down.
const (
	width   = 1200
	left    = 90
	right   = 40
	top     = 90
	tall    = 360 // of the pain panel
	gap     = 80
	low     = 200 // of the strength panel
	foot    = 60
	stroke  = 4.0
	dot     = 9.0
	letters = 20.0
)

// The colors hold a contrast of at least 4.5 to 1 on white where they carry
// words or points, and no meaning rests on a color alone.
var (
	ink    = charts.ColorRGB(0x1d, 0x1c, 0x1d)
	faint  = charts.ColorRGB(0x61, 0x60, 0x61)
	grid   = charts.ColorRGB(0xe3, 0xe3, 0xe6)
	flare  = charts.ColorRGB(0xfb, 0xe3, 0xd6)
	pain   = charts.ColorRGB(0x1f, 0x3a, 0x5f)
	over   = charts.ColorRGB(0xb3, 0x26, 0x1e)
	load   = charts.ColorRGB(0x0b, 0x6e, 0x4f)
	paper  = charts.ColorRGB(0xff, 0xff, 0xff)
	nobody = charts.ColorTransparent
)

// Draw gives the picture of a course as a PNG. The strength panel is left out
// when nothing was lifted.
func Draw(c bot.Course) ([]byte, error) {
	d := &drawing{course: c, say: labelsOf(c.Lang)}
	d.first = protocol.DateOf(c.Since, c.Zone)
	d.days = daysBetween(d.first, protocol.DateOf(c.Until, c.Zone)) + 1
	height := top + tall + foot
	if len(c.Strength) > 0 {
		height += gap + low
	}
	d.p = charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: width, Height: height})
	d.p.FilledRect(0, 0, width, height, paper, nobody, 0)
	d.painPanel()
	if len(c.Strength) > 0 {
		d.strengthPanel(top + tall + gap)
	}
	d.calendar(height - foot)
	png, err := d.p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("draw the last weeks: %w", err)
	}
	return png, nil
}

// drawing is one picture under way.
type drawing struct {
	course bot.Course
	say    labels
	first  protocol.Date
	days   int
	p      *charts.Painter
}

func daysBetween(from, to protocol.Date) int {
	n := 0
	for d := from; d != to && n < 400; d = d.AddDays(1) {
		n++
	}
	return n
}

// x is where a moment stands: its day, and the hour within it.
func (d *drawing) x(at time.Time) int {
	local := at.In(d.course.Zone)
	day := float64(daysBetween(d.first, protocol.DateOf(at, d.course.Zone)))
	day += float64(local.Hour()*60+local.Minute()) / (24 * 60)
	return left + int(day/float64(d.days)*float64(width-left-right))
}

func (d *drawing) text(s string, x, y int, color charts.Color) {
	d.p.Text(s, x, y, 0, charts.FontStyle{FontSize: letters, FontColor: color})
}

// textEndingAt writes a label so that it ends at x.
func (d *drawing) textEndingAt(s string, x, y int, color charts.Color) {
	style := charts.FontStyle{FontSize: letters, FontColor: color}
	box := d.p.MeasureText(s, 0, style)
	d.p.Text(s, x-box.Width(), y, 0, style)
}

func (d *drawing) line(color charts.Color, thick float64, points ...charts.Point) {
	d.p.LineStroke(points, color, thick)
}
