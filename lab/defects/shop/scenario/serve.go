package scenario

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math"
	"net"
	"net/http"
	_ "net/http/pprof" // the profiles that a recording reads
	"os"
	"strings"
	"sync/atomic"
)

// Main is the program around the registered scenarios.
func Main() {
	leak := flag.String("leak", "", "the defect to serve, careless")
	fixed := flag.String("fixed", "", "the defect to serve, mended")
	healthy := flag.String("healthy", "", "the healthy look-alike to serve")
	share := flag.Float64("share", 1, "how many of the calls are careless: 0.1 is one in ten")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	list := flag.Bool("list", false, "print all scenarios, one JSON object a line, and stop")
	flag.Parse()

	if *list {
		printAll()
		return
	}
	name := *leak + *fixed + *healthy
	s, err := Find(name)
	if err != nil {
		log.Fatal(err)
	}
	if s.Leaks() != (*healthy == "") {
		log.Fatalf("%s: a defect is --leak or --fixed, a look-alike is --healthy", name)
	}
	if *leak == "" {
		*share = 0
	}
	if err := serve(s, *share, *addr); err != nil {
		log.Fatal(err)
	}
}

func serve(s Scenario, share float64, addr string) error {
	call, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	calls := &counter{share: share}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/metrics", calls.metrics)
	http.HandleFunc("/run", func(w http.ResponseWriter, r *http.Request) {
		if err := call(calls.next()); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, "done")
	})

	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return http.Serve(listener, nil)
}

// counter counts calls, and spreads the careless ones evenly among them.
type counter struct {
	share float64
	calls atomic.Int64
}

func (c *counter) next() bool {
	n := float64(c.calls.Add(1))
	return math.Floor(n*c.share) > math.Floor((n-1)*c.share)
}

func (c *counter) metrics(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "# TYPE http_requests_total counter\nhttp_requests_total{path=\"/run\"} %d\n", c.calls.Load())
}

func printAll() {
	out := json.NewEncoder(os.Stdout)
	for _, s := range All() {
		err := out.Encode(map[string]interface{}{
			"name": s.Name, "story": s.Story, "leaks": s.Leaks(), "rate": s.Rate,
			"truth": map[string]interface{}{
				"leaks": s.Leaks(), "exact_functions": nonNil(s.Functions), "near_functions": nonNil(s.Near),
				"growing_resource": s.Resource, "cause": nonNil(s.Cause),
			},
		})
		if err != nil {
			log.Fatal(err)
		}
	}
}

func nonNil(names []string) []string {
	if names == nil {
		return []string{}
	}
	return names
}

// In is the name that the runtime gives a function of one of the shop's packages: In("orders", "(*Desk).Quote").
func In(pkg string, functions ...string) []string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = strings.Join([]string{"example.com/shop/" + pkg, f}, ".")
	}
	return names
}
