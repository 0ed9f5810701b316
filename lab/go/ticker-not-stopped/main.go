// Command ticker-not-stopped tells where a parcel is. It waits a moment for each carrier's tracker, looking again at every
// tick; in its leaking form nobody stops those tickers.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"strings"
	"time"
)

func main() {
	leak := flag.Bool("leak", false, "leave the tickers running")
	fixed := flag.Bool("fixed", false, "stop them")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("ticker-not-stopped: say --leak or --fixed")
	}

	desk := &desk{tracker: newTracker(*leak)}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/carriers", desk.carriers)
	http.HandleFunc("/parcels/", desk.parcel)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("ticker-not-stopped: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type desk struct {
	tracker *tracker
}

func (d *desk) carriers(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, d.tracker.carriers())
}

func (d *desk) parcel(w http.ResponseWriter, r *http.Request) {
	number := strings.TrimPrefix(r.URL.Path, "/parcels/")
	if number == "" {
		http.NotFound(w, r)
		return
	}
	writeJSON(w, d.tracker.locate(number, time.Now().Add(2*time.Second)))
}

func writeJSON(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
