package sandbox

import (
	"fmt"
	"net/http"
)

// twilioErrors are the codes a create can be refused with, and the ones a
// carrier reports later. Titles are short restatements of Twilio's.
var twilioErrors = map[int]struct {
	status int // HTTP status when refused; 0 for what only a carrier reports
	title  string
}{
	10001:  {403, "account disabled"},
	14107:  {0, "reply loop: too many replies between two numbers"},
	20001:  {400, "unknown parameters"},
	20003:  {401, "Authenticate"},
	20005:  {401, "account not active"},
	20404:  {404, "The requested resource was not found"},
	20409:  {409, "conflict"},
	20429:  {429, "Too Many Requests"},
	20500:  {500, "Internal Server Error"},
	20503:  {503, "Service Unavailable"},
	21205:  {400, "Url parameter is required"},
	21210:  {400, "'From' phone number not verified"},
	21211:  {400, "Invalid 'To' Phone Number"},
	21212:  {400, "Invalid From Number (caller ID)"},
	21214:  {400, "'To' phone number cannot be reached"},
	21215:  {400, "Geo permission configuration is not permitting call"},
	21216:  {400, "Call blocked by blocklist"},
	21217:  {400, "Phone number does not appear to be valid"},
	21219:  {400, "'To' phone number not verified"},
	21220:  {400, "Invalid call state"},
	21408:  {400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"},
	21601:  {400, "Phone number is not a valid SMS-capable phone number"},
	21602:  {400, "Message body is required"},
	21603:  {400, "A 'From' or 'MessagingServiceSid' parameter is required"},
	21604:  {400, "A 'To' phone number is required"},
	21606:  {400, "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination"},
	21608:  {400, "The 'To' phone number is unverified"},
	21609:  {400, "The 'StatusCallback' URL is not a valid URL"},
	21610:  {400, "Attempt to send to unsubscribed recipient"},
	21611:  {429, "This 'From' number has exceeded the maximum number of queued messages"},
	21612:  {400, "Message cannot be sent with the current combination of 'To' and/or 'From' parameters"},
	21614:  {400, "'To' number is not a valid mobile number"},
	21617:  {400, "The concatenated message body exceeds the 1600 character limit"},
	21618:  {400, "The message body cannot be sent"},
	21619:  {400, "A text message body or media urls must be specified"},
	21620:  {400, "Invalid media URL(s)"},
	21621:  {400, "The 'From' number has not been enabled for MMS"},
	21623:  {400, "Number of media files exceeds allowed limit"},
	21635:  {400, "'To' number cannot be a landline"},
	21654:  {400, "ContentSid required"},
	21656:  {400, "The content variables parameter is invalid"},
	21658:  {400, "Parameter exceeds its maximum length"},
	21701:  {404, "The Messaging Service does not exist"},
	21702:  {400, "The Messaging Service is not available to send"},
	21703:  {400, "The Messaging Service does not have a sender available"},
	21704:  {400, "The Messaging Service contains no phone numbers"},
	21705:  {400, "The Messaging Service Sid is invalid"},
	23002:  {0, "phone number redaction is incompatible with opt-out handling"},
	30001:  {0, "Queue overflow"},
	30002:  {0, "Account suspended"},
	30003:  {0, "Unreachable destination handset"},
	30004:  {0, "Message blocked"},
	30005:  {0, "Unknown destination handset"},
	30006:  {0, "Landline or unreachable carrier"},
	30007:  {0, "Message filtered"},
	30008:  {0, "Unknown error"},
	30009:  {0, "Missing inbound segment"},
	30010:  {0, "Message price exceeds max price"},
	30011:  {0, "MMS not supported by the receiving phone number"},
	30017:  {0, "Carrier network congestion"},
	30018:  {0, "Destination carrier requires sender ID pre-registration"},
	30019:  {0, "Content size exceeds carrier limit"},
	30020:  {0, "Internal failure with message scheduling"},
	30021:  {0, "Internal failure with Messaging Service"},
	30022:  {0, "US A2P 10DLC rate limits exceeded"},
	30023:  {0, "US A2P 10DLC daily message cap reached"},
	30024:  {0, "Sender not provisioned by carrier"},
	30025:  {0, "half of the daily cap reached"},
	30026:  {0, "70 % of the daily cap reached"},
	30027:  {0, "T-Mobile daily message limit reached"},
	30032:  {0, "Toll-free number has not been verified"},
	30033:  {0, "US A2P 10DLC campaign suspended"},
	30034:  {0, "Message from an unregistered number"},
	30035:  {0, "Number still being configured"},
	30036:  {0, "Validity period expired"},
	30039:  {0, "Inbound message looked machine generated"},
	30045:  {400, "Validity period out of range"},
	30410:  {0, "Provider timeout"},
	30450:  {400, "Message delivery blocked by pumping protection"},
	30610:  {400, "Message blocked in quiet hours"},
	30640:  {400, "Message blocked: known litigator"},
	35111:  {400, "Missing 'SendAt' parameter"},
	35114:  {400, "'SendAt' is outside of the allowed window"},
	35115:  {400, "'SendAt' is not a valid UTC time"},
	35117:  {400, "'SendAt' is outside of the allowed window"},
	35125:  {400, "Too many scheduled messages"},
	90007:  {400, "Invalid validity period"},
	572002: {400, "Trial: 'From' is not the number assigned to this recipient"},
	572005: {400, "Trial: recipient not verified"},
	572006: {400, "Trial: only predefined templates may be sent"},
}

func twilioStatus(code int) int {
	if e, ok := twilioErrors[code]; ok && e.status != 0 {
		return e.status
	}
	return http.StatusBadRequest
}

func twilioTitle(code int) string {
	if e, ok := twilioErrors[code]; ok {
		return e.title
	}
	return fmt.Sprintf("error %d", code)
}

// refuse answers an error in the shape of the API.
func refuse(w http.ResponseWriter, code int) {
	status := twilioStatus(code)
	writeJSON(w, status, map[string]any{
		"code": code, "message": twilioTitle(code), "status": status,
		"more_info": fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code),
	})
}

// The magic numbers of test credentials; they mean the same here.
const magicGood = "+15005550006"

var (
	magicTextFrom = map[string]int{"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
	magicTextTo   = map[string]int{"+15005550001": 21211, "+15005550002": 21612, "+15005550003": 21408,
		"+15005550004": 21610, "+15005550009": 21614}
	magicCallFrom = map[string]int{"+15005550001": 21212}
	magicCallTo   = map[string]int{"+15005550001": 21217, "+15005550002": 21214, "+15005550003": 21215,
		"+15005550004": 21216}
)
