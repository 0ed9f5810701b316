// Command shop is a web shop with a dozen routes, of which two leak in its leaking form: reserving leaves a goroutine
// behind, searching leaves memory. The others do what ordinary routes do: caches that are full, goroutines that end.
package main

import (
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
)

//go:embed openapi.json
var openAPI []byte

func main() {
	leak := flag.Bool("leak", false, "leave something behind in two routes")
	fixed := flag.Bool("fixed", false, "leave nothing behind")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("shop: say --leak or --fixed")
	}

	catalogue := newCatalogue(*leak)
	stock := &stock{leak: *leak}
	pages := newPages()
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(openAPI)
	})
	http.HandleFunc("/products", catalogue.list)
	http.HandleFunc("/products/", catalogue.show)
	http.HandleFunc("/search", catalogue.search)
	http.HandleFunc("/stock/", stock.level)
	http.HandleFunc("/reserve/", stock.reserve)
	http.HandleFunc("/cart", pages.cart)
	http.HandleFunc("/prices", pages.prices)
	http.HandleFunc("/reviews", pages.reviews)
	http.HandleFunc("/delivery", pages.delivery)
	http.HandleFunc("/vouchers", pages.vouchers)
	http.HandleFunc("/imprint", pages.imprint)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("shop: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

func writeJSON(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
