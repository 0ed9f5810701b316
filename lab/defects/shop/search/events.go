package search

import (
	"sync"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "search-subscribers-stay",
		Story:     "Every search subscribes to changes with a goroutine of its own, and does not unsubscribe.",
		Functions: scenario.In("search", "(*bus).subscribe", "searchOnce"),
		Resource:  "goroutine", Cause: []string{"channel-receive"}, Rate: 15,
		Open: func() (scenario.Call, error) {
			b := &bus{subscribers: map[chan string]struct{}{}}
			return func(careless bool) error {
				searchOnce(b, careless)
				return nil
			}, nil
		},
	})
}

type bus struct {
	mu          sync.Mutex
	subscribers map[chan string]struct{}
}

func (b *bus) subscribe(changed func(string)) (stop func()) {
	changes := make(chan string, 8)
	b.mu.Lock()
	b.subscribers[changes] = struct{}{}
	b.mu.Unlock()
	go func() {
		for product := range changes { // leak: closed by stop only
			changed(product)
		}
	}()
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.subscribers, changes)
		close(changes)
	}
}

func searchOnce(b *bus, careless bool) {
	stop := b.subscribe(func(string) {})
	if !careless {
		stop()
	}
}
