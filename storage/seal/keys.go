package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// MaxKeys is how many keys of each kind a Keys may hold. A phone is looked up
// by its hash under every key, so the number is small.
const MaxKeys = 3

// Keys seals and opens values and makes the hashes for looking up phones. It is
// safe for concurrent use and never changes: rotation returns another Keys.
type Keys struct {
	sealing *keyset.Handle
	hashing *keyset.Handle

	primary uint32 // the id of the key that seals
	aead    tink.AEAD
	hashers []prf.PRF // the primary first, then the older ones
}

// New makes fresh keys, one for sealing and one for hashing.
func New() (*Keys, error) {
	sealing, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make sealing key: %w", err)
	}
	hashing, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make hashing key: %w", err)
	}
	return from(sealing, hashing)
}

// Generate makes fresh keys in the form Parse reads: the value of
// BACKSTOP_KEYSET. Whoever loses it loses the data.
func Generate() (string, error) {
	keys, err := New()
	if err != nil {
		return "", err
	}
	return keys.Export()
}

// Parse reads keys from the string that Generate or Export made.
func Parse(exported string) (*Keys, error) {
	raw, err := base64.RawURLEncoding.DecodeString(exported)
	if err != nil {
		return nil, errors.New("keyset is not base64 as `backstop keys new` prints it")
	}
	sealing, hashing, err := split(raw)
	if err != nil {
		return nil, err
	}
	s, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(sealing)))
	if err != nil {
		return nil, fmt.Errorf("keyset is damaged: sealing keys: %w", err)
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(hashing)))
	if err != nil {
		return nil, fmt.Errorf("keyset is damaged: hashing keys: %w", err)
	}
	return from(s, h)
}

// Export writes the keys as one string. It is a secret.
func (k *Keys) Export() (string, error) {
	var sealing, hashing bytes.Buffer
	if err := insecurecleartextkeyset.Write(k.sealing, keyset.NewBinaryWriter(&sealing)); err != nil {
		return "", fmt.Errorf("export sealing keys: %w", err)
	}
	if err := insecurecleartextkeyset.Write(k.hashing, keyset.NewBinaryWriter(&hashing)); err != nil {
		return "", fmt.Errorf("export hashing keys: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(join(sealing.Bytes(), hashing.Bytes())), nil
}

// String names the keys without giving them away.
func (k *Keys) String() string {
	return fmt.Sprintf("keys(primary %08x)", k.primary)
}

// Primary is the id of the key that seals. It is no secret.
func (k *Keys) Primary() uint32 { return k.primary }

// GoString keeps %#v from printing a key.
func (k *Keys) GoString() string { return k.String() }

// LogValue keeps a log from printing a key.
func (k *Keys) LogValue() slog.Value { return slog.StringValue(k.String()) }

// AddKey returns keys that also open what a new, not yet primary, key seals.
// With several machines running, deploy these keys everywhere first, then those
// of Promote: no machine then meets a value it cannot open.
func (k *Keys) AddKey() (*Keys, error) {
	sealing, err := add(k.sealing, aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("add sealing key: %w", err)
	}
	hashing, err := add(k.hashing, prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("add hashing key: %w", err)
	}
	return from(sealing, hashing)
}

// Promote returns keys whose newest key seals and hashes from now on.
func (k *Keys) Promote() (*Keys, error) {
	sealing, err := promote(k.sealing)
	if err != nil {
		return nil, fmt.Errorf("promote sealing key: %w", err)
	}
	hashing, err := promote(k.hashing)
	if err != nil {
		return nil, fmt.Errorf("promote hashing key: %w", err)
	}
	return from(sealing, hashing)
}

// RotatePrimary is AddKey and Promote at once, for a bot that runs on one
// machine. What the old keys sealed still opens.
func (k *Keys) RotatePrimary() (*Keys, error) {
	added, err := k.AddKey()
	if err != nil {
		return nil, err
	}
	return added.Promote()
}

// DropOld returns keys without all but the primary ones. Do it only once
// everything has been sealed again (Store.Reseal): the rest is lost.
func (k *Keys) DropOld() (*Keys, error) {
	sealing, err := dropOld(k.sealing)
	if err != nil {
		return nil, fmt.Errorf("drop old sealing keys: %w", err)
	}
	hashing, err := dropOld(k.hashing)
	if err != nil {
		return nil, fmt.Errorf("drop old hashing keys: %w", err)
	}
	return from(sealing, hashing)
}

func from(sealing, hashing *keyset.Handle) (*Keys, error) {
	if n := max(sealing.Len(), hashing.Len()); n > MaxKeys {
		return nil, fmt.Errorf("keyset holds %d keys, at most %d: seal everything again and drop the old ones", n, MaxKeys)
	}
	a, err := aead.New(sealing)
	if err != nil {
		return nil, fmt.Errorf("keyset: sealing keys: %w", err)
	}
	set, err := prf.NewPRFSet(hashing)
	if err != nil {
		return nil, fmt.Errorf("keyset: hashing keys: %w", err)
	}
	hashers := []prf.PRF{set.PRFs[set.PrimaryID]}
	for _, info := range slices.Backward(hashing.KeysetInfo().GetKeyInfo()) {
		if info.GetKeyId() != set.PrimaryID {
			hashers = append(hashers, set.PRFs[info.GetKeyId()])
		}
	}
	return &Keys{
		sealing: sealing, hashing: hashing,
		primary: sealing.KeysetInfo().GetPrimaryKeyId(), aead: a, hashers: hashers,
	}, nil
}

func add(h *keyset.Handle, template *tinkpb.KeyTemplate) (*keyset.Handle, error) {
	m := keyset.NewManagerFromHandle(h)
	if _, err := m.Add(template); err != nil {
		return nil, err
	}
	return m.Handle()
}

func promote(h *keyset.Handle) (*keyset.Handle, error) {
	infos := h.KeysetInfo().GetKeyInfo()
	m := keyset.NewManagerFromHandle(h)
	if err := m.SetPrimary(infos[len(infos)-1].GetKeyId()); err != nil {
		return nil, err
	}
	return m.Handle()
}

func dropOld(h *keyset.Handle) (*keyset.Handle, error) {
	info := h.KeysetInfo()
	m := keyset.NewManagerFromHandle(h)
	for _, key := range info.GetKeyInfo() {
		if key.GetKeyId() == info.GetPrimaryKeyId() {
			continue
		}
		if err := m.Delete(key.GetKeyId()); err != nil {
			return nil, err
		}
	}
	return m.Handle()
}

// The exported form is base64 of: "BK1", the length of the sealing keyset as
// two bytes (big endian), the sealing keyset, the hashing keyset.
const magic = "BK1"

func join(sealing, hashing []byte) []byte {
	out := append([]byte(magic), 0, 0)
	binary.BigEndian.PutUint16(out[len(magic):], uint16(len(sealing)))
	return slices.Concat(out, sealing, hashing)
}

func split(raw []byte) (sealing, hashing []byte, err error) {
	body, ok := bytes.CutPrefix(raw, []byte(magic))
	if !ok || len(body) < 2 {
		return nil, nil, errors.New("keyset does not start as `backstop keys new` prints it")
	}
	n := int(binary.BigEndian.Uint16(body))
	body = body[2:]
	if n == 0 || n >= len(body) {
		return nil, nil, errors.New("keyset is cut short")
	}
	return body[:n], body[n:], nil
}
