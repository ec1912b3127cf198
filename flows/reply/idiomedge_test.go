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
		{"me tropecé en la banqueta pero alcancé a detenerme, espalda 2", "me tropecé en la banqueta, me agarré tarde y caí sentada"},
		{"me resbalé con el perro pero me agarré, todo bien", "me resbalé en la tina, me agarré de la cortina y me golpeé la espalda"},
		{"me resbalé con el jabón pero alcancé a agarrarme, espalda bien", "me resbalé en el hielo y no alcancé a agarrarme"},
		{"x poco choco en la esquina, puro susto", "me chocaron en la esquina, el puro golpe"},
		{"choqué las cinco con mi hijo", "choqué a las cinco con mi hijo"},
		{"choque de puños y a casa", "choque de frente y me duele la espalda"},
		{"tomé mucha agua y fui al baño mil veces", "fui al baño mil veces y no me sale nada"},
		{"corrí al baño dos veces pero alcancé", "corrí al baño dos veces y no alcancé"},
		{"no tengo hormigueo y orino normal", "no tengo hormigueo y no orino normal"},
		{"no se me duermen los pies y voy al baño bien, solo la espalda cansada", "no se me duermen los pies y se me sale solo, la espalda cansada"},
		{"todo bien al orinar, solo me jala la cintura", "se me sale la orina solo, la cintura tiesa"},
		{"orino normal, 3 de dolor", "orino con dolor, fiebre de 39"},
		{"ya no quiero vivir en el segundo piso, muchas escaleras", "ya no quiero vivir en el segundo piso, me quiero aventar por la ventana"},
		{"ya no quiero vivir en ese cuarto piso", "ya no quiero vivir en este dolor"},
		{"no tengo ganas de despertarme a las 6", "no tengo ganas de despertarme a las 6 ni de vivir"},
		{"no quiero ir a chambear mañana", "no quiero ir a chambear mañana ni vivir"},
		{"quisiera no despertar al niño, hablo luego", "quisiera no despertar mañana, el niño estará bien"},
		{"quedamos sin el aire del cuarto, qué calor", "me quedé sin el aire en el cuarto, me ahogo"},
		{"siento la cintura hirviendo pero rico con la pomada", "ando hirviendo en fiebre, la pomada no ayuda"},
		{"el cachorro tiene calentura", "el cachorro está bien, yo tengo calentura"},
		{"mi perrita se cayó de la cama", "mi perrita me jaló y me caí en la banqueta"},
		{"es cierto que el disco puede dejar el pie caído?", "es cierto que el disco puede dejar el pie caído? porque ya lo arrastro"},
		{"dicen que la columna puede dejar las piernas dormidas", "la columna me dejó las piernas dormidas"},
		{"hormigueo al estirarme pero nada dormido", "hormigueo en la pierna y el pie bien dormido"},
		{"estaba en el baño y no oí el teléfono, me siento bien", "estaba en el baño y no sentí que me orinaba"},
		{"mi jefe es débil de carácter", "la pierna está débil de un lado"},
		{"ay no mi espalda otra vez", "ay no siento las piernas"},
	} {
		if got := reply.Understand(reply.AskedNone, c.idiom, reply.English).RedFlag; got != reply.NoRedFlag {
			t.Errorf("%q: %s, want none", c.idiom, got)
		}
		if got := reply.Understand(reply.AskedNone, c.meant, reply.English).RedFlag; got == reply.NoRedFlag {
			t.Errorf("%q: no red flag", c.meant)
		}
	}
}
