package sandbox

// Env is what a bot beside this sandbox has to be configured with, as lines of
// NAME=value. It is complete once the sandbox knows its own address.
func (s *Sandbox) Env() []string {
	o := s.opt
	return []string{
		"TWILIO_ACCOUNT_SID=" + o.AccountSID,
		"TWILIO_AUTH_TOKEN=" + o.AuthToken,
		"TWILIO_BASE_URL=" + s.URL(),
		"SLACK_BOT_TOKEN=" + o.SlackBotToken,
		"SLACK_SIGNING_SECRET=" + o.SlackSigningSecret,
		"SLACK_API_URL=" + s.URL() + "/api/",
	}
}
