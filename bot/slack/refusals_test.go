package slack

import (
	"slices"
	"strings"
	"testing"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// What each error asks for, by what we do about it. An error may stand in one
// place only; those of a message's form are shown once more as plain text.
var wantRefusals = map[bot.Verdict]string{
	bot.Operator: `invalid_auth not_authed account_inactive token_revoked token_expired missing_scope not_allowed_token_type no_permission
		org_login_required two_factor_setup_required team_access_not_granted team_not_found access_denied accesslimited app_access_restricted
		ekm_access_denied enterprise_is_restricted invalid_app invalid_app_id channel_not_found not_in_channel is_archived is_inactive
		restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel restricted_action_non_threadable_channel
		messages_tab_disabled channel_is_limited_access user_disabled user_not_found user_not_visible not_enabled unknown_method`,
	bot.Retry: `ratelimited rate_limited service_unavailable request_timeout external_channel_migrating team_added_to_org hash_conflict
		streaming_state_conflict`,
	bot.RetryLater: `message_limit_exceeded`,
	bot.Ambiguous:  `internal_error fatal_error update_failed`,
	bot.GiveUp: `message_not_found cant_update_message edit_window_closed block_mismatch thread_not_found cannot_reply_to_message
		restricted_action_thread_locked expired_trigger_id exchanged_trigger_id invalid_trigger_id storage_limit_reached file_uploads_disabled
		file_uploads_except_images_disabled posting_to_channel_denied file_type_not_allowed blocked_file_type file_upload_size_restricted
		file_share_limit_reached unable_to_share_files file_not_found missing_file_data deprecated_endpoint method_deprecated ` + wantMisshapen,
}

const wantMisshapen = `invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text too_many_attachments
	attachment_payload_limit_exceeded invalid_attachments invalid_metadata_format invalid_metadata_schema metadata_too_large
	metadata_must_be_sent_from_app markdown_text_conflict view_too_large duplicate_external_id missing_argument invalid_arguments
	invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type missing_post_type too_many_contact_cards
	alt_txt_too_large`

func TestEveryRefusalIsSorted(t *testing.T) {
	var listed []string
	for want, list := range wantRefusals {
		for _, code := range strings.Fields(list) {
			listed = append(listed, code)
			got := sendError(slack.SlackErrorResponse{Err: code}, true)
			if got.Verdict != want || got.Reason == "" {
				t.Errorf("%s is sorted into %s (%q), want %s", code, got.Verdict, got.Reason, want)
			}
		}
	}
	for code := range refusals {
		if n := len(slices.DeleteFunc(slices.Clone(listed), func(c string) bool { return c != code })); n != 1 {
			t.Errorf("%s is listed %d times, want once", code, n)
		}
	}
	if len(listed) != len(refusals) {
		t.Errorf("%d errors listed, %d in the table", len(listed), len(refusals))
	}
}

func TestOnlyRefusalsOfTheFormAreShownAsPlainText(t *testing.T) {
	misshapen := strings.Fields(wantMisshapen)
	for code := range refusals {
		_, again := refusedForm(sendError(slack.SlackErrorResponse{Err: code}, true))
		if again != slices.Contains(misshapen, code) {
			t.Errorf("%s: shown again %v", code, again)
		}
	}
	if _, again := refusedForm(sendError(slack.StatusCodeError{Code: 500}, true)); again {
		t.Error("an answer that may hide a post is followed by a second one")
	}
}
