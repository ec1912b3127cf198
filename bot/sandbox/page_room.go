package sandbox

import (
	"html/template"
	"slices"
	"strings"
	"time"
)

// post is a message as the room shows it.
type post struct {
	TS, Thread   string
	Name, Avatar string
	IsBot        bool
	Time         string
	Day          string
	Body         template.HTML
	Edited       bool
	OnlyYou      bool
	Images       []picture
	Reactions    []string
	Replies      []post
	Broadcast    bool
}

type picture struct {
	Address, Alt, Title string
	IsImage             bool
}

type modalLook struct {
	Title, Submit, Close string
	Body                 template.HTML
	Trouble              string
}

// workspace fills in what the chosen user sees of Slack.
func (p *page) workspace(v *look) {
	sl := p.s.slack
	sl.mu.Lock()
	defer sl.mu.Unlock()
	if v.Place == "" && len(sl.channels) > 0 {
		v.Place = sl.channels[0].ID
	}
	for _, c := range sl.channels {
		if c.user != "" && c.user != v.User {
			continue
		}
		v.Counts[c.ID] = len(c.messages)
		tab := roomTab{ID: c.ID, Name: c.Name, Direct: c.user != "", Current: c.ID == v.Place}
		if tab.Direct {
			if len(c.messages) == 0 && !tab.Current {
				continue
			}
			tab.Name = p.s.opt.BotName
		}
		v.Rooms = append(v.Rooms, tab)
		if tab.Current {
			v.Room = tab
			v.Posts = p.posts(c, v.User)
		}
	}
	if v.Room.ID == "" && v.Place != "home" && len(v.Rooms) > 0 {
		v.Place = v.Rooms[0].ID
		v.Rooms[0].Current = true
		v.Room = v.Rooms[0]
		v.Posts = p.posts(sl.find(v.Place), v.User)
	}
	if home, ok := sl.views[sl.homes[v.User]]; ok {
		v.HasHome = true
		v.Home = p.draw("home", map[string]string{"view": home.ID}, home.inputs, nil).blocks(home.Blocks)
	}
	if stack := sl.stacks[v.User]; len(stack) > 0 {
		p.modal(v, sl.views[stack[len(stack)-1]])
	}
}

func (p *page) modal(v *look, m *View) {
	v.ModalID = m.ID
	v.Modal = modalLook{Title: m.words("title"), Submit: m.words("submit"), Close: m.words("close"), Trouble: m.Errors[""],
		Body: p.draw(m.ID, map[string]string{"view": m.ID}, m.inputs, m.Errors).blocks(m.Blocks)}
	if v.Modal.Close == "" {
		v.Modal.Close = "Cancel"
	}
	if v.Modal.Submit == "" && strings.Contains(string(m.Blocks), `"type":"input"`) {
		v.Modal.Submit = "Submit"
	}
}

// posts draws the newest messages of a channel, with their threads below them.
// It needs Slack's lock.
func (p *page) posts(c *channel, user string) []post {
	var out []post
	at := map[string]int{}
	day := ""
	for _, m := range recent(c, user) {
		one := p.post(c, m)
		if m.ThreadTS != "" && m.ThreadTS != m.TS {
			if i, ok := at[m.ThreadTS]; ok {
				one.Time = p.replyTime(m)
				out[i].Replies = append(out[i].Replies, one)
				continue
			}
		}
		if d := tsTime(m.TS).In(p.s.opt.Zone).Format("Monday, 2 January"); d != day {
			one.Day, day = d, d
		}
		at[m.TS] = len(out)
		out = append(out, one)
	}
	return out
}

// replyTime names the day too when a reply came on another one than its parent.
func (p *page) replyTime(m *Message) string {
	at, parent := tsTime(m.TS).In(p.s.opt.Zone), tsTime(m.ThreadTS).In(p.s.opt.Zone)
	if at.Format(time.DateOnly) != parent.Format(time.DateOnly) {
		return at.Format("Mon 2 Jan 15:04")
	}
	return at.Format("15:04")
}

// recent takes the last roots and every reply to them.
func recent(c *channel, user string) []*Message {
	seen := func(m *Message) bool { return m.Ephemeral == "" || m.Ephemeral == user }
	roots, from := 0, 0
	for i, m := range slices.Backward(c.messages) {
		if m.ThreadTS == "" && seen(m) {
			if roots++; roots == postsShown {
				from = i
				break
			}
		}
	}
	var out []*Message
	for _, m := range c.messages[from:] {
		if seen(m) {
			out = append(out, m)
		}
	}
	return out
}

func (p *page) post(c *channel, m *Message) post {
	sl := p.s.slack
	one := post{TS: m.TS, Time: tsTime(m.TS).In(p.s.opt.Zone).Format("15:04"), IsBot: m.BotID != "",
		OnlyYou: m.Ephemeral != "", Reactions: m.Reactions, Edited: m.EditedTS != "" && m.BotID == "", Broadcast: m.Broadcast}
	switch {
	case one.IsBot:
		one.Name = p.s.opt.BotName
	case m.User == "USLACKBOT":
		one.Name = "Slackbot"
	default:
		u, _ := sl.user(m.User)
		one.Name = u.Name
	}
	one.Avatar = initials(one.Name)
	d := p.draw(m.TS, map[string]string{"channel": c.ID, "ts": m.TS}, m.inputs, nil)
	if len(m.Blocks) > 0 {
		one.Body = d.blocks(m.Blocks)
	} else {
		one.Body = template.HTML("<p>" + d.mrkdwn(m.Text) + "</p>") //nolint:gosec // mrkdwn escapes
	}
	for _, id := range m.Files {
		if f := sl.file(id); f != nil {
			one.Images = append(one.Images, picture{Address: "/page/file/" + f.ID, Alt: f.AltText, Title: f.Title,
				IsImage: strings.HasPrefix(f.ContentType, "image/")})
		}
	}
	return one
}

// draw prepares a drawing. It needs Slack's lock while it draws.
func (p *page) draw(scope string, place map[string]string, inputs map[string]map[string]any, errs map[string]string) *drawing {
	sl := p.s.slack
	return &drawing{
		words: words{zone: p.s.opt.Zone,
			user: func(id string) string {
				if id == p.s.opt.BotUserID {
					return p.s.opt.BotName
				}
				u, _ := sl.user(id)
				return u.Name
			},
			channel: func(id string) string {
				if c := sl.find(id); c != nil {
					return c.Name
				}
				return id
			}},
		place: place, scope: scope, users: p.s.opt.Users, rooms: p.s.opt.Channels, inputs: inputs, errors: errs,
		file: func(id string) string {
			if f := sl.file(id); f != nil {
				return "/page/file/" + f.ID
			}
			return ""
		},
	}
}

func initials(name string) string {
	out := ""
	for _, w := range strings.Fields(strings.TrimPrefix(name, "Dr. ")) {
		out += strings.ToUpper(string([]rune(w)[:1]))
	}
	if r := []rune(out); len(r) > 2 {
		return string(r[:2])
	}
	return out
}

// clockLook is the bot's clock on top.
type clockLook struct {
	Has        bool
	Date, Time string
	ISO        string
	Zone       string
	Busy       string
	Failed     string
}

func (p *page) clock() clockLook {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.s.now().In(p.s.opt.Zone)
	return clockLook{Has: p.s.opt.Clock != nil, Date: now.Format("Mon 2 January"), Time: now.Format("15:04"),
		ISO: now.Format(time.RFC3339), Zone: now.Format("MST"), Busy: p.running, Failed: p.failed}
}
