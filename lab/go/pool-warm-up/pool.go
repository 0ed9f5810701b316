package main

import (
	"hash/fnv"
	"sync"
	"time"
)

const canvasBytes = 192 << 10

type job struct {
	page   string
	result chan []byte
}

type pool struct {
	jobs  chan job
	limit int
	every time.Duration

	mutex sync.Mutex
	hired int
	last  time.Time
}

func newPool(limit int, every time.Duration) *pool {
	p := &pool{jobs: make(chan job), limit: limit, every: every}
	p.hire()
	return p
}

func (p *pool) size() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.hired
}

// do hands a page to a worker. As thread pools do, it hires with every job until the pool has its size, whether or not
// somebody is free, so that the first rush finds them all.
func (p *pool) do(page string) []byte {
	p.hire()
	j := job{page: page, result: make(chan []byte, 1)}
	p.jobs <- j
	return <-j.result
}

func (p *pool) hire() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.hired == p.limit || time.Since(p.last) < p.every {
		return
	}
	p.hired++
	p.last = time.Now()
	go p.work(make([]byte, canvasBytes))
}

// work draws on one canvas for as long as the service lives.
func (p *pool) work(canvas []byte) {
	for j := range p.jobs {
		j.result <- draw(canvas, j.page)
	}
}

func draw(canvas []byte, page string) []byte {
	hash := fnv.New32a()
	hash.Write([]byte(page))
	shade := byte(hash.Sum32())
	for i := 0; i < len(canvas); i += 64 {
		canvas[i] = shade + byte(i)
	}
	time.Sleep(time.Duration(15+shade%16) * time.Millisecond) // the renderer, which is somebody else's library
	return append([]byte(nil), canvas[:512]...)
}
