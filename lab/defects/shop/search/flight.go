package search

import (
	"errors"
	"strconv"
	"sync"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "search-flight-never-lands",
		Story:     "Equal searches wait for the one that is under way, and that one fails without telling them.",
		Functions: scenario.In("search", "(*flights).do"),
		Near:      scenario.In("search", "(*flights).find"),
		Resource:  "goroutine", Cause: []string{"wait-group"}, Rate: 20,
		Open: func() (scenario.Call, error) {
			f := &flights{underway: map[string]*flight{}}
			return func(careless bool) error {
				go f.find(careless)
				return nil
			}, nil
		},
	})
}

var errBusy = errors.New("the index is busy")

type flights struct {
	mu       sync.Mutex
	underway map[string]*flight
	searches int
}

type flight struct {
	landed sync.WaitGroup
	found  []string
}

// do searches once for all who ask for the same at the same time.
func (f *flights) do(query string, search func() ([]string, error)) ([]string, error) {
	f.mu.Lock()
	if other := f.underway[query]; other != nil {
		f.mu.Unlock()
		other.landed.Wait() // leak: not done when the search failed
		return other.found, nil
	}
	mine := &flight{}
	mine.landed.Add(1)
	f.underway[query] = mine
	f.mu.Unlock()

	found, err := search()
	if err != nil {
		return nil, err
	}
	mine.found = found
	f.land(query, mine)
	return found, nil
}

func (f *flights) land(query string, one *flight) {
	f.mu.Lock()
	delete(f.underway, query)
	f.mu.Unlock()
	one.landed.Done()
}

func (f *flights) find(careless bool) {
	f.mu.Lock()
	f.searches++
	query := "cups, page " + strconv.Itoa(f.searches%5)
	f.mu.Unlock()
	f.do(query, func() ([]string, error) {
		if careless {
			return nil, errBusy
		}
		return []string{query}, nil
	})
}
