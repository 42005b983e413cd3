package app

import (
	"math"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"time"
)

var (
	durationType = reflect.TypeFor[time.Duration]()
	prefixType   = reflect.TypeFor[netip.Prefix]()
)

// set fills v from its text; it returns false when the text is none for v.
func set(v reflect.Value, text string) bool {
	switch {
	case v.Type() == durationType:
		took, err := parseDuration(text)
		v.SetInt(int64(took))
		return err == nil
	case v.Type() == prefixType:
		prefix, err := parsePrefix(text)
		v.Set(reflect.ValueOf(prefix))
		return err == nil
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
		return true
	case reflect.Bool:
		v.SetBool(text == "true")
		return text == "true" || text == "false"
	case reflect.Int, reflect.Int64, reflect.Int32:
		i, err := strconv.ParseInt(text, 10, v.Type().Bits())
		v.SetInt(i)
		return err == nil
	case reflect.Float64:
		f, err := strconv.ParseFloat(text, 64)
		v.SetFloat(f)
		return err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
	}
	return false
}

// takes says what a value of type t looks like.
func takes(t reflect.Type) string {
	switch {
	case t == durationType:
		return "a duration with its unit, like 30s, 5m or 14d"
	case t == prefixType:
		return "an address or network, like 192.0.2.1 or 10.0.0.0/8"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Int32:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "keys with values"
	}
	return "text"
}

// fieldsOf returns the fields of a struct by their yaml names, those of inlined structs among them, and the names
// in order.
func fieldsOf(v reflect.Value) (map[string]reflect.Value, []string) {
	fields, names := map[string]reflect.Value{}, []string(nil)
	for i := range v.NumField() {
		name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if option == "inline" {
			inner, more := fieldsOf(v.Field(i))
			for k, f := range inner {
				fields[k] = f
			}
			names = append(names, more...)
		} else if name != "" && name != "-" {
			fields[name] = v.Field(i)
			names = append(names, name)
		}
	}
	return fields, names
}
