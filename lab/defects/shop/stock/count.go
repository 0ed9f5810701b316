package stock

import (
	"sync"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "stock-unlock-forgotten",
		Story:     "Counting an empty shelf returns without unlocking; every later count of that shelf waits.",
		Functions: scenario.In("stock", "(*counter).count"),
		Near:      scenario.In("stock", "(*counter).countLater"),
		Resource:  "goroutine", Cause: []string{"lock"}, Rate: 20,
		Open: func() (scenario.Call, error) {
			c := &counter{}
			return func(careless bool) error {
				c.countLater(0, careless)
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "stock-read-lock-reentry",
		Story:     "A reader reads again while a writer waits: the writer waits for the reader, the reader behind the writer.",
		Functions: scenario.In("stock", "(*catalogue).price", "(*catalogue).total", "(*catalogue).update"),
		Resource:  "goroutine", Cause: []string{"lock"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				c := &catalogue{prices: map[string]int{"cup": 300}}
				go c.total([]string{"cup", "cup"}, careless)
				go c.update("cup", 310)
				return nil
			}, nil
		},
	})
}

type counter struct {
	mu      sync.Mutex
	counted int
}

func (c *counter) countLater(items int, careless bool) { go c.count(items, careless) }

func (c *counter) count(items int, careless bool) {
	c.mu.Lock() // leak: one of the returns below does not unlock
	if items == 0 && careless {
		return
	}
	c.counted += items
	c.mu.Unlock()
}

type catalogue struct {
	mu     sync.RWMutex
	prices map[string]int
}

func (c *catalogue) price(item string) int {
	c.mu.RLock() // leak: total holds a read lock, and a writer waits between the two
	defer c.mu.RUnlock()
	return c.prices[item]
}

func (c *catalogue) total(items []string, careless bool) int {
	if careless {
		c.mu.RLock()
		defer c.mu.RUnlock()
	}
	sum := 0
	for _, item := range items {
		time.Sleep(2 * time.Millisecond)
		sum += c.price(item)
	}
	return sum
}

func (c *catalogue) update(item string, cents int) {
	time.Sleep(time.Millisecond)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prices[item] = cents
}
