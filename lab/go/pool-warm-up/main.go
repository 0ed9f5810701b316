// Command pool-warm-up turns documents into thumbnails with a pool of workers. Nothing leaks here: the pool hires up
// to its size, and keeps what it has hired.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"time"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	workers := flag.Int("workers", 40, "size of the pool")
	every := flag.Duration("hire-every", 120*time.Millisecond, "shortest time between two new workers")
	flag.Parse()

	studio := &studio{pool: newPool(*workers, *every)}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/workers", studio.workers)
	http.HandleFunc("/thumbnail", studio.thumbnail)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("pool-warm-up: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type studio struct {
	pool *pool
}

func (s *studio) workers(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, s.pool.size())
}

func (s *studio) thumbnail(w http.ResponseWriter, r *http.Request) {
	picture := s.pool.do(r.URL.Query().Get("page"))
	w.Header().Set("Content-Type", "application/octet-stream")
	if _, err := w.Write(picture); err != nil {
		log.Printf("thumbnail: %v", err)
	}
}
