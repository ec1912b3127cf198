package sandbox

import "strings"

func (sl *Slack) isUser(id string) bool {
	_, ok := sl.user(id)
	return ok
}

func (sl *Slack) user(id string) (User, bool) {
	for _, u := range sl.s.opt.Users {
		if u.ID == id {
			if u.Handle == "" {
				u.Handle = strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(u.Name, ".", ""), " ", "."))
			}
			if u.Zone == "" {
				u.Zone = "America/New_York"
			}
			return u, true
		}
	}
	return User{ID: id, Name: id, Handle: id}, false
}

func (sl *Slack) userJSON(u User) map[string]any {
	return map[string]any{
		"id": u.ID, "team_id": sl.team(u.Team).ID, "name": u.Handle, "real_name": u.Name, "deleted": false, "tz": u.Zone,
		"is_bot": u.ID == sl.s.opt.BotUserID, "is_admin": false, "is_restricted": false, "is_ultra_restricted": false,
		"profile": map[string]any{"real_name": u.Name, "display_name": u.Name, "team": sl.team(u.Team).ID},
	}
}

func (sl *Slack) usersInfo(a slackArgs) (map[string]any, error) {
	id := a.str("user")
	if id == sl.s.opt.BotUserID {
		return map[string]any{"user": sl.userJSON(User{ID: id, Name: sl.s.opt.BotName, Handle: strings.ToLower(sl.s.opt.BotName)})}, nil
	}
	u, ok := sl.user(id)
	if !ok {
		return nil, fail("user_not_found")
	}
	return map[string]any{"user": sl.userJSON(u)}, nil
}

func (sl *Slack) usersList(a slackArgs) (map[string]any, error) {
	members := []any{}
	for _, o := range sl.s.opt.Users {
		u, _ := sl.user(o.ID)
		if sl.team(u.Team).ID != a.team {
			continue
		}
		members = append(members, sl.userJSON(u))
	}
	return map[string]any{"members": members, "response_metadata": map[string]any{"next_cursor": ""}}, nil
}

func (sl *Slack) authTest(a slackArgs) (map[string]any, error) {
	o, t := sl.s.opt, sl.team(a.team)
	return map[string]any{"url": "https://" + t.Domain + ".slack.com/", "team": t.Name, "team_id": t.ID,
		"user": strings.ToLower(o.BotName), "user_id": o.BotUserID, "bot_id": o.BotID, "is_enterprise_install": false}, nil
}

func (sl *Slack) teamInfo(a slackArgs) (map[string]any, error) {
	t := sl.team(a.team)
	return map[string]any{"team": map[string]any{"id": t.ID, "name": t.Name, "domain": t.Domain,
		"url": "https://" + t.Domain + ".slack.com/", "email_domain": "", "icon": map[string]any{}}}, nil
}
