package accounts

import (
	"runtime"
	"sync"
	"sync/atomic"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "accounts-finalizer-cycle",
		Story:     "A statement and its page point at each other and have a finalizer, so the collector may free neither.",
		Functions: scenario.In("accounts", "openStatement"),
		Resource:  "heap", Cause: []string{"memory", "finalizer"}, Rate: 200,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				openStatement(careless)
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "accounts-free-list-unused",
		Story:     "Buffers are given back to a free list that nobody takes from.",
		Functions: scenario.In("accounts", "(*buffers).take", "(*buffers).giveBack"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 200,
		Open: func() (scenario.Call, error) {
			b := &buffers{}
			return func(careless bool) error {
				b.giveBack(b.take(careless))
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "accounts-observers-kept",
		Story:     "Every view of an account registers an observer, and none is taken off.",
		Functions: scenario.In("accounts", "(*Account).Observe", "showAccount"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 250,
		Open: func() (scenario.Call, error) {
			a := &Account{observers: map[int64]func(int){}}
			return func(careless bool) error {
				showAccount(a, careless)
				return nil
			}, nil
		},
	})
}

var closed atomic.Int64

type statement struct {
	page *page
	rows [8 << 10]byte
}

type page struct{ of *statement }

func openStatement(careless bool) {
	s := &statement{} // leak: its finalizer makes the cycle immortal
	if careless {
		s.page = &page{of: s}
	}
	runtime.SetFinalizer(s, func(*statement) { closed.Add(1) })
}

type buffers struct {
	mu   sync.Mutex
	free [][]byte
}

func (b *buffers) take(careless bool) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	if last := len(b.free) - 1; last >= 0 && !careless {
		buffer := b.free[last]
		b.free = b.free[:last]
		return buffer
	}
	return make([]byte, 8<<10) // leak: the free ones are never taken
}

func (b *buffers) giveBack(buffer []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free = append(b.free, buffer)
}

// Account tells observers of its balance.
type Account struct {
	mu        sync.Mutex
	next      int64
	observers map[int64]func(int)
}

// Observe registers an observer, and gives what takes it off again.
func (a *Account) Observe(seen func(int)) (stop func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.next++
	id := a.next
	a.observers[id] = seen // leak: not taken off
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		delete(a.observers, id)
	}
}

func showAccount(a *Account, careless bool) {
	var screen [8 << 10]byte
	shown := &screen // leak: the observer keeps it
	stop := a.Observe(func(cents int) { shown[0] = byte(cents) })
	if !careless {
		stop()
	}
}
