package stock

import (
	"sync"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "stock-signal-forgotten",
		Story:     "A backorder waits on a condition, and the delivery that would end it signals nobody.",
		Functions: scenario.In("stock", "(*backorder).await"),
		Near:      scenario.In("stock", "(*backorder).deliver"),
		Resource:  "goroutine", Cause: []string{"condition"}, Rate: 8,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				b := &backorder{}
				b.arrived = sync.NewCond(&b.mu)
				go b.await()
				go b.deliver(careless)
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "stock-done-not-counted",
		Story:     "One of the checks returns before wg.Done, so whoever waits for all of them waits for ever.",
		Functions: scenario.In("stock", "inspect"),
		Resource:  "goroutine", Cause: []string{"wait-group"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				go inspect([]string{"weight", "label", "seal"}, careless)
				return nil
			}, nil
		},
	})
}

type backorder struct {
	mu      sync.Mutex
	arrived *sync.Cond
	here    bool
}

func (b *backorder) await() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.here {
		b.arrived.Wait() // leak: deliver does not signal
	}
}

func (b *backorder) deliver(careless bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if careless {
		return // a delivery that is turned away leaves the backorder waiting
	}
	b.here = true
	b.arrived.Signal()
}

func inspect(checks []string, careless bool) {
	var wg sync.WaitGroup
	wg.Add(len(checks))
	for _, check := range checks {
		check := check
		go func() {
			if check == "seal" && careless {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait() // leak: the seal is never done
}
