package copy

import (
	"testing"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

func BenchmarkSay(b *testing.B) {
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		b.Fatal(err)
	}
	c := Default()
	for b.Loop() {
		c.Say(reply.English, Progress, 1, VarsOf(clinics[0]))
	}
}
