// Command unbounded-map scores payments for fraud. A payment that comes twice must get the same score, so the scores are
// remembered; in its leaking form, for ever.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"strconv"
)

func main() {
	leak := flag.Bool("leak", false, "remember every score")
	fixed := flag.Bool("fixed", false, "remember the last thousand")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("unbounded-map: say --leak or --fixed")
	}

	capacity := 1000
	if *leak {
		capacity = unlimited
	}
	desk := &desk{scores: newScoreBook(capacity)}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/scores/", desk.lookUp)
	http.HandleFunc("/payments", desk.score)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("unbounded-map: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type desk struct {
	scores *scoreBook
}

type verdict struct {
	Payment string  `json:"payment"`
	Risk    float64 `json:"risk"`
	Accept  bool    `json:"accept"`
}

// score takes a payment: ?cents=…&id=…, where a payment without an id is a new one.
func (d *desk) score(w http.ResponseWriter, r *http.Request) {
	cents, err := strconv.Atoi(r.URL.Query().Get("cents"))
	if err != nil || cents <= 0 {
		http.Error(w, "cents must be a positive number", http.StatusBadRequest)
		return
	}
	id := r.URL.Query().Get("id")
	if id == "" {
		id = newPaymentID()
	}
	assessment := d.scores.assess(payment{id: id, cents: cents, userAgent: r.UserAgent()})
	writeJSON(w, verdict{Payment: id, Risk: assessment.risk, Accept: assessment.risk < 0.8})
}

func (d *desk) lookUp(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Path[len("/scores/"):]
	assessment, ok := d.scores.find(id)
	if !ok {
		http.NotFound(w, r)
		return
	}
	writeJSON(w, verdict{Payment: id, Risk: assessment.risk, Accept: assessment.risk < 0.8})
}

func writeJSON(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
