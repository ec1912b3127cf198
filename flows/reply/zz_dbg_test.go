package reply

import (
	"bufio"
	"fmt"
	"os"
	"testing"

	"backstop/flows/reply/lexicon"
)

func TestZD(t *testing.T) {
	sc := bufio.NewScanner(os.Stdin)
	if os.Getenv("ZD") == "" {
		return
	}
	f, _ := os.Open(os.Getenv("ZD"))
	sc = bufio.NewScanner(f)
	for sc.Scan() {
		rep := Explain("", sc.Text(), "en")
		fmt.Println("##", sc.Text(), "=>", rep.RedFlags)
		r := read("", sc.Text(), "en")
		for _, h := range r.hits {
			w := ""
			for i := int(h.From); i < int(h.To); i++ {
				w += r.key(i) + " "
			}
			fmt.Printf("%s[%s%d/%d f%b] ", lexicon.Default.Name(h.Concept), w, r.clause[h.From], r.sent[h.From], r.flags[h.From])
		}
		fmt.Println()
	}
}
