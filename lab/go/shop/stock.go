package main

import (
	"net/http"
	"time"
)

type stock struct {
	leak bool
}

func (s *stock) level(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, map[string]int{"level": len(r.URL.Path) * 3})
}

// reserve waits for the warehouse's word, but not for long: the warehouse takes its time.
func (s *stock) reserve(w http.ResponseWriter, r *http.Request) {
	room := 1
	if s.leak {
		room = 0
	}
	answer := make(chan bool, room)
	go func() {
		time.Sleep(2 * time.Millisecond)
		answer <- true // leak: reserve has gone by now
	}()

	select {
	case <-answer:
		writeJSON(w, map[string]bool{"reserved": true})
	case <-time.After(time.Millisecond / 2):
		writeJSON(w, map[string]bool{"reserved": false})
	}
}
