package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"
)

// overrides are the connection overrides to register with an inbound address.
// By default Twilio calls again only after a failed connect; with these it
// also does after a 5xx and a slow answer, three times within its 15 seconds.
// Not after a 4xx: a wrong signature does not get better
// (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
const overrides = "#rc=3&rp=5xx,ct,rt"

// Account is what Twilio says about our account.
type Account struct {
	Name   string
	Status string // "active", "suspended" or "closed"
	Type   string // "Full" or "Trial"
}

// Account asks Twilio about our account. Its error is a *bot.SendError.
func (c *Client) Account(ctx context.Context) (Account, error) {
	var account *openapi.ApiV2010Account
	saw, err := c.do(ctx, func(api *openapi.ApiService) (err error) {
		account, err = api.FetchAccount(c.config.AccountSID)
		return err
	})
	if err != nil {
		return Account{}, sendError(err, saw)
	}
	if str(account.Sid) == "" {
		return Account{}, errNoSID()
	}
	return Account{Name: str(account.FriendlyName), Status: str(account.Status), Type: str(account.Type)}, nil
}

// Webhook is where Twilio brings the texts to a number or messaging service.
type Webhook struct {
	Address     string // with its connection overrides
	Method      string
	Fallback    string
	Application string // when set, it decides and the address does not count
	PerNumber   bool   // a messaging service that leaves it to each of its numbers
	Texts       bool   // the sender can text
	Calls       bool   // the sender can call
}

// errNotOurs says that the account has no such sender.
var errNotOurs = errors.New("not a number of this Twilio account")

// WebhookOf asks Twilio where texts to a sender go: a number in E.164 or a
// messaging service (MG...).
func (c *Client) WebhookOf(ctx context.Context, sender string) (Webhook, error) {
	if isMessagingService(sender) {
		return c.serviceWebhook(ctx, sender)
	}
	params := &openapi.ListIncomingPhoneNumberParams{}
	params.SetPhoneNumber(sender)
	params.SetPageSize(pageSize)
	var list *openapi.ListIncomingPhoneNumberResponse
	saw, err := c.do(ctx, func(api *openapi.ApiService) (err error) {
		list, err = api.PageIncomingPhoneNumber(params, "", "")
		return err
	})
	if err != nil {
		return Webhook{}, sendError(err, saw)
	}
	for _, n := range list.IncomingPhoneNumbers { // Twilio also finds numbers that hold this one
		if str(n.PhoneNumber) != sender {
			continue
		}
		hook := Webhook{
			Address: str(n.SmsUrl), Method: str(n.SmsMethod), Fallback: str(n.SmsFallbackUrl), Application: str(n.SmsApplicationSid),
		}
		if n.Capabilities != nil {
			hook.Texts, hook.Calls = n.Capabilities.Sms, n.Capabilities.Voice
		}
		return hook, nil
	}
	return Webhook{}, errNotOurs
}

// serviceWebhook reads a messaging service. It is another product of Twilio's,
// on a host of its own; reading this one resource needs no library for it.
func (c *Client) serviceWebhook(ctx context.Context, sid string) (Webhook, error) {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	low, saw := c.low(ctx)
	address := "https://messaging.twilio.com/v1/Services/" + url.PathEscape(sid)
	answer, err := low.SendRequest(http.MethodGet, address, nil, map[string]any{"Accept": "application/json"})
	if err != nil {
		return Webhook{}, sendError(err, saw)
	}
	defer answer.Body.Close()
	var service struct {
		SID           string `json:"sid"`
		Inbound       string `json:"inbound_request_url"`
		InboundMethod string `json:"inbound_method"`
		Fallback      string `json:"fallback_url"`
		PerNumber     bool   `json:"use_inbound_webhook_on_number"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&service); err != nil {
		return Webhook{}, sendError(err, saw)
	}
	if service.SID != sid {
		return Webhook{}, errNoSID()
	}
	return Webhook{
		Address: service.Inbound, Method: service.InboundMethod, Fallback: service.Fallback, PerNumber: service.PerNumber,
		Texts: true, // its numbers tell whether they can call
	}, nil
}

// InboundAddress is what to register at Twilio for inbound texts.
func (c *Client) InboundAddress() string { return c.config.public() + "/twilio/sms" + overrides }

// Wrong tells in one line each what is not as it should be, and what to do.
func (c *Client) Wrong(hook Webhook) []string {
	var wrong []string
	switch {
	case hook.Application != "":
		wrong = append(wrong, fmt.Sprintf("texts go to the TwiML app %s: remove it from the number, or set its request address to %s", hook.Application, c.InboundAddress()))
	case hook.PerNumber:
		wrong = append(wrong, "the messaging service leaves inbound texts to each number: turn that off, or set the address at every number")
	case hook.Address != c.InboundAddress():
		wrong = append(wrong, fmt.Sprintf("texts go to %q: register %s", hook.Address, c.InboundAddress()))
	case hook.Method != http.MethodPost:
		wrong = append(wrong, fmt.Sprintf("texts come by %q: choose POST", hook.Method))
	}
	if hook.Fallback == "" {
		wrong = append(wrong, "no fallback address is registered: use "+c.config.public()+"/twilio/sms, so that texts get through during a deploy")
	}
	if !hook.Texts {
		wrong = append(wrong, "the number cannot send texts")
	}
	return wrong
}
