package orders

import (
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-first-offer",
		Story:     "Three suppliers are asked, the first answer is taken, and the others are never received.",
		Functions: scenario.In("orders", "firstOffer"),
		Near:      scenario.In("orders", "askSupplier"),
		Resource:  "goroutine", Cause: []string{"channel-send"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				firstOffer([]string{"north", "south", "west"}, careless)
				return nil
			}, nil
		},
	})
}

type offer struct {
	supplier string
	cents    int
}

func askSupplier(name string) offer {
	time.Sleep(time.Millisecond)
	return offer{supplier: name, cents: 1000 + len(name)}
}

func firstOffer(suppliers []string, careless bool) offer {
	room := len(suppliers)
	if careless {
		room = 0
	}
	offers := make(chan offer, room)
	for _, name := range suppliers {
		name := name
		go func() { offers <- askSupplier(name) }() // leak: all but the first wait for ever
	}
	return <-offers
}
