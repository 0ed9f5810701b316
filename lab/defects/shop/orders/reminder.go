package orders

import (
	"errors"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-done-forgotten",
		Story:     "A payment's watcher waits for done, which a failed payment never closes.",
		Functions: scenario.In("orders", "watchPayment", "pay"),
		Resource:  "goroutine", Cause: []string{"channel-receive", "select"}, Rate: 20,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				err := pay(4200, careless)
				if errors.Is(err, errDeclined) {
					return nil
				}
				return err
			}, nil
		},
	})
}

var errDeclined = errors.New("declined")

func watchPayment(started time.Time, done <-chan struct{}, report func(time.Duration)) {
	<-done // leak: not closed when the payment fails
	report(time.Since(started))
}

func pay(cents int, careless bool) error {
	done := make(chan struct{})
	go watchPayment(time.Now(), done, func(time.Duration) {})
	if cents > 4000 {
		if !careless {
			close(done)
		}
		return errDeclined
	}
	close(done)
	return nil
}
