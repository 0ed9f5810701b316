// Command file-handles serves documents page by page. A reader gets a cursor with the first page, and comes back with it
// for the next one. In its leaking form a cursor holds its file open until the last page was read, and most readers never
// get there.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"strings"
)

func main() {
	leak := flag.Bool("leak", false, "hold the file of every cursor open")
	fixed := flag.Bool("fixed", false, "close the file after each page")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("file-handles: say --leak or --fixed")
	}

	folder, err := os.MkdirTemp("", "plumb-lab-documents-")
	if err != nil {
		log.Fatalf("file-handles: %v", err)
	}
	desk := &desk{library: newLibrary(folder, *leak)}
	if err := desk.library.stock(); err != nil {
		log.Fatalf("file-handles: %v", err)
	}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/documents", desk.list)
	http.HandleFunc("/documents/", desk.open)
	http.HandleFunc("/cursors/", desk.next)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("file-handles: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

type desk struct {
	library *library
}

func (d *desk) list(w http.ResponseWriter, r *http.Request) {
	titles, err := d.library.titles()
	answer(w, titles, err)
}

func (d *desk) open(w http.ResponseWriter, r *http.Request) {
	page, err := d.library.open(strings.TrimPrefix(r.URL.Path, "/documents/"))
	answer(w, page, err)
}

func (d *desk) next(w http.ResponseWriter, r *http.Request) {
	page, err := d.library.next(strings.TrimPrefix(r.URL.Path, "/cursors/"))
	answer(w, page, err)
}

func answer(w http.ResponseWriter, value interface{}, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		http.Error(w, "no such document or cursor", http.StatusNotFound)
		return
	case err != nil:
		log.Printf("library: %v", err)
		http.Error(w, "the library is closed", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Printf("answer: %v", err)
	}
}
