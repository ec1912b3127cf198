package sandbox

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"
)

// look is everything the templates need, for one browser.
type look struct {
	Version uint64
	Clock   clockLook
	Phones  []phoneTab
	Phone   phoneTab
	Bubbles []bubble
	Call    *callLook
	Team    string
	Bot     string
	Rooms   []roomTab
	Place   string // channel id, or "home"
	User    string
	Users   []User
	Room    roomTab
	Posts   []post
	Home    template.HTML
	HasHome bool
	ModalID string
	Modal   modalLook
	Counts  map[string]int // messages so far, by phone and by channel
}

type phoneTab struct {
	Number, Name string
	Zone         *time.Location
	Current      bool
	Ringing      bool
}

type roomTab struct {
	ID, Name string
	Direct   bool
	Current  bool
}

type bubble struct {
	Day    string // set when a new day begins
	SID    string
	Mine   bool // sent from this phone
	Body   string
	Time   string
	Status string
	Bad    bool
	System bool // the carrier's own words, or a missed call
	Images []string
	Call   string // a line about a call instead of a text
}

// bubblesShown and postsShown keep the page light.
const (
	bubblesShown = 120
	postsShown   = 60
	phonesShown  = 12
)

func (p *page) look(q url.Values) look {
	o := p.s.opt
	v := look{Version: p.s.hub.at(), Clock: p.clock(), Team: o.Team.Name, Bot: o.BotName, Place: q.Get("place"), User: q.Get("user"), Users: o.Users}
	v.Phones = p.phones()
	v.Counts = p.s.twilio.counts()
	chosen := slices.IndexFunc(v.Phones, func(t phoneTab) bool { return t.Number == q.Get("phone") })
	if chosen < 0 && len(v.Phones) > 0 {
		chosen = 0
	}
	if chosen >= 0 {
		v.Phones[chosen].Current = true
		v.Phone = v.Phones[chosen]
		v.Bubbles = p.bubbles(v.Phone)
		v.Call = p.call(v.Phone)
	}
	if !p.s.slack.isUser(v.User) {
		v.User = p.s.slack.anyUserOf(o.Team.ID)
	}
	p.workspace(&v)
	return v
}

// phones are those given, and whoever was texted, rung or wrote beside them.
func (p *page) phones() []phoneTab {
	var tabs []phoneTab
	add := func(number, name string, zone *time.Location) *phoneTab {
		for i := range tabs {
			if tabs[i].Number == number {
				return &tabs[i]
			}
		}
		if zone == nil {
			zone = p.s.opt.Zone
		}
		tabs = append(tabs, phoneTab{Number: number, Name: cmp.Or(name, number), Zone: zone})
		return &tabs[len(tabs)-1]
	}
	for _, ph := range p.s.opt.Phones {
		add(ph.Number, ph.Name, ph.Zone)
	}
	given := len(tabs)
	for _, number := range p.s.twilio.strangers() {
		if len(tabs) < given+phonesShown {
			add(number, "", nil)
		}
	}
	for _, c := range p.s.twilio.Calls() {
		if !c.over() {
			add(c.To, "", nil).Ringing = c.Status == "ringing" || c.Status == "in-progress"
		}
	}
	return tabs
}

// Pretty is a number as people write it.
func (t phoneTab) Pretty() string {
	if n := t.Number; len(n) == 12 && n[:2] == "+1" {
		return "(" + n[2:5] + ") " + n[5:8] + "-" + n[8:]
	}
	return t.Number
}

// counts says how many texts each phone was sent.
func (t *Twilio) counts() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := map[string]int{}
	for _, x := range t.texts {
		if !x.Inbound() {
			out[x.To]++
		}
	}
	return out
}

// strangers lists the other ends of all texts, the newest first.
func (t *Twilio) strangers() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []string
	seen := map[string]bool{}
	for _, x := range slices.Backward(t.texts) {
		number := x.To
		if x.Inbound() {
			number = x.From
		}
		if !seen[number] {
			seen[number] = true
			out = append(out, number)
		}
		if len(out) > 2*phonesShown {
			break
		}
	}
	return out
}

func (p *page) bubbles(tab phoneTab) []bubble {
	all := append(p.s.twilio.Conversation(tab.Number), p.missedCalls(tab)...)
	slices.SortStableFunc(all, func(a, b Text) int { return a.Created.Compare(b.Created) })
	all = all[max(0, len(all)-bubblesShown):]
	var out []bubble
	day := ""
	for _, x := range all {
		at := x.Created.In(tab.Zone)
		if x.SID == "" {
			out = append(out, bubble{Call: x.Body, Time: at.Format("15:04")})
			continue
		}
		b := bubble{SID: x.SID, Mine: x.Inbound(), Body: x.Body, Time: at.Format("15:04"), System: x.Carrier}
		if d := at.Format("Monday 2 January"); d != day {
			b.Day, day = d, d
		}
		b.Status, b.Bad = standing(x)
		if x.Redacted {
			b.Body = "(removed)"
		}
		for _, m := range x.Media {
			if m.Data != nil {
				b.Images = append(b.Images, "/page/media/"+x.SID+"/"+m.SID)
			}
		}
		out = append(out, b)
	}
	return out
}

// missedCalls are lines between the texts.
func (p *page) missedCalls(tab phoneTab) []Text {
	var out []Text
	for _, c := range p.s.twilio.Calls() {
		if c.To != tab.Number || !c.over() {
			continue
		}
		words := "Missed call"
		if c.Status == "completed" {
			words = "Call"
			if len(c.Digits) > 0 {
				words = "Call, pressed " + strings.Join(c.Digits, " ")
			}
		}
		out = append(out, Text{Body: words, Created: c.Created})
	}
	return out
}

// standing says how far a text got, in a few words.
func standing(x Text) (words string, bad bool) {
	if x.Inbound() {
		if len(x.Webhooks) == 0 {
			return "Sending", false
		}
		if d := x.Webhooks[len(x.Webhooks)-1]; !d.OK() {
			if d.Err != nil {
				return "Not delivered: the bot did not answer", true
			}
			return fmt.Sprintf("Not delivered: the bot answered %d", d.Status), true
		}
		return "Delivered", false
	}
	switch {
	case x.Status == "failed" || x.Status == "undelivered":
		return fmt.Sprintf("Never arrived: %s (%d)", twilioTitle(x.ErrorCode), x.ErrorCode), true
	case x.Status == "delivered":
		return "", false
	}
	return "On its way (" + x.Status + ")", false
}

type callLook struct {
	SID, From, Status string
	Said              []string
	Waiting           bool
	Keys              []string
}

// call is the one that rings or talks on a phone, if any.
func (p *page) call(tab phoneTab) *callLook {
	for _, c := range slices.Backward(p.s.twilio.Calls()) {
		if c.To == tab.Number && (c.Status == "ringing" || c.Status == "in-progress") {
			return &callLook{SID: c.SID, From: p.s.opt.Team.Name, Status: c.Status, Said: c.Said, Waiting: c.Waiting,
				Keys: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"}}
		}
	}
	return nil
}
