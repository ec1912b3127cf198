package likeness

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"sync"
)

//go:embed weights.bin
var weights []byte

//go:embed optouts.bin
var optOutWeights []byte

// Default is the model of red flags that the project's labelled sets have taught, OptOuts
// that of wishes for no more texts. Each is read when it is first asked for.
var (
	Default = sync.OnceValue(func() *Model { return mustParse(weights) })
	OptOuts = sync.OnceValue(func() *Model { return mustParse(optOutWeights) })
)

func mustParse(data []byte) *Model {
	m, err := parse(data)
	if err != nil {
		panic(err) // the data is embedded: the tests fail first
	}
	return m
}

// Bytes is the model as weights.bin holds it: what it was taught by, the categories,
// the biases and scales, then by feature, in order, its weights. All numbers are
// little-endian.
func (m *Model) Bytes() []byte {
	out := binary.LittleEndian.AppendUint64(nil, m.taught)
	out = append(out, byte(len(m.categories)))
	for _, c := range m.categories {
		out = append(append(out, byte(len(c))), c...)
	}
	for class := range m.bias {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(m.bias[class]))
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(m.scale[class]))
	}
	for _, f := range m.features() {
		out = binary.LittleEndian.AppendUint32(out, uint32(f))
		at := m.at(f)
		out = append(out, byte(m.alarms[at]))
		for _, unit := range m.byCategory[at*len(m.categories) : (at+1)*len(m.categories)] {
			out = append(out, byte(unit))
		}
	}
	return out
}

// features are all that the model knows, in order.
func (m *Model) features() []feature {
	out := make([]feature, 0, m.size)
	for _, f := range m.keys {
		if f != 0 {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

var errCut = errors.New("likeness: the weights end too early")

func parse(data []byte) (*Model, error) {
	take := func(n int) ([]byte, error) {
		if len(data) < n {
			return nil, errCut
		}
		out := data[:n]
		data = data[n:]
		return out, nil
	}
	head, err := take(9)
	if err != nil {
		return nil, err
	}
	m := &Model{taught: binary.LittleEndian.Uint64(head), categories: make([]string, head[8])}
	classes := len(m.categories) + 1
	if classes > maxClasses {
		return nil, errors.New("likeness: too many categories")
	}
	for i := range m.categories {
		size, err := take(1)
		if err != nil {
			return nil, err
		}
		name, err := take(int(size[0]))
		if err != nil {
			return nil, err
		}
		m.categories[i] = string(name)
	}
	for range classes {
		b, err := take(8)
		if err != nil {
			return nil, err
		}
		m.bias = append(m.bias, math.Float32frombits(binary.LittleEndian.Uint32(b)))
		m.scale = append(m.scale, math.Float32frombits(binary.LittleEndian.Uint32(b[4:])))
	}
	size := 4 + classes
	if len(data)%size != 0 {
		return nil, errCut
	}
	m.makeRoom(len(data) / size)
	units := make([]int8, classes)
	for ; len(data) > 0; data = data[size:] {
		for i, b := range data[4:size] {
			units[i] = int8(b)
		}
		f := feature(binary.LittleEndian.Uint32(data))
		if f == 0 || m.at(f) >= 0 {
			return nil, errors.New("likeness: a feature stands twice, or is none")
		}
		m.add(f, units)
	}
	return m, nil
}
