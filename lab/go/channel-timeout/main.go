// Command channel-timeout is an insurance broker: it asks an insurer for a quote, and answers without one when the insurer
// takes too long. In its leaking form the insurer's late answer finds nobody to take it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"strconv"
	"time"
)

func main() {
	leak := flag.Bool("leak", false, "hand quotes over on a channel without room")
	fixed := flag.Bool("fixed", false, "give the channel room for the one quote")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	patience := flag.Duration("patience", 25*time.Millisecond, "how long to wait for a quote")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("channel-timeout: say --leak or --fixed")
	}

	desk := &desk{broker: &broker{insurer: insurer{}, leak: *leak}, patience: *patience}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/tariffs", desk.tariffs)
	http.HandleFunc("/quote", desk.quote)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("channel-timeout: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type desk struct {
	broker   *broker
	patience time.Duration
}

func (d *desk) tariffs(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, tariffs)
}

func (d *desk) quote(w http.ResponseWriter, r *http.Request) {
	age, err := strconv.Atoi(r.URL.Query().Get("age"))
	if err != nil || age < 18 || age > 99 {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": "age must be 18 to 99"})
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), d.patience)
	defer cancel()

	offer, err := d.broker.ask(ctx, age)
	if errors.Is(err, context.DeadlineExceeded) {
		// The page shows the list price, and a person calls back.
		writeJSON(w, http.StatusAccepted, map[string]int{"fromCents": listPrice(age)})
		return
	}
	if err != nil {
		writeJSON(w, http.StatusBadGateway, map[string]string{"error": err.Error()})
		return
	}
	writeJSON(w, http.StatusOK, offer)
}

func writeJSON(w http.ResponseWriter, status int, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
