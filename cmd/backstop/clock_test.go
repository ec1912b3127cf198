package main

import (
	"context"
	"log/slog"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/slack"
	"backstop/bot/twilio"
	"backstop/flows/protocol"
)

// A clinician's text waits for its undo; who skips to the next morning meanwhile
// finds that it left first, not that it still waits or came too late.
func TestSkippingTheDemosClockStopsAtATextThatWaits(t *testing.T) {
	store, err := openDemoStore(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		t.Fatal(err)
	}
	clock := newMovableClock(clinics[0])
	play := newPlay(clinics[0], clock)
	t.Cleanup(play.sandbox.Close)
	page, err := play.sandbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	public := "http://" + listener.Addr().String()
	play.sandbox.SetBotURL(public)
	o := play.sandbox.Options()
	s, err := assemble(parts{store: store, clinics: clinics, clock: clock, log: slog.New(slog.DiscardHandler),
		twilio: twilio.Config{AccountSID: o.AccountSID, AuthToken: o.AuthToken, BaseURL: page, PublicURL: public},
		slack:  slack.Config{BotToken: o.SlackBotToken, SigningSecret: o.SlackSigningSecret, APIURL: page + "/api/"}})
	if err != nil {
		t.Fatal(err)
	}
	play.bot, clock.bot = s.bot, s.bot

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	err = s.run(ctx, listener, func(ctx context.Context) error {
		defer stop()
		if err := play.begin(ctx); err != nil {
			return err
		}
		if err := s.bot.Settle(ctx); err != nil {
			return err
		}
		alex, err := store.PatientByExternalID(ctx, clinics[0].ID, cast[0].ExternalID)
		if err != nil {
			return err
		}
		pressed, err := s.bot.Press(ctx, bot.Press{Key: "text", Action: bot.ActionText, About: alex.ID, Team: o.Team.ID,
			Channel: clinics[0].Slack.Channel, User: clinics[0].Slack.Clinicians[0].SlackID})
		if err != nil {
			return err
		}
		if pressed.Form == nil || pressed.Form.Link == nil {
			t.Fatalf("pressing Text patient brings %+v", pressed)
		}
		ticket := strings.TrimPrefix(pressed.Form.Link.URL, public+bot.TextPath)
		written, err := s.bot.SendText(ctx, ticket, "Rest today.")
		if err != nil {
			return err
		}
		if written.Sent == nil || written.Sent.UndoFor == 0 {
			t.Fatalf("the text cannot be taken back: %+v", written)
		}
		if err := s.bot.Settle(ctx); err != nil { // its job has looked, and waits
			return err
		}
		if err := clock.Skip(clock.Now().Add(18 * time.Hour)); err != nil {
			return err
		}
		if got := play.sandbox.Twilio().Bodies(cast[0].Phone); !slices.Contains(got, "Rest today.") {
			t.Errorf("the next morning the phone shows %q", got)
		}
		for _, m := range play.sandbox.Slack().Messages(clinics[0].Slack.Channel) {
			if strings.Contains(string(m.Blocks), "in a few seconds") {
				t.Errorf("the thread still says %s", m.Blocks)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
