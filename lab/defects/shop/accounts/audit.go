package accounts

import (
	"fmt"
	"sync"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "accounts-audit-grows",
		Story:     "An audit trail is appended to and never written out.",
		Functions: scenario.In("accounts", "(*Trail).Note"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 300,
		Open: func() (scenario.Call, error) {
			trail := &Trail{}
			return func(careless bool) error {
				for i := 0; i < 64; i++ {
					trail.Note("login", i)
				}
				if !careless {
					trail.Flush()
				}
				return nil
			}, nil
		},
	})
}

// Trail is what happened, oldest first.
type Trail struct {
	mu    sync.Mutex
	lines []string
}

// Note adds a line.
func (t *Trail) Note(event string, account int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = append(t.lines, fmt.Sprintf("%s of account %08d from 192.0.2.1 by way of the shop's front page", event, account)) // leak: never flushed
}

// Flush writes the lines out and forgets them.
func (t *Trail) Flush() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = t.lines[:0]
}
