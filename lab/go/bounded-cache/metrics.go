package main

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"sync/atomic"
)

// metrics answers in the Prometheus text form, with the few figures that the service's owners look at.
func (a *atlas) metrics(w http.ResponseWriter, r *http.Request) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	for _, m := range []struct {
		name, kind string
		value      uint64
	}{
		{"http_requests_total", "counter", atomic.LoadUint64(&a.requests)},
		{"go_goroutines", "gauge", uint64(runtime.NumGoroutine())},
		{"go_memstats_heap_inuse_bytes", "gauge", stats.HeapInuse},
		{"go_memstats_next_gc_bytes", "gauge", stats.NextGC},
		{"process_open_fds", "gauge", openFiles()},
	} {
		fmt.Fprintf(w, "# TYPE %s %s\n%s %d\n", m.name, m.kind, m.name, m.value)
	}
}

func openFiles() uint64 {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return uint64(len(entries))
}
