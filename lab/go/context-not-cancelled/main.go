// Command context-not-cancelled compares the prices of suppliers. Every question to a supplier gets a deadline of its own;
// in its leaking form the contexts that carry those deadlines are never cancelled, and the service's context holds them.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	leak := flag.Bool("leak", false, "leave the deadlines to run out by themselves")
	fixed := flag.Bool("fixed", false, "cancel each as soon as its supplier has answered")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("context-not-cancelled: say --leak or --fixed")
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	desk := &desk{buyer: newBuyer(ctx, *leak)}
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/suppliers", desk.suppliers)
	mux.HandleFunc("/offers/", desk.offers)
	mux.Handle("/debug/pprof/", http.DefaultServeMux)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("context-not-cancelled: %v", err)
	}
	fmt.Println(listener.Addr())
	server := &http.Server{Handler: mux}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.Serve(listener); err != http.ErrServerClosed {
		log.Fatalf("context-not-cancelled: %v", err)
	}
}

type desk struct {
	buyer *buyer
}

func (d *desk) suppliers(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, suppliers)
}

func (d *desk) offers(w http.ResponseWriter, r *http.Request) {
	part := strings.TrimPrefix(r.URL.Path, "/offers/")
	if part == "" {
		http.NotFound(w, r)
		return
	}
	writeJSON(w, d.buyer.compare(part))
}

func writeJSON(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
