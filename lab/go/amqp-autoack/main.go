// Command amqp-autoack takes orders, and mails a confirmation for each. The mails go through a RabbitMQ queue; in its
// leaking form the mailer lets the broker push them without waiting for its acknowledgement.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"

	"github.com/streadway/amqp"
)

func main() {
	leak := flag.Bool("leak", false, "consume with automatic acknowledgement")
	fixed := flag.Bool("fixed", false, "acknowledge each mail, with a prefetch limit")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	broker := flag.String("amqp", "amqp://guest:guest@127.0.0.1:5672/", "URL of RabbitMQ")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("amqp-autoack: say --leak or --fixed")
	}

	connection, err := amqp.Dial(*broker)
	if err != nil {
		log.Fatalf("amqp-autoack: %v", err)
	}
	outbox, err := newOutbox(connection)
	if err != nil {
		log.Fatalf("amqp-autoack: %v", err)
	}
	mailer := &mailer{autoAck: *leak}
	go func() { log.Fatalf("mailer: %v", mailer.run(connection, outbox.queue)) }()

	shop := &shop{outbox: outbox, mailer: mailer}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/mails", shop.mails)
	http.HandleFunc("/checkout", shop.checkout)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("amqp-autoack: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type shop struct {
	outbox *outbox
	mailer *mailer
}

func (s *shop) checkout(w http.ResponseWriter, r *http.Request) {
	customer := r.URL.Query().Get("customer")
	if customer == "" {
		http.Error(w, "customer is missing", http.StatusBadRequest)
		return
	}
	placed := newOrder(customer)
	if err := s.outbox.put(confirmation(placed)); err != nil {
		log.Printf("order %d: %v", placed.Number, err)
		http.Error(w, "try again in a minute", http.StatusServiceUnavailable)
		return
	}
	writeJSON(w, map[string]int64{"order": placed.Number, "cents": placed.total()})
}

func (s *shop) mails(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, map[string]int64{"sent": s.mailer.count()})
}

func writeJSON(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
