package twilio

import (
	"context"
	"fmt"
	"slices"
	"time"

	"backstop/bot"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"
)

// pageSize is how many resources a page of a list holds.
const pageSize = 100

// TextsTo lists what was sent to a number since a time, newest first. It does
// not ask Twilio to filter by the date of sending: a text that still waits in
// Twilio's queue has none, and those are the ones looked for after a send
// whose answer was lost.
func (c *Client) TextsTo(ctx context.Context, to string, since time.Time) ([]bot.SentText, error) {
	params := &openapi.ListMessageParams{}
	params.SetTo(to)
	texts, err := c.texts(ctx, params, since, func(t bot.SentText) bool { return !t.Inbound })
	if err != nil {
		return nil, fmt.Errorf("list texts sent: %w", err)
	}
	slices.SortStableFunc(texts, func(a, b bot.SentText) int { return b.SentAt.Compare(a.SentAt) })
	return texts, nil
}

// TextsReceived lists what one of our numbers received since a time, oldest
// first; for a messaging service, what any of its numbers did. Twilio filters
// by whole days in UTC, and not by service; the rest is filtered here.
func (c *Client) TextsReceived(ctx context.Context, ours string, since time.Time) ([]bot.SentText, error) {
	params := &openapi.ListMessageParams{}
	service := ""
	if isMessagingService(ours) {
		service = ours
	} else {
		params.SetTo(ours)
	}
	params.SetDateSentAfter(since.UTC().Truncate(24 * time.Hour))
	texts, err := c.texts(ctx, params, since, func(t bot.SentText) bool {
		return t.Inbound && (service == "" || t.Service == service)
	})
	if err != nil {
		return nil, fmt.Errorf("list texts received: %w", err)
	}
	slices.Reverse(texts) // times are whole seconds: within one, the list's own order holds
	slices.SortStableFunc(texts, func(a, b bot.SentText) int { return a.SentAt.Compare(b.SentAt) })
	return texts, nil
}

// texts reads pages, newest first, until one lies wholly before since.
func (c *Client) texts(ctx context.Context, params *openapi.ListMessageParams, since time.Time, keep func(bot.SentText) bool) ([]bot.SentText, error) {
	params.SetPageSize(pageSize)
	var found []bot.SentText
	err := c.pages(ctx, func(api *openapi.ApiService, at page) (page, error) {
		list, err := api.PageMessage(params, at.token, at.number)
		if err != nil {
			return page{}, err
		}
		var young bool
		for _, m := range list.Messages {
			if before(since, m.DateCreated, m.DateSent) {
				continue
			}
			young = true
			if text := sentText(&m); keep(text) {
				found = append(found, text)
			}
		}
		if !young {
			return page{}, nil
		}
		return nextPage(str(list.NextPageUri))
	})
	return found, err
}

// CallsTo lists the calls placed to a number since a time, newest first.
func (c *Client) CallsTo(ctx context.Context, to string, since time.Time) ([]bot.PlacedCall, error) {
	params := &openapi.ListCallParams{}
	params.SetTo(to)
	params.SetPageSize(pageSize)
	var found []bot.PlacedCall
	err := c.pages(ctx, func(api *openapi.ApiService, at page) (page, error) {
		list, err := api.PageCall(params, at.token, at.number)
		if err != nil {
			return page{}, err
		}
		var young bool
		for _, call := range list.Calls {
			if before(since, call.DateCreated, call.StartTime) {
				continue
			}
			young = true
			if str(call.Direction) != "inbound" {
				found = append(found, placedCall(&call))
			}
		}
		if !young {
			return page{}, nil
		}
		return nextPage(str(list.NextPageUri))
	})
	if err != nil {
		return nil, fmt.Errorf("list calls placed: %w", err)
	}
	slices.SortStableFunc(found, func(a, b bot.PlacedCall) int { return b.PlacedAt.Compare(a.PlacedAt) })
	return found, nil
}

func sentText(m *openapi.ApiV2010Message) bot.SentText {
	text := bot.SentText{
		Accepted: accepted(m),
		From:     str(m.From),
		To:       str(m.To),
		Body:     str(m.Body),
		SentAt:   firstTime(m.DateSent, m.DateCreated),
		Inbound:  str(m.Direction) == "inbound",
		Media:    number(m.NumMedia),
		Service:  str(m.MessagingServiceSid),
	}
	if m.ErrorCode != nil {
		text.ErrorCode = *m.ErrorCode
	}
	return text
}

func placedCall(c *openapi.ApiV2010Call) bot.PlacedCall {
	return bot.PlacedCall{
		Accepted: bot.Accepted{ProviderID: str(c.Sid), Status: str(c.Status)},
		To:       str(c.To),
		PlacedAt: firstTime(c.DateCreated, c.StartTime),
	}
}

// before reports whether a resource is certainly older than since. Twilio's
// times are whole seconds, so a fraction of since must not hide one.
func before(since time.Time, dates ...*string) bool {
	at := firstTime(dates...)
	return !at.IsZero() && at.Before(since.Truncate(time.Second))
}

// firstTime is the first date that can be read (RFC 2822), in UTC; zero when there is none.
func firstTime(dates ...*string) time.Time {
	for _, date := range dates {
		if at, err := time.Parse(time.RFC1123Z, str(date)); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}
