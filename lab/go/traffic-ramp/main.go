// Command traffic-ramp resizes photographs. Nothing leaks here: what it holds is what the requests in flight need, but its
// visitors become more and more. They live in a child process, and start as soon as the service listens.
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
	traffic := ramp{}
	flag.Float64Var(&traffic.from, "from", 20, "requests per second at first")
	flag.Float64Var(&traffic.to, "to", 300, "requests per second at last")
	flag.DurationVar(&traffic.over, "over", 40*time.Second, "how long the climb takes")
	target := flag.String("visit", "", "be the visitors of this URL, until standard input ends")
	flag.Parse()

	if *target != "" {
		traffic.visit(*target)
		return
	}

	studio := &studio{}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/metrics", studio.metrics)
	http.HandleFunc("/photo", studio.photo)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("traffic-ramp: %v", err)
	}
	if err := startVisitors("http://"+listener.Addr().String()+"/photo?width=640", traffic); err != nil {
		log.Fatalf("traffic-ramp: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}
