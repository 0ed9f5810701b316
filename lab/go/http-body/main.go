// Command http-body is a shop's availability service. It asks the warehouse about each article, and in its leaking form
// it forgets to close the body of the answer.
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
	leak := flag.Bool("leak", false, "leave the bodies of the warehouse's answers open")
	fixed := flag.Bool("fixed", false, "close them")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	upstream := flag.String("warehouse", "", "base URL of the warehouse; empty starts one beside this process")
	asWarehouse := flag.Bool("as-warehouse", false, "be the warehouse, until standard input ends")
	flag.Parse()

	if *asWarehouse {
		log.Fatal(serveWarehouse())
	}
	if *leak == *fixed {
		log.Fatal("http-body: say --leak or --fixed")
	}
	if *upstream == "" {
		started, err := startWarehouse()
		if err != nil {
			log.Fatalf("http-body: %v", err)
		}
		*upstream = started
	}

	shop := &shop{stock: newStockClient(*upstream, *leak)}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/articles", shop.listArticles)
	http.HandleFunc("/articles/", shop.showArticle)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("http-body: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type article struct {
	Number    string `json:"number"`
	Title     string `json:"title"`
	Cents     int    `json:"cents"`
	Available bool   `json:"available"`
}

var articles = []article{
	{Number: "kettle", Title: "Kettle, 1.7 l", Cents: 3995},
	{Number: "toaster", Title: "Toaster, two slots", Cents: 4450},
	{Number: "mug", Title: "Mug, blue", Cents: 895},
}

type shop struct {
	stock *stockClient
}

func (s *shop) listArticles(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, articles)
}

func (s *shop) showArticle(w http.ResponseWriter, r *http.Request) {
	found, ok := findArticle(strings.TrimPrefix(r.URL.Path, "/articles/"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	available, err := s.stock.isAvailable(found.Number)
	if err != nil {
		log.Printf("availability of %s: %v", found.Number, err)
		http.Error(w, "the warehouse does not answer", http.StatusBadGateway)
		return
	}
	found.Available = available
	writeJSON(w, found)
}

func findArticle(number string) (article, bool) {
	for _, a := range articles {
		if a.Number == number {
			return a, true
		}
	}
	return article{}, false
}

func writeJSON(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
