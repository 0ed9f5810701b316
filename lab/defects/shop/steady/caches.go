package steady

import (
	"container/list"
	"fmt"
	"html/template"
	"io"
	"sync"
	"time"
)

func init() {
	register("cache-fills", "A cache of products fills, and is full after a quarter of the recording.", 200, func() func() error {
		c := &cache{pages: map[int][]byte{}, size: 1000}
		return func() error { return c.page(c.next()) }
	})
	register("cache-least-recent", "A cache forgets what was not used for longest.", 300, func() func() error {
		r := &recent{limit: 500, order: list.New(), places: map[int]*list.Element{}}
		return func() error { return r.use() }
	})
	register("sessions-expire", "Sessions end three seconds after they began.", 200, func() func() error {
		e := &expiring{sessions: map[int]*visit{}}
		return e.visit
	})
	register("tables-load-lazily", "Price tables are loaded when they are first asked for, one after the other, all of them in the end.", 100, func() func() error {
		t := &tables{loaded: map[int][]int64{}}
		return t.price
	})
	register("templates-compile", "The first requests compile what the later ones use.", 100, func() func() error {
		k := &kitchen{compiled: map[string]*template.Template{}}
		return k.serve
	})
	register("ring-of-events", "The last thousand events are kept, in a ring.", 400, func() func() error {
		r := &ring{events: make([][]byte, 1000)}
		return r.note
	})
}

type cache struct {
	mu    sync.Mutex
	calls int
	size  int
	pages map[int][]byte
}

func (c *cache) next() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls++
	return c.calls
}

func (c *cache) page(number int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	product := number % c.size
	if _, ok := c.pages[product]; !ok {
		c.pages[product] = make([]byte, 8<<10)
	}
	return nil
}

type recent struct {
	mu     sync.Mutex
	calls  int
	limit  int
	order  *list.List
	places map[int]*list.Element
}

type entry struct {
	key  int
	body [4096]byte
}

func (r *recent) use() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls++
	r.places[r.calls] = r.order.PushFront(&entry{key: r.calls})
	if r.order.Len() > r.limit {
		last := r.order.Back()
		r.order.Remove(last)
		delete(r.places, last.Value.(*entry).key)
	}
	return nil
}

type visit struct {
	since time.Time
	pages [2048]byte
}

type expiring struct {
	mu       sync.Mutex
	next     int
	oldest   int
	sessions map[int]*visit
}

func (e *expiring) visit() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	e.next++
	e.sessions[e.next] = &visit{since: now}
	for e.oldest < e.next {
		old, ok := e.sessions[e.oldest]
		if ok && now.Sub(old.since) < 3*time.Second {
			break
		}
		delete(e.sessions, e.oldest)
		e.oldest++
	}
	return nil
}

type tables struct {
	mu     sync.Mutex
	calls  int
	loaded map[int][]int64
}

func (t *tables) price() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls++
	country := (t.calls / 20) % 40
	if _, ok := t.loaded[country]; !ok {
		t.loaded[country] = make([]int64, 40<<10)
	}
	return nil
}

type kitchen struct {
	mu       sync.Mutex
	calls    int
	compiled map[string]*template.Template
}

func (k *kitchen) serve() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.calls++
	name := fmt.Sprintf("page-%d", k.calls%200)
	if _, ok := k.compiled[name]; !ok {
		k.compiled[name] = template.Must(template.New(name).Parse(`<h1>{{.}}</h1><ul>{{range $i, $c := .}}<li>{{$c}}</li>{{end}}</ul>`))
	}
	return k.compiled[name].Execute(io.Discard, "kettle")
}

type ring struct {
	mu     sync.Mutex
	at     int
	events [][]byte
}

func (r *ring) note() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events[r.at%len(r.events)] = make([]byte, 4<<10)
	r.at++
	return nil
}
