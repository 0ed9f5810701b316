package orders

import (
	"errors"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-follow-without-end",
		Story:     "Following a parcel selects over events and errors, and nobody tells it that the customer has left.",
		Functions: scenario.In("orders", "(*Tracker).Follow"),
		Near:      scenario.In("orders", "(*Tracker).note"),
		Resource:  "goroutine", Cause: []string{"select"}, Rate: 12,
		Open: func() (scenario.Call, error) {
			t := &Tracker{}
			return func(careless bool) error {
				left := make(chan struct{})
				t.Follow(left)
				if !careless {
					close(left)
				}
				return nil
			}, nil
		},
	})
}

// Tracker tells customers where their parcels are.
type Tracker struct{ seen int }

var errLost = errors.New("lost")

func (t *Tracker) note(place string) { t.seen += len(place) }

// Follow reports a parcel's places until left is closed.
func (t *Tracker) Follow(left <-chan struct{}) {
	places := make(chan string)
	failures := make(chan error)
	go func() {
		for {
			select { // leak: left is never closed
			case place := <-places:
				t.note(place)
			case err := <-failures:
				if errors.Is(err, errLost) {
					return
				}
			case <-left:
				return
			}
		}
	}()
	time.Sleep(100 * time.Microsecond)
}
