package pricing

import (
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "pricing-refresh-never-ends",
		Story:     "Each basket starts a loop that refreshes its prices, and nothing ends it.",
		Functions: scenario.In("pricing", "(*basket).refresh", "(*basket).open"),
		Resource:  "goroutine", Cause: []string{"timer", "select"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				b := &basket{closed: make(chan struct{})}
				b.open()
				if !careless {
					close(b.closed)
				}
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "pricing-ticker-not-stopped",
		Story:     "Waiting for a price makes a ticker and leaves it running.",
		Functions: scenario.In("pricing", "awaitPrice"),
		Resource:  "heap", Cause: []string{"timer"}, Rate: 500,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				for i := 0; i < 16; i++ {
					awaitPrice(func() bool { return true }, careless)
				}
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "pricing-expiry-pending",
		Story:     "A quote is expired by a timer an hour later; when it is used first, the timer stays and keeps the quote.",
		Functions: scenario.In("pricing", "(*quotes).offer", "newQuote"),
		Resource:  "heap", Cause: []string{"timer", "memory"}, Rate: 200,
		Open: func() (scenario.Call, error) {
			q := &quotes{}
			return func(careless bool) error {
				q.offer(careless)
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "pricing-after-in-select",
		Story:     "Every wait arms time.After for an hour, and returns at once.",
		Functions: scenario.In("pricing", "waitFor"),
		Resource:  "heap", Cause: []string{"timer"}, Rate: 500,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				for i := 0; i < 16; i++ {
					ready := make(chan struct{})
					close(ready)
					waitFor(ready, careless)
				}
				return nil
			}, nil
		},
	})
}

type basket struct{ closed chan struct{} }

func (b *basket) open() { go b.refresh() }

func (b *basket) refresh() {
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	for {
		select { // leak: closed is never closed
		case <-ticker.C:
		case <-b.closed:
			return
		}
	}
}

func awaitPrice(ready func() bool, careless bool) {
	ticker := time.NewTicker(time.Minute) // leak: not stopped
	if !careless {
		defer ticker.Stop()
	}
	for !ready() {
		<-ticker.C
	}
}

type quote struct{ text [8 << 10]byte }

type quotes struct{ expired int }

func newQuote() *quote {
	return &quote{} // leak: kept by the timer of offer
}

func (q *quotes) offer(careless bool) {
	offered := newQuote()
	expiry := time.AfterFunc(time.Hour, func() { // leak: pending for an hour, with the quote
		offered.text[0] = 0
		q.expired++
	})
	if !careless {
		expiry.Stop()
	}
}

func waitFor(ready <-chan struct{}, careless bool) bool {
	if !careless {
		timer := time.NewTimer(time.Hour)
		defer timer.Stop()
		select {
		case <-ready:
			return true
		case <-timer.C:
			return false
		}
	}
	select {
	case <-ready:
		return true
	case <-time.After(time.Hour): // leak: its timer stays for an hour
		return false
	}
}
