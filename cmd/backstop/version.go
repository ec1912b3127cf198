package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Version is the release, set where one is built:
//
//	go build -ldflags "-X main.Version=v1.2.3" ./cmd/backstop
var Version = ""

// versionCmd prints which build this is.
type versionCmd struct {
	JSON bool `help:"As JSON."`
}

// Help shows an example.
func (versionCmd) Help() string { return "Example:\n  backstop version --json" }

// build says which build this is.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Time     string `json:"time,omitempty"` // of the commit
	Modified bool   `json:"modified"`       // built with changes that are in no commit
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func thisBuild() build {
	b := build{Version: Version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if ok {
		if b.Version == "" {
			b.Version = info.Main.Version
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = s.Value
			case "vcs.time":
				b.Time = s.Value
			case "vcs.modified":
				b.Modified = s.Value == "true"
			}
		}
	}
	if b.Version == "" {
		b.Version = "(devel)"
	}
	return b
}

// Run prints which build this is.
func (c *versionCmd) Run(std *stdio) error {
	b := thisBuild()
	if c.JSON {
		return printJSON(std.Out, b)
	}
	commit := ""
	if b.Commit != "" {
		commit = ", commit " + b.Commit[:min(12, len(b.Commit))]
	}
	if b.Modified {
		commit += " with changes"
	}
	_, err := fmt.Fprintf(std.Out, "backstop %s%s, %s, %s\n", b.Version, commit, b.Go, b.Platform)
	return err
}
