// Package scenario is what the shop's defects have in common: their names, what is true of them, and how they are called.
package scenario

import (
	"fmt"
	"sort"
)

// Call does a scenario's work once. A careless call is one that forgets to clean up; the mended twin is never careless.
type Call func(careless bool) error

// Scenario is one defect, or one healthy service that only looks as if it leaked.
type Scenario struct {
	Name  string
	Story string

	// Functions are those any of which is the right one to name. A healthy scenario has none.
	Functions []string
	// Near are functions within a call of them.
	Near []string
	// Resource is what grows most visibly: goroutine, heap or fd.
	Resource string
	// Cause is the class of the cause, or several classes any of which is right.
	Cause []string

	// Rate is how many calls a second a recording makes.
	Rate int
	// Open makes what the calls need, once.
	Open func() (Call, error)
}

// Leaks tells a defect from a healthy look-alike.
func (s Scenario) Leaks() bool { return len(s.Functions) > 0 }

var all = map[string]Scenario{}

// Register makes a scenario known under its name.
func Register(s Scenario) {
	if _, taken := all[s.Name]; taken {
		panic("two scenarios are called " + s.Name)
	}
	all[s.Name] = s
}

// Find gives the scenario of that name.
func Find(name string) (Scenario, error) {
	s, ok := all[name]
	if !ok {
		return Scenario{}, fmt.Errorf("no scenario is called %q", name)
	}
	return s, nil
}

// All gives every scenario, sorted by name.
func All() []Scenario {
	sorted := make([]Scenario, 0, len(all))
	for _, s := range all {
		sorted = append(sorted, s)
	}
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Name < sorted[j].Name })
	return sorted
}
