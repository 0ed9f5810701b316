package steady

import (
	"fmt"
	"sync"
)

func init() {
	register("catalogue-in-memory", "A catalogue of a million products is held in memory, and two thousand customers are connected: large, and steady.", 100, func() func() error {
		c := newCatalogue(1_000_000, 2000)
		return c.look
	})
}

type product struct {
	name  string
	next  *product
	cents [12]int64
}

type catalogue struct {
	mu       sync.Mutex
	looked   int
	products []*product
}

func newCatalogue(size, customers int) *catalogue {
	c := &catalogue{products: make([]*product, size)}
	for i := range c.products {
		c.products[i] = &product{name: fmt.Sprintf("product %d", i)}
		if i > 0 {
			c.products[i].next = c.products[i-1]
		}
	}
	news := make(chan string)
	for i := 0; i < customers; i++ {
		go c.follow(news)
	}
	return c
}

func (c *catalogue) follow(news <-chan string) {
	for range news {
	}
}

func (c *catalogue) look() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.looked++
	if c.products[c.looked%len(c.products)] == nil {
		return fmt.Errorf("product %d is gone", c.looked)
	}
	return nil
}
