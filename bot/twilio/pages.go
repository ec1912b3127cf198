package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"
)

// maxPages ends a list that does not end by itself: 100,000 resources.
const maxPages = 1000

// page names one page of a list; the zero value is the first one, and as a
// next page it means that there is none.
type page struct {
	number string
	token  string
}

// pages reads one page after the other, each under its own timeout, until
// there is no next one.
func (c *Client) pages(ctx context.Context, read func(*openapi.ApiService, page) (page, error)) error {
	var at page
	for range maxPages {
		var next page
		saw, err := c.do(ctx, func(api *openapi.ApiService) (err error) {
			next, err = read(api, at)
			return err
		})
		if err != nil {
			return sendError(err, saw)
		}
		if next == (page{}) {
			return nil
		}
		if next == at {
			return errors.New("the next page is the page itself")
		}
		at = next
	}
	return fmt.Errorf("more than %d pages", maxPages)
}

// nextPage reads the number and token out of a next_page_uri; empty means there is none.
func nextPage(uri string) (page, error) {
	if uri == "" {
		return page{}, nil
	}
	u, err := url.Parse(uri)
	if err != nil {
		return page{}, errors.New("the address of the next page cannot be read")
	}
	next := page{number: u.Query().Get("Page"), token: u.Query().Get("PageToken")}
	if next == (page{}) {
		return page{}, errors.New("the address of the next page names none")
	}
	return next, nil
}
