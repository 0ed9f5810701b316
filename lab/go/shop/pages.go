package main

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"time"
)

// pages are the routes that leave nothing behind, each in its own way.
type pages struct {
	buffers sync.Pool
	mu      sync.Mutex
	seen    map[string]int
}

func newPages() *pages {
	p := &pages{seen: make(map[string]int)}
	p.buffers.New = func() interface{} { return new(bytes.Buffer) }
	return p
}

// cart counts in a map that has a bounded number of keys.
func (p *pages) cart(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.seen[r.Method]++
	count := p.seen[r.Method]
	p.mu.Unlock()
	writeJSON(w, map[string]int{"visits": count})
}

// prices asks three suppliers at once, and waits for them.
func (p *pages) prices(w http.ResponseWriter, r *http.Request) {
	var wait sync.WaitGroup
	offers := make([]int, 3)
	for i := range offers {
		wait.Add(1)
		go func(i int) {
			defer wait.Done()
			offers[i] = 990 + i
		}(i)
	}
	wait.Wait()
	writeJSON(w, offers)
}

// reviews borrows a buffer from a pool.
func (p *pages) reviews(w http.ResponseWriter, r *http.Request) {
	buffer := p.buffers.Get().(*bytes.Buffer)
	defer p.buffers.Put(buffer)
	buffer.Reset()
	buffer.WriteString(strings.Repeat("very good kettle. ", 100))
	w.Write(buffer.Bytes())
}

// delivery sends a notice a little later: its goroutine outlives the request, and then ends.
func (p *pages) delivery(w http.ResponseWriter, r *http.Request) {
	go time.Sleep(20 * time.Millisecond)
	writeJSON(w, map[string]int{"days": 2})
}

func (p *pages) vouchers(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, strings.Split("SPRING,SUMMER,AUTUMN", ","))
}

func (p *pages) imprint(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte("Kettle & Co.\n"))
}
