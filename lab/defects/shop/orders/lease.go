package orders

import (
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-lease-drained-twice",
		Story:     "A reservation's timer has fired and been received from, and is then drained as if it had not.",
		Functions: scenario.In("orders", "(*Lease).keep"),
		Near:      scenario.In("orders", "Reserve"),
		Resource:  "goroutine", Cause: []string{"channel-receive", "timer"}, Rate: 15,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				lease := Reserve(2*time.Millisecond, careless)
				<-lease.Lost
				return nil
			}, nil
		},
	})
}

// Lease holds an item until it runs out.
type Lease struct {
	// Lost is closed when it has run out.
	Lost  chan struct{}
	timer *time.Timer
}

// Reserve holds an item for a time.
func Reserve(patience time.Duration, careless bool) *Lease {
	lease := &Lease{Lost: make(chan struct{}), timer: time.NewTimer(patience)}
	go lease.keep(careless)
	return lease
}

func (l *Lease) keep(careless bool) {
	<-l.timer.C
	close(l.Lost)
	if careless && !l.timer.Stop() {
		<-l.timer.C // leak: what it would receive was received above
	}
}
