// Command bounded-cache draws map tiles, and keeps the last ones that it drew. Nothing leaks here: memory climbs until the
// cache is full, and then stays.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"strconv"
	"sync/atomic"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	capacity := flag.Int("tiles", 1500, "tiles to keep")
	flag.Parse()

	atlas := &atlas{tiles: newTileCache(*capacity)}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/metrics", atlas.metrics)
	http.HandleFunc("/tiles/", atlas.tile)
	http.HandleFunc("/tour", atlas.tour)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("bounded-cache: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type atlas struct {
	tiles    *tileCache
	requests uint64
	visited  uint64
}

// tile answers one tile by its number.
func (a *atlas) tile(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.ParseUint(r.URL.Path[len("/tiles/"):], 10, 64)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	a.serve(w, number)
}

// tour walks over the map: every request is for the next tile, as a crawler's would be.
func (a *atlas) tour(w http.ResponseWriter, r *http.Request) {
	a.serve(w, atomic.AddUint64(&a.visited, 1))
}

func (a *atlas) serve(w http.ResponseWriter, number uint64) {
	atomic.AddUint64(&a.requests, 1)
	w.Header().Set("Content-Type", "application/octet-stream")
	if _, err := w.Write(a.tiles.get(number)); err != nil {
		log.Printf("tile %d: %v", number, err)
	}
}
