package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"
)

const height = 240

type studio struct {
	requests uint64
}

func (s *studio) photo(w http.ResponseWriter, r *http.Request) {
	defer atomic.AddUint64(&s.requests, 1)
	width, err := strconv.Atoi(r.URL.Query().Get("width"))
	if err != nil || width < 16 || width > 4096 {
		http.Error(w, "width must be 16 to 4096", http.StatusBadRequest)
		return
	}
	picture := resize(width)
	w.Header().Set("Content-Type", "application/octet-stream")
	if _, err := w.Write(picture); err != nil {
		log.Printf("photo: %v", err)
	}
}

// resize holds the whole picture while the storage, which is far away, hands over its parts.
func resize(width int) []byte {
	pixels := make([]byte, width*height)
	for row := 0; row < height; row += 24 {
		time.Sleep(20 * time.Millisecond)
		fillRows(pixels, width, row)
	}
	return pixels[:width]
}

func fillRows(pixels []byte, width, row int) {
	for i := row * width; i < (row+24)*width; i++ {
		pixels[i] = byte(i ^ row)
	}
}

// metrics answers in the Prometheus text form.
func (s *studio) metrics(w http.ResponseWriter, r *http.Request) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	fmt.Fprintf(w, "# TYPE http_requests_total counter\nhttp_requests_total{handler=\"photo\"} %d\n", atomic.LoadUint64(&s.requests))
	fmt.Fprintf(w, "# TYPE go_goroutines gauge\ngo_goroutines %d\n", runtime.NumGoroutine())
	fmt.Fprintf(w, "# TYPE go_memstats_heap_inuse_bytes gauge\ngo_memstats_heap_inuse_bytes %d\n", stats.HeapInuse)
	if entries, err := os.ReadDir("/proc/self/fd"); err == nil {
		fmt.Fprintf(w, "# TYPE process_open_fds gauge\nprocess_open_fds %d\n", len(entries))
	}
}
