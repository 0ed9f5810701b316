package steady

import (
	"bufio"
	"math/rand"
	"net"
	"strconv"
	"sync"
	"time"
)

func init() {
	register("tills-come-online", "Sixty tills connect one after the other as the shops open, and stay.", 6, func() func() error {
		return (&tills{most: 60}).open
	})
	register("streams-come-and-go", "Customers follow their parcels for between one and twelve seconds each.", 8, func() func() error {
		return follow
	})
	register("words-interned", "Every word is kept once, and there are only so many.", 60, func() func() error {
		w := &words{kept: map[string]*word{}}
		return w.read
	})
}

// tills talk to a server of their own, over a connection each.
type tills struct {
	mu      sync.Mutex
	most    int
	online  int
	address string
}

func (t *tills) open() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.online == t.most {
		return nil
	}
	if t.address == "" {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		t.address = listener.Addr().String()
		go serveTills(listener)
	}
	connection, err := net.Dial("tcp", t.address)
	if err != nil {
		return err
	}
	t.online++
	go sell(connection)
	return nil
}

func serveTills(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer connection.Close()
			lines := bufio.NewScanner(connection)
			for lines.Scan() {
				if _, err := connection.Write([]byte("noted\n")); err != nil {
					return
				}
			}
		}()
	}
}

func sell(connection net.Conn) {
	defer connection.Close()
	answers := bufio.NewReader(connection)
	for {
		if _, err := connection.Write([]byte("sold\n")); err != nil {
			return
		}
		if _, err := answers.ReadString('\n'); err != nil {
			return
		}
		time.Sleep(700 * time.Millisecond)
	}
}

func follow() error {
	stay := time.Second + time.Duration(rand.Int63n(int64(11*time.Second)))
	go func() {
		end := time.After(stay)
		news := time.NewTicker(200 * time.Millisecond)
		defer news.Stop()
		for {
			select {
			case <-news.C:
			case <-end:
				return
			}
		}
	}()
	return nil
}

type words struct {
	mu   sync.Mutex
	kept map[string]*word
}

type word struct {
	text string
	uses [300]byte
}

func (w *words) read() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := 0; i < 100; i++ {
		text := "word " + strconv.Itoa(rand.Intn(20000))
		if w.kept[text] == nil {
			w.kept[text] = &word{text: text}
		}
	}
	return nil
}
