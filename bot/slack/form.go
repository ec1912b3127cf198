package slack

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// Slack's limits of dialogs, in characters
// (https://docs.slack.dev/reference/views, .../block-kit/block-elements).
const (
	maxTitle   = 24
	maxOption  = 75
	maxChoices = 100
	maxBoxes   = 10
	maxInput   = 3000
	maxBlocks  = 90 // of 100: room for what we add

	// Of ours: a view may measure about 250 kB as a whole.
	maxSaid = 1000
	maxRow  = 500
	maxHint = 300
)

// modal lays a form out. Every input's block and action carry the field's name.
func modal(f bot.Form) slack.ModalViewRequest {
	var out []slack.Block
	for _, said := range f.Said {
		if len(out) == maxBlocks-len(f.Fields) {
			break
		}
		if ours := literal(said.Ours, maxSaid); ours != "" {
			out = append(out, section(ours))
		}
		out = append(out, words(literal(said.Words, maxSaid))...)
	}
	if len(f.Also) > 0 {
		out = append(out, slack.NewActionBlock("also", homeButtons(f.Also[:min(len(f.Also), maxElements)])...))
	}
	for _, field := range f.Fields {
		out = append(out, input(field))
	}
	if f.Link != nil {
		button := slack.NewButtonBlockElement(linkAction, linkAction, plainObject(literal(f.Link.Label, maxOption))).WithStyle(slack.StylePrimary).WithURL(f.Link.URL)
		out = append(out, slack.NewActionBlock("links", button))
	}
	if len(out) == 0 {
		out = append(out, section("Done."))
	}
	view := slack.ModalViewRequest{
		Type: slack.VTModal, Title: plainObject(literal(f.Title, maxTitle)), Close: plainObject("Close"),
		CallbackID: f.Name, PrivateMetadata: private{f.Clinic, f.About}.encode(), Blocks: slack.Blocks{BlockSet: out},
	}
	if f.Submit != "" {
		view.Submit = plainObject(literal(f.Submit, maxTitle))
		view.Close = plainObject("Cancel")
	}
	return view
}

// input is one labelled field.
func input(f bot.Field) *slack.InputBlock {
	var hint *slack.TextBlockObject
	if text := literal(f.Hint, maxHint); text != "" {
		hint = plainObject(text)
	}
	block := slack.NewInputBlock(f.Name, plainObject(literal(f.Label, maxHint)), hint, element(f))
	block.Optional = f.Optional
	block.DispatchAction = f.Live
	return block
}

func element(f bot.Field) slack.BlockElement {
	switch f.Kind {
	case bot.FieldChoice:
		return choice(f)
	case bot.FieldSome:
		return some(f)
	case bot.FieldNumber:
		number := slack.NewNumberInputBlockElement(nil, f.Name, true)
		number.InitialValue = f.Value
		return number
	case bot.FieldDate:
		date := slack.NewDatePickerBlockElement(f.Name)
		date.InitialDate = f.Value
		return date
	case bot.FieldTime:
		at := slack.NewTimePickerBlockElement(f.Name)
		at.InitialTime = f.Value
		return at
	case bot.FieldText, bot.FieldLong:
	}
	text := slack.NewPlainTextInputBlockElement(nil, f.Name)
	text.Multiline = f.Kind == bot.FieldLong
	text.InitialValue = f.Value
	text.MaxLength = maxInput
	if f.Most > 0 {
		text.MaxLength = min(f.Most, maxInput)
	}
	if f.Live {
		text.DispatchActionConfig = &slack.DispatchActionConfig{TriggerActionsOn: []string{"on_character_entered"}}
	}
	return text
}

func choice(f bot.Field) *slack.SelectBlockElement {
	var options []*slack.OptionBlockObject
	var initial *slack.OptionBlockObject
	for _, c := range f.Choices[:min(len(f.Choices), maxChoices)] {
		option := slack.NewOptionBlockObject(literal(c.Value, maxOption), plainObject(literal(c.Label, maxOption)), nil)
		options = append(options, option)
		if c.Value == f.Value {
			initial = option
		}
	}
	one := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, f.Name, options...)
	one.InitialOption = initial
	return one
}

// some is a box to tick for each choice.
func some(f bot.Field) *slack.CheckboxGroupsBlockElement {
	ticked := strings.Split(f.Value, ",")
	var options, initial []*slack.OptionBlockObject
	for _, c := range f.Choices[:min(len(f.Choices), maxBoxes)] {
		option := slack.NewOptionBlockObject(literal(c.Value, maxOption), plainObject(literal(c.Label, maxOption)), nil)
		options = append(options, option)
		if slices.Contains(ticked, c.Value) {
			initial = append(initial, option)
		}
	}
	boxes := slack.NewCheckboxGroupsBlockElement(f.Name, options...)
	boxes.InitialOptions = initial
	return boxes
}

// openForm opens a dialog, or replaces the one a press stands in.
func (h *Webhooks) openForm(ctx context.Context, f bot.Form, team, trigger, dialog string) error {
	ctx, connected := watched(ctx)
	api, err := h.client.in(ctx, team)
	if err != nil {
		return err
	}
	if dialog != "" {
		_, err = api.UpdateViewContext(ctx, modal(f), "", "", dialog)
	} else {
		_, err = api.OpenViewContext(ctx, trigger, modal(f))
	}
	if err != nil {
		return sendError(err, connected.Load())
	}
	return nil
}

// view is what we read of a dialog or the home view.
type view struct {
	ID       string  `json:"id"`
	Type     string  `json:"type"`
	Callback string  `json:"callback_id"`
	Private  private `json:"private_metadata"`
	State    struct {
		Values map[string]map[string]entered `json:"values"`
	} `json:"state"`
}

// entered is the value of one input, whatever its kind.
type entered struct {
	Value  json.RawMessage `json:"value"`
	Date   string          `json:"selected_date"`
	Time   string          `json:"selected_time"`
	Option *struct {
		Value string `json:"value"`
	} `json:"selected_option"`
	Options []struct {
		Value string `json:"value"`
	} `json:"selected_options"`
}

func (e entered) text() string {
	switch {
	case e.Option != nil:
		return e.Option.Value
	case len(e.Options) > 0:
		values := make([]string, len(e.Options))
		for i, o := range e.Options {
			values[i] = o.Value
		}
		return strings.Join(values, ",")
	case e.Date != "":
		return e.Date
	case e.Time != "":
		return e.Time
	}
	var text string
	if json.Unmarshal(e.Value, &text) == nil {
		return text
	}
	var number float64
	if json.Unmarshal(e.Value, &number) == nil && string(e.Value) != "null" {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return ""
}

// fields are what was entered, by the fields' names.
func (v view) fields() map[string]string {
	if len(v.State.Values) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, actions := range v.State.Values {
		for name, e := range actions {
			out[name] = e.text()
		}
	}
	return out
}
