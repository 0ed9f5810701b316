package steady

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

func init() {
	register("pool-warms-up", "Workers are started when all others are busy, up to forty.", 150, func() func() error {
		p := &pool{jobs: make(chan chan struct{}), most: 40}
		return p.do
	})
	register("jobs-in-flight", "Every call starts work that takes two seconds: as many run as calls come in two seconds.", 20, func() func() error {
		return func() error {
			go func() { time.Sleep(2 * time.Second) }()
			return nil
		}
	})
	register("storm-that-ends", "Now and then one call starts hundreds of goroutines, which are all gone soon after.", 10, func() func() error {
		s := &storm{every: 40, size: 300}
		return s.call
	})
	register("batches", "Rows are gathered until there are two thousand, written out, and forgotten.", 300, func() func() error {
		b := &batch{limit: 2000}
		return b.add
	})
	register("flush-by-time", "A buffer is flushed every two seconds, however much is in it.", 300, func() func() error {
		f := &flusher{}
		go f.run()
		return f.write
	})
	register("garbage", "Every call makes much garbage and keeps nothing.", 300, func() func() error {
		return func() error {
			var page bytes.Buffer
			for i := 0; i < 64; i++ {
				page.Write(make([]byte, 1<<10))
			}
			return nil
		}
	})
	register("long-polls", "Thirty customers wait for news, always thirty, each for a while.", 30, func() func() error {
		l := &lounge{seats: make(chan struct{}, 30)}
		return l.wait
	})
	register("idle-connections", "Calls go out over kept connections, whose number follows how many calls overlap.", 60, func() func() error {
		c := newCarrier()
		return c.ask
	})
	register("queue-drains", "Work comes in bursts that are worked off slowly, but faster than they come.", 50, func() func() error {
		q := &queue{}
		go q.run()
		return q.push
	})
	register("grows-then-shrinks", "An import grows for six seconds, is done, and begins anew.", 200, func() func() error {
		return (&importer{since: time.Now()}).row
	})
	register("pooled-buffers", "Large buffers come from a pool and go back to it.", 100, func() func() error {
		buffers := &sync.Pool{New: func() interface{} { return make([]byte, 256<<10) }}
		return func() error {
			buffer := buffers.Get().([]byte)
			buffer[0]++
			time.Sleep(time.Millisecond)
			buffers.Put(buffer) //nolint // a slice header is small
			return nil
		}
	})
	register("timers-that-fire", "Every call arms a timer that fires a second later.", 60, func() func() error {
		return func() error {
			payload := make([]byte, 2<<10)
			time.AfterFunc(time.Second, func() { payload[0]++ })
			return nil
		}
	})
	register("day-in-a-minute", "The number of customers rises and falls, as it does over a day.", 40, func() func() error {
		d := &day{began: time.Now()}
		go d.run()
		return func() error { return nil }
	})
}

type pool struct {
	mu      sync.Mutex
	workers int
	most    int
	jobs    chan chan struct{}
}

func (p *pool) do() error {
	done := make(chan struct{})
	select {
	case p.jobs <- done:
	default:
		p.hire()
		p.jobs <- done
	}
	<-done
	return nil
}

func (p *pool) hire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.workers < p.most {
		p.workers++
		go p.work()
	}
}

func (p *pool) work() {
	desk := make([]byte, 128<<10)
	for done := range p.jobs {
		desk[0]++
		time.Sleep(3 * time.Millisecond)
		close(done)
	}
}

type storm struct {
	mu    sync.Mutex
	calls int
	every int
	size  int
}

func (s *storm) call() error {
	s.mu.Lock()
	s.calls++
	begins := s.calls%s.every == 0
	s.mu.Unlock()
	for i := 0; begins && i < s.size; i++ {
		go time.Sleep(time.Duration(1000+3*i) * time.Millisecond)
	}
	return nil
}

type batch struct {
	mu    sync.Mutex
	limit int
	rows  [][]byte
}

func (b *batch) add() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows = append(b.rows, make([]byte, 4<<10))
	if len(b.rows) >= b.limit {
		b.rows = nil
	}
	return nil
}

type flusher struct {
	mu      sync.Mutex
	pending bytes.Buffer
}

func (f *flusher) write() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := f.pending.Write(make([]byte, 4<<10))
	return err
}

func (f *flusher) run() {
	for range time.Tick(2 * time.Second) {
		f.mu.Lock()
		f.pending = bytes.Buffer{}
		f.mu.Unlock()
	}
}

type lounge struct{ seats chan struct{} }

func (l *lounge) wait() error {
	select {
	case l.seats <- struct{}{}:
		go func() {
			time.Sleep(1500 * time.Millisecond)
			<-l.seats
		}()
	default:
	}
	return nil
}

type carrier struct {
	url    string
	client *http.Client
}

func newCarrier() *carrier {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(20 * time.Millisecond)
		w.WriteHeader(http.StatusNoContent)
	}))
	transport := &http.Transport{MaxIdleConnsPerHost: 20, DialContext: (&net.Dialer{}).DialContext}
	return &carrier{url: server.URL, client: &http.Client{Transport: transport}}
}

func (c *carrier) ask() error {
	answer, err := c.client.Get(c.url)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

type queue struct {
	mu    sync.Mutex
	calls int
	work  [][]byte
}

func (q *queue) push() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.calls++
	if q.calls%250 == 0 {
		for i := 0; i < 400; i++ {
			q.work = append(q.work, make([]byte, 16<<10))
		}
	}
	return nil
}

func (q *queue) run() {
	for range time.Tick(10 * time.Millisecond) {
		q.mu.Lock()
		if len(q.work) > 0 {
			q.work[0] = nil
			q.work = q.work[1:]
		}
		q.mu.Unlock()
	}
}

type importer struct {
	mu    sync.Mutex
	since time.Time
	rows  [][]byte
}

func (i *importer) row() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.rows = append(i.rows, make([]byte, 8<<10))
	if time.Since(i.since) > 6*time.Second {
		i.rows, i.since = nil, time.Now()
	}
	return nil
}

type day struct{ began time.Time }

// run keeps as many customers busy as there are at this time of the day, which takes eight seconds.
func (d *day) run() {
	var leaving []chan struct{}
	for range time.Tick(20 * time.Millisecond) {
		hour := 24 * (time.Since(d.began) % (8 * time.Second)).Seconds() / 8
		wanted := int(10 * (12 - abs(hour-12)))
		for len(leaving) < wanted {
			leave := make(chan struct{})
			leaving = append(leaving, leave)
			go shop(leave)
		}
		for len(leaving) > wanted {
			close(leaving[0])
			leaving = leaving[1:]
		}
	}
}

func shop(leave <-chan struct{}) {
	basket := make([]byte, 16<<10)
	<-leave
	basket[0]++
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}
