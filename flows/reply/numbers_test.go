package reply

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// readUpTo reads a text as far as its numbers are claimed.
func readUpTo(asked Asked, text string) *reading {
	r := read(asked, text, English)
	r.findFigures()
	r.findLifts()
	r.claimFigures()
	return r
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string][]float64{
		"3": {3}, "3.5": {3.5}, "3,5": {3.5}, "three": {3}, "tres": {3}, "3 and a half": {3.5}, "3½": {3.5}, "3 1/2": {3.5}, "½": {0.5}, "3 & 1/2": {3.5}, "4 point 5": {4.5}, "4 punto 5": {4.5}, "4 points": {4}, "6 and a 1/2": {6.5}, "6-1/2": {6.5}, "6 and half": {6.5}, "7ish/10": {7},
		"1/2": {0.5}, "half a point": {0.5}, "fiv": {5}, "sevn": {7}, "ten": {10}, "3️⃣": {3}, "🔟": {10}, "cuatro y medio": {4.5},
		"2-3": {2, 3}, "5,5,5": {5, 5, 5}, "3x5": {3, 5}, "3/10": {3}, "3 out of 10": {3}, "3 de 10": {3}, "12/10": {12},
		"none": nil, "2moro": nil, "gr8": nil, "zero": {0}, "twenty": {20}, "3 ... 4": {3, 4},
	} {
		r := read(AskedEvening, text, English)
		r.findFigures()
		var got []float64
		for _, f := range r.figures {
			got = append(got, f.value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestOutOfTenIsMarked(t *testing.T) {
	for text, want := range map[string]bool{"3/10": true, "3 out of 10": true, "3 de 10": true, "3 / 10": true, "3": false, "3/4": false} {
		r := read(AskedEvening, text, English)
		r.findFigures()
		if r.figures[0].outOfTen != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

var claimNames = map[claim]string{unclaimed: "rating", claimLift: "lift", claimClock: "clock", claimDate: "date", claimDuration: "duration",
	claimDose: "dose", claimCount: "count", claimTemperature: "temperature", claimVertebra: "vertebra", claimCode: "code", claimEffort: "effort",
	claimElsewhere: "elsewhere", claimScale: "scale", claimDenied: "denied"}

// TestWhatANumberIs has a row for each recogniser: times, dates, durations,
// doses, counts, temperatures, vertebrae, codes, effort, loads, other places.
func TestWhatANumberIs(t *testing.T) {
	for text, want := range map[string]string{
		// times
		"woke at 6, back is 2": "clock rating", "2 at 7:30": "rating clock clock", "lifted at 7pm": "clock", "a las 8 un 3": "clock rating", "up by 6am": "clock",
		"the dentist was at 3, back at 2": "clock rating", "in the garage since 6": "clock", "stacking chairs around 8 tonight": "clock", "awake at 3 and again at 5": "clock clock",
		"kids had me up at 1, 3 and 5am": "clock clock clock", "sitting at 4": "rating", "topped out at 3": "rating", "it was at 4": "rating", "manejando por la 57": "count",
		// dates
		"next visit may 5": "date", "el 14 de mayo": "date", "5/31 it was 4": "date date rating", "on the 15th": "date",
		// durations
		"walked 20 min": "duration", "3 days of rest": "duration", "slept 7 hrs": "duration", "dos semanas": "duration", "2-3 days": "duration duration", "a 10 minute walk": "duration",
		// doses
		"took 2 advil": "dose", "400mg ibuprofen": "dose", "2 pastillas": "dose", "took two": "rating",
		// counts
		"on set 3": "count", "4 kids": "count", "10k steps": "count", "day 6": "count", "2nd time": "count", "2 of my kids": "count",
		"set 3 of 5": "count count", "rest 2 min or 3": "duration duration", "my number: 3": "rating",
		// temperatures
		"temp 98.6": "temperature", "fever of 39": "temperature", "101 fever": "temperature", "90 degrees": "temperature",
		// vertebrae
		"L5 is a 3": "vertebra rating", "L4-L5": "vertebra vertebra", "s1": "vertebra", "pain at l5/s1 2": "vertebra vertebra rating",
		// codes
		"$40": "code", "room #12": "code", "90%": "code", "2026": "code",
		// effort
		"rpe 8": "effort", "effort was 7": "effort", "rpe: 8, pain 3": "effort rating",
		// loads
		"3x5 @ 135, 2": "lift lift lift rating", "bench 185x5": "lift lift",
		// elsewhere
		"knee is a 6, back 2": "elsewhere rating", "my wife's back is an 8": "elsewhere", "8 in the knee": "elsewhere", "hamstrings 6": "elsewhere", "gave the burrito a 9 and my back a 3": "elsewhere rating", "give it a 4": "rating", "give today a 4": "rating",
		"quads fried tho like an 8": "elsewhere", "my sister is the one with the bad back, shes at an 8. im a 2": "elsewhere elsewhere rating", "low back 3, down the leg 5": "rating rating",
		// hours, scores, heights and ages
		"on my feet 8 to 5": "clock clock", "ran errands from 9 to 4, back 5": "clock clock rating", "went from 2 to 5": "rating rating", "no pain since about 4": "clock",
		"got up at 6, back is 2": "clock rating", "got up at 6, sore": "clock", "pain kicked in after 3": "clock", "im 6 2, back 4": "count count rating",
		"my team lost 5 3": "count count", "mi hija de 2": "count", "hurts 3 out of 4 times": "count count", "ached 5 days of 7": "duration count", "tightened up around 3": "clock",
		// what somebody else says, and a number with its condition
		"my daughter says 5 i say 4": "elsewhere rating", "expected a 5, its a 3": "denied rating", "a 3 if i stay still 6 if i dont": "rating rating",
		// another place beside its number, behind it, or in the clause before
		"6/10 hamstrings. back zero": "elsewhere rating", "6 knee 2 back": "elsewhere rating", "back 2, 7/10 knee": "rating elsewhere", "1 legs are dead tho": "rating",
		"el cuello me mata, un 7, pero la espalda 1": "elsewhere rating", "just my shoulder, 6/10": "elsewhere", "woke with a crick in my neck, 7": "elsewhere",
		"neck is fine, 2": "rating", "back hurts, knee too, 6": "rating", "2, but its numb between my legs": "rating", "7 but its my knee": "elsewhere",
		"un 2 de espalda y 6 de rodilla": "rating elsewhere", "6 hips and back": "rating", "5 in my hip and back": "rating",
		"traps: 6, low back: 3": "elsewhere rating", "knee blew up on the lunges. 7": "elsewhere", "7 for the hip hinge, 2 for the rest": "rating rating", "4 knees bent 6 straight": "rating rating",
		"you get a 10, my back gets a 2": "elsewhere rating", "soreness 7/10, actual pain 3/10": "effort rating", "back soreness 5 pain 3": "rating rating",
		// one of several things, nothing of something, a number that is only wished for
		"el ejercicio 4 me molesta": "count", "el 4 me molesta": "count", "el 4 de siempre": "rating", "number 2 and 3 hurt": "count count", "sore from session 3": "count", "4 during class": "rating", "4 for effort": "effort", "8 effort 1 pain": "effort rating", "effort: 8 pain: 1": "effort rating",
		"me duele la rodilla (6)": "elsewhere", "woke at 6 out of 10": "rating",
		"every day but 1": "count", "hice 3 de 4": "count count", "zero sleep, sore": "count", "zero": "rating", "i wish it was 0": "denied", "slept maybe 4, sore": "duration",
		// what comes and goes, and by how much it changed
		"me dio como 2 twinges": "count", "unas 3 punzadas": "count", "three little twinges": "count", "pinch on reps 8 9 and 10": "count count count", "hurt at 2 then again at 5": "clock clock", "3 pain": "rating",
		"down 2 points from last time": "count", "down to 2 points": "rating", "3, up 1 point": "rating count", "1 notch better": "count", "one or two points lower": "count count", "4 points more or less": "rating", "5 points down my leg": "rating", "bajo 2 puntos": "count", "down 2 from yesterday": "count",
		// how often, and what part of how it was
		"ice x2, heat x1": "count count", "needed the cane for the first 10": "count", "first 10 then 3": "rating rating", "the first 3 was wrong": "rating", "2/3 as bad as yesterday": "count count", "1/2 better": "count", "2/3": "rating rating", "3/4 as usual": "rating rating", "3/4 as always": "rating rating", "2/3 as expected": "rating rating", "2/3 as much": "count count", "3/10 as always": "rating",
		// moods, a radio's word, hours of work, a scale of one's own
		"7 out of ten pain, 10 out of ten annoying": "rating effort", "no pain, 10-4": "code code", "10-9": "rating rating", "back to back calls from 8 to 5, 3": "clock clock rating",
		"if 10 is labor, this is a 3": "scale rating", "what if it hits a 6": "elsewhere",
		// a number taken back, and one that is not
		"3s instead of 5s": "rating denied", "un 3 en vez del 5": "rating denied", "ignore the 8, its 2": "denied rating", "cant ignore the 8": "rating", "closer to 8 than 7": "rating denied", "6 if not 7": "rating rating",
		// our own scale, and a number taken back
		"0-10? 3": "scale scale rating", "0=none 3": "scale rating", "not a 5, a 3": "denied rating", "never got past a 3": "rating",
	} {
		r := readUpTo(AskedEvening, text)
		var got []string
		for _, f := range r.figures {
			got = append(got, claimNames[f.claim])
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

// TestRatings shows each rating with the time it speaks of; * marks the answer.
func TestRatings(t *testing.T) {
	for _, c := range []struct {
		asked Asked
		text  string
		want  string
	}{
		{AskedNextMorning, "was a 5 last night, down to a 1 this morning", "5@last_night 1@morning*"},
		{AskedNextMorning, "yesterday 8 today 3", "8@yesterday 3@now*"},
		{AskedNextMorning, "8 yesterday 3 today", "8@yesterday 3@now*"},
		{AskedNextMorning, "2-3", "3@*"},
		{AskedNextMorning, "7 down to 4", "7@ 4@*"},
		{AskedNextMorning, "4 vs 7 last nite", "4@*"},
		{AskedNextMorning, "5.. nah 3", "5@ 3@*"},
		{AskedNextMorning, "i said 5 but thats the wrong day, 2 this morning", "5@ 2@morning*"},
		{AskedNextMorning, "3 bc i slept on the couch for 2 nights", "3@*"},
		{AskedNextMorning, "4 slept like crap last night", "4@*"},
		{AskedNextMorning, "pain went away after lunch", "0@session*"},
		{AskedEvening, "pain went away after lunch", ""},
		{AskedEvening, "pain was gone when i woke up", "0@morning*"},
		{AskedEvening, "3 b4 bed", "3@*"},
		{AskedEvening, "6 / 7 if i twist. so 6", "7@ 6@*"},
		{AskedEvening, "#3", "3@*"},
		{AskedEvening, "sittin @ 3", "3@*"},
		{AskedEvening, "first hour 6 then 2 rest of the day", "6@* 2@"},
		{AskedEvening, "mood 8 pain 2", "2@*"},
		{AskedNextMorning, "down 2 to a 1", "1@*"},
		{AskedEvening, "0 rest / 4 move", "0@ 4@*"},
		{AskedEvening, "5 at the start 2 at the end", "5@session* 2@session"},
		{AskedWeekly, "2 at the start of pt, 1 now", "2@past 1@now*"},
		{AskedWeekly, "2 all week except 6 sat", "2@week 6@week*"},
		{AskedEvening, "como un 3 x ahi", "3@*"},
		{AskedEvening, "3 now w meds 7 without", "3@now 7@*"},
		{AskedEvening, "hurts 1 out of 3 reps", ""},
		{AskedEvening, "is 10 the worst?", ""},
		{AskedEvening, "6 turned into 7", "7@*"},
		{AskedEvening, "was gonna put 6 but 3", "6@ 3@*"},
		{AskedH48, "pain left when i stretched yesterday then came back", ""},
		{AskedNextMorning, "3 b/c i slept wrong", "3@*"},
		{AskedEvening, "number 3 today", "3@now*"},
		{AskedEvening, "exercise #3 was hard", ""},
		{AskedEvening, "sorry for the late reply 3", "3@*"},
		{AskedNextMorning, "seis, perdón puse 9 sin querer", "6@*"},
		{AskedNone, "can't stop sneezing and every one hurts my back", ""},
		{AskedNone, "moving my 3:30 to a 5", ""},
		{AskedNextMorning, "between 2 and 4", "4@*"},
		{AskedNextMorning, "3 or 4", "4@*"},
		{AskedNextMorning, "3 now. no wait 2", "3@now 2@*"},
		{AskedNextMorning, "2 sorry 3 no 2", "2@ 3@ 2@*"},
		{AskedNextMorning, "slept badly last night, 5", "5@*"},
		{AskedNextMorning, "4 since last night", "4@session*"},
		{AskedNextMorning, "from 6 to 3", "3@*"},
		{AskedNextMorning, "12/10", "10@*"},
		{AskedNextMorning, "started at 3 when i rolled over, 6 once i stood up", "3@ 6@*"},
		{AskedH48, "dropped from 7 to 3 overnight", "3@morning*"},
		{AskedH48, "gone as of noon, was 3 at breakfast", "3@morning 0@now*"},
		{AskedNextMorning, "2 to 6 overnight", "6@morning*"},
		{AskedNextMorning, "gone now, was 3 when i woke up", "3@morning* 0@now"},
		{AskedEvening, "6 if not 7", "7@*"},
		{AskedEvening, "-5", "5@*"},
		{AskedEvening, "2...6", "2@ 6@*"},
		{AskedEvening, "era 6 no 4", "6@* 4@"},
		{AskedEvening, "2 no 4", "2@ 4@*"},
		{AskedWeekly, "nothing all week but 3 on friday", "3@yesterday* 0@week"},
		{AskedNextMorning, "havent had a pain free day", ""},
		{AskedNextMorning, "nada me lo quita", ""},
		{AskedWeekly, "8 before i took the pill, 3 after", "8@* 3@session"},
		{AskedEvening, "1st set 2, 2nd set 4", "2@session 4@session*"},
		{AskedFlareCheck, "no, es un 3 y ayer igual", "3@*"},
		{AskedFlareCheck, "yes. no pain like this since 2019", ""},
		{AskedWeekly, "days 2 nights 5", "2@week 5@last_night*"},
		{AskedWeekly, "esta semana 3, la pasada 7", "3@week* 7@past"},
		{AskedNone, "7 and my back is locked up", "7@*"},
		{AskedEvening, "3 kilos más que la semana pasada y sin dolor", "0@*"},
		{AskedNextMorning, "uno ya está viejo", ""},
		{AskedNextMorning, "uno ya casi nada", "1@now*"},
		{AskedNextMorning, "no pain", "0@*"},
		{AskedNextMorning, "no pain meds today", ""},
		{AskedNextMorning, "the pain has not left", ""},
		{AskedNextMorning, "pain free", "0@*"},
		{AskedNextMorning, "sin dolor", "0@*"},
		{AskedNextMorning, "under 2", "2@*"},
		{AskedNextMorning, "12", ""},
		{AskedEvening, "5 when i picked up the last set then back to 2", "5@session* 2@"},
		{AskedWeekly, "8 tuesday, 2 since", "8@week* 2@session"},
		{AskedH48, "4 yesterday, 2 now", "4@yesterday 2@now*"},
		{AskedNone, "3", ""},
		{AskedNone, "back is a 3", "3@*"},
		{AskedWorkdays, "3", ""},
		{AskedRelapse, "2", ""},
		{AskedScore, "7", ""},
		{AskedHomework, "done 2", "2@*"},
		{AskedHomework, "was a 3 when i rolled out of bed but 1 while lifting", "3@morning 1@session*"},
		{AskedHomework, "2 sets in before my back hit a 6", "6@*"},
		{AskedEvening, "opened at 2, peaked 6 lugging boxes, closed at 3", "2@ 6@* 3@"},
		{AskedNextMorning, "6 omg it flared overnight", "6@*"},
		{AskedEvening, "sort of tight, nothing dramatic", ""},
		{AskedWorkdays, "0 for back", ""},
		{AskedRelapse, "1 stiff weekend is all", ""},
		{AskedNextMorning, "7 before I stretched 4 after", "7@* 4@session"},
		{AskedNextMorning, "7 before the session, 4 this morning", "7@past 4@morning*"},
		{AskedNone, "pain today: 4 left, 2 right", "4@now* 2@"},
		{AskedNextMorning, "stiff as a board 5", "5@*"},
		{AskedNextMorning, "it came back with a vengeance 9", "9@*"},
		{AskedEvening, "rough one, torn in two", ""},
		{AskedEvening, "8. sorry meant 3 fat thumbs", "8@ 3@*"},
		{AskedEvening, "7. sorry 2 emergencies at work today", "7@*"},
		{AskedH48, "3 ice helped", "3@*"},
		{AskedEvening, "4 drive was long", "4@*"},
		{AskedEvening, "3 grandkids came over", ""},
		{AskedEvening, "Astros are up 5-3 bottom of the 8th", ""},
		{AskedEvening, "did 30 min on the bike at level 6, back stayed a 2", "2@*"},
		{AskedNextMorning, "gr8 sleep n a 2", "2@*"},
		{AskedEvening, "I would say about four question mark", "4@*"},
		{AskedEvening, "dont have no pain tonight", "0@now*"},
		{AskedEvening, "dont have no painkillers left", ""},
		{AskedWorkdays, "ni uno, y eso que ando en 5 de dolor", "5@*"},
		{AskedHomework, "2 during, 0 before", "2@session* 0@past"},
		{AskedHomework, "4. had to end it after the second set", "4@*"},
		{AskedHomework, "5 then quit", ""},
		{AskedEvening, "back is tight, ran 4 today", ""},
		{AskedEvening, "while i walked 6, otherwise 2", "6@* 2@week"},
		{AskedEvening, "back hurts like it did in 09", ""},
		{AskedEvening, "achy, temp outside is 9", ""},
		{AskedEvening, "pain left around 3", ""},
		{AskedEvening, "gate B7, 2 hr delay, back's 4", "4@*"},
		{AskedNextMorning, "3. up at 5 with the dog", "3@*"},
		{AskedEvening, "quick 6 then back down to 1", "6@* 1@"},
		{AskedEvening, "8 no just 7", "8@ 7@*"},
		{AskedEvening, "thought itd be a 7 but only a 4", "4@*"},
		{AskedNextMorning, "5 -> 2", "2@*"},
		{AskedH48, "5 then 4 then 3", "5@ 4@ 3@*"},
		{AskedEvening, "se mantuvo en 4 toda la tarde", "4@evening*"},
		{AskedEvening, "3 sentada, 5 parada", "3@ 5@*"},
		{AskedEvening, "pues un 4 yo creo", "4@*"},
		{AskedEvening, "hurt on all 3", ""},
		{AskedEvening, "hurts worse at 2 than at noon", ""},
		{AskedEvening, "me duele en 2 puntos", ""},
		{AskedEvening, "duele desde el 5", ""},
		{AskedNextMorning, "stiff, slept maybe 5", ""},
		{AskedNextMorning, "stiff. alarm 1, me 0", ""},
		{AskedEvening, "it's been hovering round three since you adjusted my form", "3@session*"},
		{AskedEvening, "monday was a 7, tonight 2", "7@week 2@now*"},
		{AskedH48, "7, 5, now 2", "7@ 5@ 2@now*"},
		{AskedEvening, "if a 10 is childbirth then 4", "4@*"},
		{AskedEvening, "5 (back) 7 (knee)", "5@*"},
		{AskedNone, "back is a 5, any chance of an opening before the 21st", "5@*"},
	} {
		var got []string
		for _, x := range Understand(c.asked, c.text, English).Ratings {
			s := fmt.Sprintf("%g@%s", x.Pain, x.When)
			if x.Used {
				s += "*"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("[%s] %q: %s, want %s", c.asked, c.text, s, c.want)
		}
	}
}
