package chart_test

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/chart"
	"backstop/flows/reply"
)

var keep = flag.String("keep", "", "file to keep the picture in, to be looked at")

// weeks is a month with a flare-up in it.
func weeks(t testing.TB) bot.Course {
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	until := time.Date(2026, 11, 24, 19, 10, 0, 0, zone)
	c := bot.Course{Since: until.AddDate(0, 0, -28), Until: until, Zone: zone, Lang: reply.English, Usual: 1, AlertAt: 7, Unit: reply.Pound}
	for day, pain := range []float64{1, 1, 2, 1, 1, 0, 1, 3, 5, 6, 4, 3, 2, 1, 1, 1, 2, 1, 0, 1, 1, 2, 1, 1, 1, 2, 1, 7} {
		c.Pain = append(c.Pain, bot.PainAt{At: c.Since.AddDate(0, 0, day+1), Pain: pain})
	}
	for _, day := range []int{2, 7, 14, 21, 28} {
		c.Sessions = append(c.Sessions, c.Since.AddDate(0, 0, day).Add(-5*time.Hour))
	}
	c.Flares = []bot.Span{{Since: c.Since.AddDate(0, 0, 8), Until: c.Since.AddDate(0, 0, 13)}, {Since: until.Add(-time.Hour)}}
	for i, load := range []float64{205, 215, 215, 225} {
		c.Strength = append(c.Strength, bot.StrengthAt{At: c.Since.AddDate(0, 0, 2+7*i), Load: load, E1RM: load * 1.12})
	}
	return c
}

func TestDrawIsAPictureThatPhonesAndSlackTake(t *testing.T) {
	picture, err := chart.Draw(weeks(t))
	if err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		if err := os.WriteFile(*keep, picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatalf("not a PNG: %v", err)
	}
	if b := img.Bounds(); b.Dx() != 1200 || b.Dy() < 500 {
		t.Errorf("the picture measures %v", b)
	}
	const carriersTake = 500 << 10 // what MMS of every carrier lets through
	if len(picture) > carriersTake {
		t.Errorf("%d bytes, want at most %d", len(picture), carriersTake)
	}
}

func TestSameCourseGivesSamePicture(t *testing.T) {
	one, err := chart.Draw(weeks(t))
	if err != nil {
		t.Fatal(err)
	}
	two, err := chart.Draw(weeks(t))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		t.Error("two pictures of one course differ")
	}
}

func TestDrawTakesEveryCourse(t *testing.T) {
	full := weeks(t)
	for name, change := range map[string]func(*bot.Course){
		"nothing known":         func(c *bot.Course) { c.Pain, c.Sessions, c.Flares, c.Strength = nil, nil, nil, nil },
		"one reading":           func(c *bot.Course) { c.Pain, c.Strength = c.Pain[:1], nil },
		"one set, no estimate":  func(c *bot.Course) { c.Strength = []bot.StrengthAt{{At: c.Until, Load: 45}} },
		"the same load":         func(c *bot.Course) { c.Strength = []bot.StrengthAt{{At: c.Since, Load: 0.5}, {At: c.Until, Load: 0.5}} },
		"older than the window": func(c *bot.Course) { c.Flares = []bot.Span{{Since: c.Since.AddDate(-1, 0, 0)}} },
		"a day of 25 hours":     func(c *bot.Course) { c.Since = c.Until.AddDate(0, 0, -40) },
		"Spanish":               func(c *bot.Course) { c.Lang = reply.Spanish },
	} {
		t.Run(name, func(t *testing.T) {
			c := full
			change(&c)
			picture, err := chart.Draw(c)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestWordsForWhoCannotSeeThePicture(t *testing.T) {
	said := weeks(t).Describe()
	for _, want := range []string{"usual pain 1", "7 on Nov 24", "Sessions: 5", "flare watches: 2", "225 lb", "252 lb"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %q", said, want)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	c := weeks(b)
	for b.Loop() {
		if _, err := chart.Draw(c); err != nil {
			b.Fatal(err)
		}
	}
}
