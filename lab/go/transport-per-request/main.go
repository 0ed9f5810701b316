// Command transport-per-request is a currency converter. It asks a bank for the rate, and in its leaking form it makes a
// transport, and with it a connection pool, for every question.
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
	leak := flag.Bool("leak", false, "make a transport for every question to the bank")
	fixed := flag.Bool("fixed", false, "share one transport")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	bank := flag.String("bank", "", "base URL of the bank; empty starts one beside this process")
	asBank := flag.Bool("as-bank", false, "be the bank, until standard input ends")
	flag.Parse()

	if *asBank {
		log.Fatal(serveBank())
	}
	if *leak == *fixed {
		log.Fatal("transport-per-request: say --leak or --fixed")
	}
	if *bank == "" {
		started, err := startBank()
		if err != nil {
			log.Fatalf("transport-per-request: %v", err)
		}
		*bank = started
	}

	desk := &desk{rates: newRateSource(*bank, *leak)}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/currencies", desk.listCurrencies)
	http.HandleFunc("/convert", desk.convert)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("transport-per-request: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type desk struct {
	rates *rateSource
}

type conversion struct {
	From   string  `json:"from"`
	To     string  `json:"to"`
	Rate   float64 `json:"rate"`
	Amount float64 `json:"amount"`
	Result float64 `json:"result"`
}

func (d *desk) listCurrencies(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, currencies)
}

func (d *desk) convert(w http.ResponseWriter, r *http.Request) {
	question, err := readQuestion(r)
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	question.Rate, err = d.rates.rate(question.From, question.To)
	if err != nil {
		log.Printf("rate %s/%s: %v", question.From, question.To, err)
		writeJSON(w, http.StatusBadGateway, map[string]string{"error": "the bank does not answer"})
		return
	}
	question.Result = question.Amount * question.Rate
	writeJSON(w, http.StatusOK, question)
}

func readQuestion(r *http.Request) (conversion, error) {
	query := r.URL.Query()
	c := conversion{From: query.Get("from"), To: query.Get("to"), Amount: 1}
	if !isCurrency(c.From) || !isCurrency(c.To) {
		return c, fmt.Errorf("from and to must be among %v", currencies)
	}
	if text := query.Get("amount"); text != "" {
		amount, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return c, fmt.Errorf("amount: %w", err)
		}
		c.Amount = amount
	}
	return c, nil
}

func writeJSON(w http.ResponseWriter, status int, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
