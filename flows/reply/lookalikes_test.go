package reply_test

import (
	"testing"

	"backstop/flows/reply"
)

// TestWhatOnlyLooksLikeAFinding has findings and what their words also say, side by side.
func TestWhatOnlyLooksLikeAFinding(t *testing.T) {
	for text, want := range map[string]reply.RedFlag{
		"tingling in one foot, strength and sensation both normal":             reply.NoRedFlag,
		"tingling in the toes, both feet":                                      reply.CaudaEquina,
		"numb in my right foot now":                                            reply.NeuroDeficit,
		"the left foot was numb, the right foot now too":                       reply.CaudaEquina,
		"la sandalia se me sale sola del pie izquierdo":                        reply.NeuroDeficit,
		"la orina se me sale sola":                                             reply.CaudaEquina,
		"moví unos bultos pesados y la espalda está en 4":                      reply.NoRedFlag,
		"me salieron unos bultos en la espalda":                                reply.Cancer,
		"cant pee since last night, my stomach is like a drum":                 reply.CaudaEquina,
		"my belly is going like a drum and my back hurts":                      reply.VascularAAA,
		"breast cancer 6 years ago, new ache in my ribs, never lets up":        reply.Cancer,
		"breast cancer 6 years ago, chest feels tight":                         reply.ChestPain,
		"my kid sat on my back during push ups":                                reply.NoRedFlag,
		"dropped 18 lbs since feb for no reason and my back aches day n night": reply.Cancer,
		"dropped 45 lbs on my back racking it":                                 reply.TraumaFracture,
		"se me cayeron 20 kilos en la espalda":                                 reply.TraumaFracture,
		"bladder good legs good fever no. 3":                                   reply.NoRedFlag,
		"fever no matter what i take":                                          reply.Infection,
		"bed was wet bc the toddler had an accident in it. 3":                  reply.NoRedFlag,
		"I wet the bed bc my husband didnt wake me":                            reply.CaudaEquina,
		"me mojé los pantalones lavando el coche":                              reply.NoRedFlag,
		"numb from the left cheek to the right cheek and in between":           reply.CaudaEquina,
		"cheek is numb and my mouth droops":                                    reply.OtherEmergency,
		"pissed the bed last nite":                                             reply.CaudaEquina,
		"pissed at my insurance":                                               reply.NoRedFlag,
		"used numbing cream on my heel, back is a 1":                           reply.NoRedFlag,
		"froze my nuts off at the game, back 1":                                reply.NoRedFlag,
		"was worried about numbness down there but no its fine":                reply.NoRedFlag,
		"thought my crotch was numb but it was my whole bottom":                reply.CaudaEquina,
		"left foot a bit numb since the 2012 surgery, no change. 2":            reply.NoRedFlag,
		"wanted to die for years, nothing new":                                 reply.MentalHealthCrisis,
		"it was just the left leg, now the right one too":                      reply.CaudaEquina,
		"is it a side effect that i cant pee? been since sunday":               reply.CaudaEquina,
		"nope to numbness, neg for leaking":                                    reply.NoRedFlag,
		"i could sit on a tack and not know it":                                reply.CaudaEquina,
		"the chair gave way under my brother":                                  reply.NoRedFlag,
		"my leg used to feel heavy, now nothing. 1":                            reply.NoRedFlag,
		"gotta wear a pad now just to walk the dog":                            reply.CaudaEquina,
		"numbness was gone but it came back in both legs":                      reply.CaudaEquina,
		"thought the numbness was gone but it's back in my crotch":             reply.CaudaEquina,
		"legs went numb on the toilet, gone in a minute, feeling came back":    reply.NoRedFlag,
		"numbness gone, feeling came back in both legs":                        reply.NoRedFlag,
		"crotch numbness gone and hasnt come back":                             reply.NoRedFlag,
		"se me quitó el entumecimiento de las dos piernas pero volvió":         reply.CaudaEquina,
		"tenía las dos piernas dormidas, se me quitó pero ya volvió":           reply.CaudaEquina,
		"se me durmieron las piernas, ya se me quitó, volvió la sensibilidad":  reply.NoRedFlag,
		"I wear a pad for every errand now":                                    reply.CaudaEquina,
		"now i put a pad on before i go anywhere":                              reply.CaudaEquina,
		"on my period so i wear a pad everywhere. 2":                           reply.NoRedFlag,
		"use a heating pad every time i drive. 3":                              reply.NoRedFlag,
		"need a heating pad just to sleep. 4":                                  reply.NoRedFlag,
		"no pee breaks on this drive, 6 hrs. 3":                                reply.NoRedFlag,
		"my legs are jello and not from a workout":                             reply.CaudaEquina,
		"lump on my dog's back, vet tomorrow. 2":                               reply.NoRedFlag,
		"was scared about the numb crotch but its ok to wait right":            reply.CaudaEquina,
		"foot tingles only when i cross my legs. 2":                            reply.NoRedFlag,
		"crossing the street my legs went numb":                                reply.CaudaEquina,
		"cant breathe, stuffed nose from a cold. back 1":                       reply.NoRedFlag,
		"changing my grandma's depends is rough on the back, 4":                reply.NoRedFlag,
		"changing my pads 5 times a day bc i leak now":                         reply.CaudaEquina,
		"i sit lopsided, one cheek is numb and now the other one too":          reply.CaudaEquina,
		"I had the urge, got up, and it was already running down":              reply.CaudaEquina,
		"mi niña se orinó en mi cama, amanecí mojado jaja":                     reply.NoRedFlag,
		"amanecí mojado y no lo sentí":                                         reply.CaudaEquina,
		"my saddle area has been numb since the 2012 surgery, no change":       reply.CaudaEquina,
		"left foot a bit numb since the 2012 surgery, no change":               reply.NoRedFlag,
		"wish that truck had killed me last year":                              reply.MentalHealthCrisis,
	} {
		if got := flagOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
