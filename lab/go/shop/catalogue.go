package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
)

type product struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	Cents int    `json:"cents"`
}

type catalogue struct {
	products []product

	mu     sync.Mutex
	recent map[string][]byte
	asked  int
	leak   bool
}

func newCatalogue(leak bool) *catalogue {
	c := &catalogue{recent: make(map[string][]byte), leak: leak}
	for i := 0; i < 200; i++ {
		c.products = append(c.products, product{ID: i, Name: fmt.Sprintf("kettle no. %d", i), Cents: 1000 + 7*i})
	}
	return c
}

func (c *catalogue) list(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, c.products[:20])
}

func (c *catalogue) show(w http.ResponseWriter, r *http.Request) {
	var id int
	if _, err := fmt.Sscanf(r.URL.Path, "/products/%d", &id); err != nil || id < 0 || id >= len(c.products) {
		http.NotFound(w, r)
		return
	}
	writeJSON(w, c.products[id])
}

func (c *catalogue) search(w http.ResponseWriter, r *http.Request) {
	var found []product
	for _, p := range c.products {
		if strings.Contains(p.Name, "1") {
			found = append(found, p)
		}
	}
	c.remember(r.URL.RawQuery)
	writeJSON(w, found)
}

// remember keeps what was searched for, to suggest it to others. The mended form remembers one page for all.
func (c *catalogue) remember(query string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	key := "all"
	if c.leak {
		key = fmt.Sprintf("%s#%d", query, c.asked)
	}
	c.recent[key] = make([]byte, 16<<10) // leak: every search has a key of its own, and none is ever forgotten
}
