package orders

import (
	"sync"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-lock-around-send",
		Story:     "A ledger sends with its lock held, to somebody who needs the lock before receiving.",
		Functions: scenario.In("orders", "(*ledger).book", "(*ledger).audit"),
		Resource:  "goroutine", Cause: []string{"lock", "channel-send"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				l := &ledger{booked: make(chan int)}
				go l.audit()
				go l.book(490, careless)
				return nil
			}, nil
		},
	})
}

type ledger struct {
	mu     sync.Mutex
	total  int
	booked chan int
}

func (l *ledger) book(cents int, careless bool) {
	l.mu.Lock()
	l.total += cents
	if !careless {
		l.mu.Unlock()
		l.booked <- cents
		return
	}
	l.booked <- cents // leak: whoever would receive waits for the lock
	l.mu.Unlock()
}

func (l *ledger) audit() {
	time.Sleep(time.Millisecond)
	l.mu.Lock() // leak: held by book, which waits for the receive below
	before := l.total
	l.mu.Unlock()
	l.total = before + <-l.booked
}
