package accounts

import (
	"flag"
	"sync"

	"example.com/shop/scenario"
)

var attachmentBytes = flag.Int("attachment-bytes", 32<<10, "accounts-attachments-kept: size of an attachment")

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "accounts-attachments-kept",
		Story:     "Every ticket's attachment, one object of a size that can be chosen, is kept after the ticket is closed.",
		Functions: scenario.In("accounts", "(*Tickets).Attach"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 60,
		Open: func() (scenario.Call, error) {
			tickets := &Tickets{}
			return func(careless bool) error {
				tickets.Attach(*attachmentBytes)
				if !careless {
					tickets.Close()
				}
				return nil
			}, nil
		},
	})
}

// Tickets are questions of customers, with what they sent along.
type Tickets struct {
	mu          sync.Mutex
	attachments [][]byte
}

// Attach keeps what came with a ticket until that is closed.
func (t *Tickets) Attach(size int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.attachments = append(t.attachments, make([]byte, size)) // leak: nobody closes tickets
}

// Close forgets the attachments of all tickets.
func (t *Tickets) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.attachments = nil
}
