package sandbox_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"backstop/bot/sandbox"
)

// A phone texts the clinic: the bot gets the signed webhook that Twilio would
// send.
func Example() {
	bot := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		fmt.Println(r.URL.Path, r.FormValue("From"), r.FormValue("Body"), r.Header.Get("X-Twilio-Signature") != "")
	}))
	defer bot.Close()
	sb := sandbox.New(sandbox.Options{BotURL: bot.URL})
	defer sb.Close()

	got := sb.Twilio().Text("+12025550143", "7 this evening")
	fmt.Println(got.Delivery.OK())
	// Output:
	// /twilio/sms +12025550143 7 this evening true
	// true
}
