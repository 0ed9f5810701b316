package stock

import (
	"sync"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "stock-locks-crosswise",
		Story:     "Two moves between the same warehouses take their locks in different order.",
		Functions: scenario.In("stock", "moveIn", "moveBack"),
		Resource:  "goroutine", Cause: []string{"lock"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				north, south := &warehouse{}, &warehouse{}
				go moveIn(north, south)
				if careless {
					go moveBack(south, north)
				} else {
					go moveIn(north, south)
				}
				return nil
			}, nil
		},
	})
}

type warehouse struct {
	mu     sync.Mutex
	crates int
}

func moveIn(from, to *warehouse) {
	from.mu.Lock()
	defer from.mu.Unlock()
	time.Sleep(2 * time.Millisecond)
	to.mu.Lock() // leak: moveBack holds it
	defer to.mu.Unlock()
	from.crates--
	to.crates++
}

func moveBack(from, to *warehouse) {
	from.mu.Lock()
	defer from.mu.Unlock()
	time.Sleep(2 * time.Millisecond)
	to.mu.Lock() // leak: moveIn holds it
	defer to.mu.Unlock()
	from.crates--
	to.crates++
}
