// Command amqp-notifyclose collects what delivery vans measure, and publishes each reading to RabbitMQ. Before it publishes
// it makes sure that the channel is still open; in its leaking form it registers a new listener each time to find out.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
)

func main() {
	leak := flag.Bool("leak", false, "register a listener before each reading")
	fixed := flag.Bool("fixed", false, "register one listener for the channel")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	broker := flag.String("amqp", "amqp://guest:guest@127.0.0.1:5672/", "URL of RabbitMQ")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("amqp-notifyclose: say --leak or --fixed")
	}

	publisher, err := newPublisher(*broker, *leak)
	if err != nil {
		log.Fatalf("amqp-notifyclose: %v", err)
	}
	gateway := &gateway{publisher: publisher}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/sensors", gateway.sensors)
	http.HandleFunc("/report", gateway.report)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("amqp-notifyclose: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type gateway struct {
	publisher *publisher
}

func (g *gateway) sensors(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, sensors)
}

// report is called by a van when it is within reach of a network: with all that it measured since the last time.
func (g *gateway) report(w http.ResponseWriter, r *http.Request) {
	van := r.URL.Query().Get("van")
	if van == "" {
		http.Error(w, "van is missing", http.StatusBadRequest)
		return
	}
	readings := measure(van)
	if err := g.publisher.publishAll(readings); err != nil {
		log.Printf("van %s: %v", van, err)
		http.Error(w, "not stored, send again", http.StatusServiceUnavailable)
		return
	}
	writeJSON(w, map[string]int{"stored": len(readings)})
}

func writeJSON(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
