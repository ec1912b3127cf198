package protocol

import "reflect"

// Number is one number of the protocol, as documentation shows it.
type Number struct {
	Key     string `json:"key"` // "pain.green_max", below protocol in the clinic file
	Unit    string `json:"unit"`
	Min     string `json:"min,omitempty"`
	Max     string `json:"max,omitempty"`
	Default string `json:"default"`
	Meaning string `json:"meaning"`
}

// Describe lists every number of the default protocol in the order of its
// groups, the exercises of the stages left out.
func Describe() []Number { return DescribeOf(Default()) }

// DescribeOf is Describe with the values of a protocol in place of the defaults.
func DescribeOf(p Protocol) []Number {
	var all []Number
	describe(reflect.ValueOf(p), "", &all)
	for _, s := range p.Stages {
		describe(reflect.ValueOf(s), "stages."+s.ID, &all)
	}
	return all
}

func describe(v reflect.Value, parent string, all *[]Number) {
	eachField(v, func(key string, field reflect.Value, tag reflect.StructTag) {
		key = join(parent, key)
		if tag.Get("help") != "" {
			*all = append(*all, Number{Key: key, Unit: tag.Get("unit"), Min: tag.Get("min"), Max: tag.Get("max"),
				Default: format(field), Meaning: tag.Get("help")})
			return
		}
		if field.Kind() == reflect.Struct {
			describe(field, key, all)
		}
	})
}
