// Package steady is healthy: what grows here has an end, or goes with the traffic.
package steady

import "example.com/shop/scenario"

// register makes a look-alike known.
func register(name, story string, rate int, open func() func() error) {
	scenario.Register(scenario.Scenario{
		Name: name, Story: story, Rate: rate,
		Open: func() (scenario.Call, error) {
			call := open()
			return func(bool) error { return call() }, nil
		},
	})
}
