package protocol

import (
	"fmt"

	"github.com/nyaruka/phonenumbers"
)

// Phone is a phone number in E.164: "+13125550142".
type Phone string

// ParsePhone reads a number that starts with + and its country.
func ParsePhone(s string) (Phone, error) {
	n, err := phonenumbers.Parse(s, "ZZ")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", fmt.Errorf("%q is not a phone number like +13125550142", s)
	}
	return Phone(phonenumbers.Format(n, phonenumbers.E164)), nil
}

// Local writes the number as people of its country do: "(312) 555-0142".
func (p Phone) Local() string {
	n, err := phonenumbers.Parse(string(p), "ZZ")
	if err != nil {
		return string(p)
	}
	return phonenumbers.Format(n, phonenumbers.NATIONAL)
}
