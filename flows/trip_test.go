package flows_test

import (
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
)

// TestWhenATripBeginsAndEnds: said on Monday, 23 November 2026.
func TestWhenATripBeginsAndEnds(t *testing.T) {
	for _, c := range []struct {
		lang           reply.Lang
		text, from, to string
		open           bool // the end is a guess, and asked about
	}{
		{"en", "driving to Denver Fri, back Tuesday", "27 Nov", "1 Dec", false},
		{"en", "road trip for a week starting friday", "27 Nov", "4 Dec", false},
		{"en", "flying out the 12th, home the 20th", "12 Dec", "20 Dec", false},
		{"en", "flying to NYC dec 4 and coming back dec 9", "4 Dec", "9 Dec", false},
		{"en", "flight on 12/4, back 12/9", "4 Dec", "9 Dec", false},
		{"en", "flight friday returning monday", "27 Nov", "30 Nov", false},
		{"en", "long drive tomorrow there and back", "24 Nov", "24 Nov", false},
		{"en", "day trip tomorrow, 6 hour drive", "24 Nov", "24 Nov", false},
		{"en", "driving to my mom's thursday and driving back sunday", "26 Nov", "29 Nov", false},
		{"en", "driving friday and driving home saturday night", "27 Nov", "28 Nov", false},
		{"en", "we fly out saturday for 10 days", "28 Nov", "8 Dec", false},
		{"en", "flying out wednesday, home the following wednesday", "25 Nov", "2 Dec", false},
		{"en", "road trip fri-mon", "27 Nov", "30 Nov", false},
		{"en", "long flight tomorrow, coming home in 2 weeks", "24 Nov", "8 Dec", false},
		{"en", "gone from friday until next sunday, staying at a hotel", "27 Nov", "6 Dec", false},
		{"en", "flying friday, return flight is the 1st", "27 Nov", "1 Dec", false},
		{"en", "leaving friday for a weekend trip, 5 hours drive each way", "27 Nov", "29 Nov", false},
		{"en", "flying to spain in 3 days for two weeks", "26 Nov", "10 Dec", false},
		{"en", "a 9 hour drive on friday for a couple of days", "27 Nov", "29 Nov", false},
		{"en", "moving house on saturday", "28 Nov", "28 Nov", false},
		{"en", "sleeping on an air mattress this weekend", "28 Nov", "29 Nov", false},
		{"en", "staying at hotel thursday night", "26 Nov", "27 Nov", false},
		{"en", "driving 9 hours on thursday", "26 Nov", "29 Nov", true},
		{"en", "driving 9 hours on thursday, my back is ready for friday", "26 Nov", "29 Nov", true},
		{"en", "driving to denver friday. not sure when ill be back", "27 Nov", "30 Nov", true},
		{"es", "manejo a denver el viernes, regreso el martes", "27 Nov", "1 Dec", false},
		{"es", "viaje el viernes por una semana", "27 Nov", "4 Dec", false},
		{"es", "vuelo el 12 y vuelvo el 20", "12 Dec", "20 Dec", false},
		{"es", "vuelo el 4 de diciembre y regreso el 9 de diciembre", "4 Dec", "9 Dec", false},
		{"es", "vuelo mañana, regreso en 5 días", "24 Nov", "29 Nov", false},
		{"es", "si, viajo el sabado hasta el miercoles", "28 Nov", "2 Dec", false},
		{"es", "voy a manejar 9 horas el jueves", "26 Nov", "29 Nov", true},
	} {
		t.Run(c.text, func(t *testing.T) {
			s := newStage(t)
			s.line("Mon 08:10 enrol usual 0 stage S5 consent written surveys no lang " + string(c.lang))
			p, _ := flows.Step(s.clinic, s.p, flows.TextReceived{Message: "m", Text: c.text, SentAt: s.now.Add(time.Hour)}, s.now.Add(time.Hour))
			from, to := p.Trip.From.In(s.zone).Format("2 Jan"), p.Trip.Until.In(s.zone).Format("2 Jan")
			if from != c.from || to != c.to || p.Trip.Open != c.open {
				t.Errorf("%s to %s, open %v; want %s to %s, %v", from, to, p.Trip.Open, c.from, c.to, c.open)
			}
		})
	}
}
