package orders

import (
	"context"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-quote-timeout",
		Story:     "The carrier's late quote finds nobody who takes it.",
		Functions: scenario.In("orders", "(*Desk).Quote"),
		Resource:  "goroutine", Cause: []string{"channel-send"}, Rate: 20,
		Open: func() (scenario.Call, error) {
			desk := &Desk{patience: time.Millisecond}
			return func(careless bool) error {
				_, err := desk.Quote(careless)
				if err == context.DeadlineExceeded {
					return nil
				}
				return err
			}, nil
		},
	})
}

// Desk asks carriers what a parcel costs.
type Desk struct{ patience time.Duration }

// Quote waits for the carrier as long as the customer would.
func (d *Desk) Quote(careless bool) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), d.patience)
	defer cancel()
	room := 1
	if careless {
		room = 0
	}
	cents := make(chan int, room)
	go func() {
		time.Sleep(4 * d.patience)
		cents <- 490 // leak: after the timeout nobody receives
	}()
	select {
	case c := <-cents:
		return c, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
