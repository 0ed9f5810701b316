package stock

import (
	"sync"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "stock-locks-twice",
		Story:     "Reserving a set calls a method that takes the lock which is held already.",
		Functions: scenario.In("stock", "(*shelf).reserve", "(*shelf).reserveSet"),
		Resource:  "goroutine", Cause: []string{"lock"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				s := &shelf{left: map[string]int{"cup": 6, "tray": 1}}
				go s.reserveSet([]string{"cup", "tray"}, careless)
				return nil
			}, nil
		},
	})
}

type shelf struct {
	mu   sync.Mutex
	left map[string]int
}

func (s *shelf) reserve(item string) {
	s.mu.Lock() // leak: reserveSet holds it
	defer s.mu.Unlock()
	s.left[item]--
}

func (s *shelf) reserveSet(items []string, careless bool) {
	if careless {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	for _, item := range items {
		s.reserve(item)
	}
}
