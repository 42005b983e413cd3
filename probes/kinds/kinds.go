// Package kinds holds the kinds of probes, one file each.
package kinds

import "candor/probes"

// Settings are one kind's part of a probe's configuration, with yaml tags for a strict decoder.
type Settings interface {
	// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
	Checker() (probes.Checker, error)
}

// All returns, by the name used in the configuration, a maker of that kind's empty settings.
func All() map[string]func() Settings {
	chromium := newChromium() // one for all browser probes
	return map[string]func() Settings{
		"browser":    func() Settings { return &Browser{chromium: chromium} },
		"http":       func() Settings { return &HTTP{} },
		"icmp":       func() Settings { return &ICMP{} },
		"rabbitmq":   func() Settings { return &RabbitMQ{} },
		"kafka":      func() Settings { return &Kafka{} },
		"mail":       func() Settings { return &Mail{} },
		"nats":       func() Settings { return &NATS{} },
		"tcp":        func() Settings { return &TCP{} },
		"tls":        func() Settings { return &TLS{} },
		"dns":        func() Settings { return &DNS{} },
		"smtp":       func() Settings { return &SMTP{} },
		"sql":        func() Settings { return &SQL{} },
		"exec":       func() Settings { return &Exec{} },
		"prometheus": func() Settings { return &Prometheus{} },
		"redis":      func() Settings { return &Redis{} },
		"grpc":       func() Settings { return &GRPC{} },
		"websocket":  func() Settings { return &WebSocket{} },
		"heartbeat":  func() Settings { return &Heartbeat{} },
	}
}

// FieldError says which field of a kind's settings is wrong, and what to do.
// Path is written like a YAML path: "steps[0].url".
type FieldError struct{ Path, Problem string }

func (e *FieldError) Error() string { return e.Path + ": " + e.Problem }
