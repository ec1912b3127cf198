package chart

import (
	"fmt"
	"time"

	"backstop/flows/reply"
)

// labels are the words in a picture.
type labels struct {
	pain, usual, flare, strength string
	day                          func(time.Time) string
}

func labelsOf(lang reply.Lang) labels {
	if lang == reply.Spanish {
		return labels{
			pain: "Dolor de espalda, 0-10   ▲ sesión", usual: "- -  habitual", flare: "crisis", strength: "■ Mejor serie   ○ máximo estimado",
			day: func(t time.Time) string { return fmt.Sprintf("%d %s", t.Day(), months[t.Month()-1]) },
		}
	}
	return labels{
		pain: "Back pain, 0-10   ▲ session", usual: "- -  usual", flare: "flare-up", strength: "■ Top set   ○ estimated maximum",
		day: func(t time.Time) string { return t.Format("Jan 2") },
	}
}

var months = [...]string{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"}
