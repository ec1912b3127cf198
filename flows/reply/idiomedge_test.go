package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

// TestAnIdiomHidesNoRedFlag holds that what is harmless in one wording alarms where its words are meant.
func TestAnIdiomHidesNoRedFlag(t *testing.T) {
	for _, c := range []struct{ idiom, meant string }{
		{"hacía tanto frío en el estadio que no sentía ni la cara", "no siento media cara y tengo mucho frio"},
		{"nothing hurts, just wiped out. in bed by 8", "got wiped out by a truck on the freeway, back hurts"},
		{"im so wiped out from the drive", "i was wiped out on my bike, hip hurts bad"},
		{"Los Yankees me van a dar un infarto jaja", "siento que me va a dar un infarto"},
		{"time of death for my diet 12:04, donut", "time of death for me is tonight"},
		{"legs dead from hiking angels landing, totally worth it", "legs dead from the hips down since sat"},
		{"went down a plate cause i slept 4 hrs", "went down a few stairs on my back"},
		{"se me resbaló la barra en la última", "se me resbaló la barra y me cayó en la columna"},
		{"no alcanzo a llegar el miércoles a mi cita", "no alcanzo a llegar al baño"},
		{"spasms down both sides of my spine", "both sides of my back and both legs tingle"},
		{"i'll be dead asleep by 9", "i'll be dead by 9"},
		{"i'll be dead tired tomorrow", "i feel dead to the world and cant go on"},
		{"5 but only when I pull the 40 lb cartons off the bottom rack", "bottom of the stairs, fell, cant stand"},
		{"just got off 13 hrs in a cargo plane jump seat", "jump seat for 9 hrs, now my crotch is numb"},
		{"felt it down the leg to the ankle a bit, 2", "numb from my butt to my knee"},
		{"tight under the shoulder blade", "pain between the shoulder blades and jaw"},
		{"a tight spot between the shoulder blades", "put the blade between my ribs"},
		{"tight like a rope along the hip bone", "rope along the beam, like rope over the door"},
		{"its like a guitar string by my hip", "my leg is like a log"},
		{"like a tight rope in my lower back", "my legs are like rope, cant lift them"},
		{"like a tight rope next to my hip", "chest feels like a tight rope"},
		{"a catch in my hip when i stand up", "my toe catches on every step"},
		{"a bit mad at myself for skipping", "i bit myself till it bled, mad at myself"},
		{"sore at the bottom rib", "no feeling in my bottom"},
		{"tight to one side of my spine", "one side of my body is weak"},
		{"el músculo a un lado de la columna está flojito ya", "un lado del cuerpo está flojo"},
		{"nonstop stiffness since i woke up", "nonstop pain, woke up with it every night"},
		{"no para desde que me desperté, tiesa nomás", "no para, me despierto cada noche del dolor"},
		{"no pain on the floor w legs up, 3 standing", "cant get my legs up off the floor"},
		{"step ups 10 each leg, dull ache low down", "pain down each leg and its numb"},
		{"con las piernas en alto se me pasa", "no puedo poner las piernas en alto, no me responden"},
		{"end my appt early tmrw if u can, sitter bailed", "i want to end my life tmrw"},
		{"ya no quiero seguir en este programa", "ya no quiero seguir en este mundo"},
		{"hit 40kg for 6, sore low down", "temp hit 40 today, sore low down"},
		{"102 degrees and raining, lower back is 5", "my temp is 102, raining outside, back is 5"},
		{"lavé 9 cargas de ropa y me tomé 2 tylenol", "dejé cartas y junté mis pastillas de tylenol"},
	} {
		if got := reply.Understand(reply.AskedNone, c.idiom, reply.English).RedFlag; got != reply.NoRedFlag {
			t.Errorf("%q: %s, want none", c.idiom, got)
		}
		if got := reply.Understand(reply.AskedNone, c.meant, reply.English).RedFlag; got == reply.NoRedFlag {
			t.Errorf("%q: no red flag", c.meant)
		}
	}
}
