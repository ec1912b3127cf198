package slack

import (
	"bytes"
	"context"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// maxAlt is Slack's limit of a file's alternative text
// (https://docs.slack.dev/reference/methods/files.getUploadURLExternal).
const maxAlt = 1000

// Upload keeps a picture in Slack, in no channel: a card shows it by its id.
// Its error is a *bot.SendError.
func (c *Client) Upload(ctx context.Context, p bot.Picture) (string, error) {
	ctx, connected := watched(ctx)
	api, err := c.in(ctx, p.Team)
	if err != nil {
		return "", err
	}
	file, err := api.UploadFileContext(ctx, slack.UploadFileParameters{
		Filename: p.Name, Title: "Last weeks", AltTxt: literal(p.Says, maxAlt), FileSize: len(p.PNG), Reader: bytes.NewReader(p.PNG),
	})
	if err != nil {
		return "", sendError(err, connected.Load())
	}
	if file == nil || file.ID == "" {
		return "", errNotOK
	}
	return file.ID, nil
}
