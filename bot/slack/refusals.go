package slack

import "backstop/bot"

// refusal is what an error of Slack's asks of us, and its plain words for the clinic.
type refusal struct {
	verdict bot.Verdict
	reason  string
	form    bool // Slack refused what the post looks like: plain text may do
}

// Reasons that several errors share.
const (
	slowDown     = "Slack asks us to slow down"
	badToken     = "Slack does not accept our token: the app must be installed anew"
	missingRight = "the Slack app lacks a permission: it must be installed anew with the scopes of its manifest"
	badChannel   = "the Slack channel is gone or archived"
	notInvited   = "the Slack app is not in the channel: invite it"
	mayNotPost   = "the Slack channel does not let the app post"
	badForm      = "Slack refused the form of the message: this is a fault of ours"
	gone         = "the Slack message cannot be changed any more"
	noThread     = "the Slack thread is gone"
	pressedLate  = "the button was pressed too long ago"
	noFile       = "Slack does not take the file"
)

func asks(v bot.Verdict, reason string) refusal { return refusal{verdict: v, reason: reason} }

func misshapen() refusal { return refusal{verdict: bot.GiveUp, reason: badForm, form: true} }

// refusals sorts the errors of the methods we call
// (https://docs.slack.dev/reference/methods); the verdicts are ours.
var refusals = map[string]refusal{
	// The app and its token.
	"invalid_auth":              asks(bot.Operator, badToken),
	"not_authed":                asks(bot.Operator, badToken),
	"account_inactive":          asks(bot.Operator, badToken),
	"token_revoked":             asks(bot.Operator, badToken),
	"token_expired":             asks(bot.Operator, badToken),
	"not_allowed_token_type":    asks(bot.Operator, badToken),
	"invalid_app":               asks(bot.Operator, badToken),
	"invalid_app_id":            asks(bot.Operator, badToken),
	"org_login_required":        asks(bot.Operator, badToken),
	"two_factor_setup_required": asks(bot.Operator, badToken),
	"team_access_not_granted":   asks(bot.Operator, badToken),
	"team_not_found":            asks(bot.Operator, badToken),
	"missing_scope":             asks(bot.Operator, missingRight),
	"no_permission":             asks(bot.Operator, missingRight),
	"access_denied":             asks(bot.Operator, missingRight),
	"accesslimited":             asks(bot.Operator, missingRight),
	"app_access_restricted":     asks(bot.Operator, missingRight),
	"ekm_access_denied":         asks(bot.Operator, missingRight),
	"enterprise_is_restricted":  asks(bot.Operator, missingRight),

	// The channel, or the person written to.
	"channel_not_found":                        asks(bot.Operator, notInvited),
	"not_in_channel":                           asks(bot.Operator, notInvited),
	"is_archived":                              asks(bot.Operator, badChannel),
	"is_inactive":                              asks(bot.Operator, badChannel),
	"restricted_action":                        asks(bot.Operator, mayNotPost),
	"restricted_action_read_only_channel":      asks(bot.Operator, mayNotPost),
	"restricted_action_thread_only_channel":    asks(bot.Operator, mayNotPost),
	"restricted_action_non_threadable_channel": asks(bot.Operator, mayNotPost),
	"channel_is_limited_access":                asks(bot.Operator, mayNotPost),
	"messages_tab_disabled":                    asks(bot.Operator, "the Slack app's messages tab is off"),
	"not_enabled":                              asks(bot.Operator, "the Slack app's home tab is off"),
	"user_disabled":                            asks(bot.Operator, "the Slack user is no longer active"),
	"user_not_found":                           asks(bot.Operator, "Slack does not know the user"),
	"user_not_visible":                         asks(bot.Operator, "Slack does not let us see the user"),

	// The pace, and Slack itself.
	"ratelimited":                asks(bot.Retry, slowDown),
	"rate_limited":               asks(bot.Retry, slowDown),
	"service_unavailable":        asks(bot.Retry, "Slack is not available"),
	"request_timeout":            asks(bot.Retry, "Slack did not read our request in time"),
	"external_channel_migrating": asks(bot.Retry, "Slack is moving the channel"),
	"team_added_to_org":          asks(bot.Retry, "Slack is moving the workspace"),
	"hash_conflict":              asks(bot.Retry, "the view changed meanwhile"),
	"streaming_state_conflict":   asks(bot.Retry, "the message was changing at the same time"),
	"message_limit_exceeded":     asks(bot.RetryLater, "the workspace has reached Slack's limit of messages"),
	"internal_error":             asks(bot.Ambiguous, "Slack had an internal error"),
	"fatal_error":                asks(bot.Ambiguous, "Slack had an internal error"),
	"update_failed":              asks(bot.Ambiguous, "Slack could not change the message"),

	// A message that is not there any more, or not ours to change.
	"message_not_found":               asks(bot.GiveUp, gone),
	"cant_update_message":             asks(bot.GiveUp, gone),
	"edit_window_closed":              asks(bot.GiveUp, gone),
	"block_mismatch":                  asks(bot.GiveUp, gone),
	"thread_not_found":                asks(bot.GiveUp, noThread),
	"cannot_reply_to_message":         asks(bot.GiveUp, noThread),
	"restricted_action_thread_locked": asks(bot.GiveUp, noThread),

	// A dialog that came too late.
	"expired_trigger_id":   asks(bot.GiveUp, pressedLate),
	"exchanged_trigger_id": asks(bot.GiveUp, pressedLate),
	"invalid_trigger_id":   asks(bot.GiveUp, pressedLate),

	// Files.
	"storage_limit_reached":               asks(bot.GiveUp, noFile),
	"file_uploads_disabled":               asks(bot.GiveUp, noFile),
	"file_uploads_except_images_disabled": asks(bot.GiveUp, noFile),
	"posting_to_channel_denied":           asks(bot.GiveUp, noFile),
	"file_type_not_allowed":               asks(bot.GiveUp, noFile),
	"blocked_file_type":                   asks(bot.GiveUp, noFile),
	"file_upload_size_restricted":         asks(bot.GiveUp, noFile),
	"file_share_limit_reached":            asks(bot.GiveUp, noFile),
	"unable_to_share_files":               asks(bot.GiveUp, noFile),
	"file_not_found":                      asks(bot.GiveUp, noFile),
	"missing_file_data":                   asks(bot.GiveUp, noFile),

	// The form of a message.
	"invalid_blocks":                    misshapen(),
	"invalid_blocks_format":             misshapen(),
	"msg_too_long":                      misshapen(),
	"msg_blocks_too_long":               misshapen(),
	"no_text":                           misshapen(),
	"too_many_attachments":              misshapen(),
	"too_many_contact_cards":            misshapen(),
	"attachment_payload_limit_exceeded": misshapen(),
	"invalid_attachments":               misshapen(),
	"invalid_metadata_format":           misshapen(),
	"invalid_metadata_schema":           misshapen(),
	"metadata_too_large":                misshapen(),
	"metadata_must_be_sent_from_app":    misshapen(),
	"markdown_text_conflict":            misshapen(),
	"view_too_large":                    misshapen(),
	"duplicate_external_id":             misshapen(),
	"alt_txt_too_large":                 misshapen(),
	"missing_argument":                  misshapen(),
	"invalid_arguments":                 misshapen(),
	"invalid_arg_name":                  misshapen(),
	"invalid_array_arg":                 misshapen(),
	"invalid_charset":                   misshapen(),
	"invalid_form_data":                 misshapen(),
	"invalid_post_type":                 misshapen(),
	"missing_post_type":                 misshapen(),
	"deprecated_endpoint":               asks(bot.GiveUp, badForm),
	"method_deprecated":                 asks(bot.GiveUp, badForm),
	"unknown_method":                    asks(bot.Operator, "the address of Slack's API does not answer as Slack does: check SLACK_API_URL"),
}
