package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/gin-gonic/gin"
)

// metrics writes the Prometheus text form by hand: the service has no other use for a client library.
type metrics struct {
	requests uint64
	failures uint64
}

func newMetrics() *metrics { return &metrics{} }

func (m *metrics) count(c *gin.Context) {
	c.Next()
	if strings.HasPrefix(c.Request.URL.Path, "/debug/") || c.Request.URL.Path == "/metrics" {
		return
	}
	if c.Writer.Status() >= 500 {
		atomic.AddUint64(&m.failures, 1)
		return
	}
	atomic.AddUint64(&m.requests, 1)
}

func (m *metrics) serve(c *gin.Context) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)

	c.Header("Content-Type", "text/plain; version=0.0.4")
	w := bufio.NewWriter(c.Writer)
	defer w.Flush()
	family(w, "http_requests_total", "counter", "Requests answered, by outcome.")
	fmt.Fprintf(w, "http_requests_total{outcome=\"answered\"} %d\n", atomic.LoadUint64(&m.requests))
	fmt.Fprintf(w, "http_requests_total{outcome=\"failed\"} %d\n", atomic.LoadUint64(&m.failures))
	value(w, "go_goroutines", "gauge", "Goroutines that exist.", uint64(runtime.NumGoroutine()))
	value(w, "go_memstats_heap_inuse_bytes", "gauge", "Bytes in spans in use.", stats.HeapInuse)
	value(w, "go_memstats_heap_alloc_bytes", "gauge", "Bytes of live and unswept heap objects.", stats.HeapAlloc)
	value(w, "go_memstats_next_gc_bytes", "gauge", "Heap size that starts the next collection.", stats.NextGC)
	value(w, "process_open_fds", "gauge", "Open file descriptors.", openFiles())
	value(w, "process_resident_memory_bytes", "gauge", "Resident memory.", residentBytes())
}

func family(w *bufio.Writer, name, kind, help string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func value(w *bufio.Writer, name, kind, help string, v uint64) {
	family(w, name, kind, help)
	fmt.Fprintf(w, "%s %d\n", name, v)
}

func openFiles() uint64 {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return uint64(len(entries))
}

func residentBytes() uint64 {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(statm))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseUint(fields[1], 10, 64)
	return pages * uint64(os.Getpagesize())
}
