package seal

import "fmt"

const hashBytes = 16

// Hash is the keyed hash by which a phone (E.164) is found within its clinic.
// The same phone hashes differently in another clinic. No phone, no hash.
func (k *Keys) Hash(clinic, phone string) ([]byte, error) {
	if phone == "" {
		return []byte{}, nil
	}
	h, err := k.hashers[0].ComputePRF(hashInput(clinic, phone), hashBytes)
	if err != nil {
		return nil, fmt.Errorf("hash phone: %w", err)
	}
	return h, nil
}

// Hashes are the hashes of a phone under every key of the set, to find rows
// that were written before a rotation. There are always MaxKeys of them, the
// last repeated, so that one prepared statement serves.
func (k *Keys) Hashes(clinic, phone string) ([MaxKeys][]byte, error) {
	var all [MaxKeys][]byte
	input := hashInput(clinic, phone)
	for i := range all {
		if i >= len(k.hashers) {
			all[i] = all[i-1]
			continue
		}
		h, err := k.hashers[i].ComputePRF(input, hashBytes)
		if err != nil {
			return all, fmt.Errorf("hash phone: %w", err)
		}
		all[i] = h
	}
	return all, nil
}

func hashInput(clinic, phone string) []byte {
	return []byte("phone|" + phone + "|" + clinic)
}
