package main

import (
	"context"
	"fmt"
	"math/rand"
	"time"
)

type tariff struct {
	UpToAge int `json:"upToAge"`
	Cents   int `json:"cents"`
}

var tariffs = []tariff{{25, 9900}, {40, 5400}, {65, 4900}, {99, 8800}}

func listPrice(age int) int {
	for _, t := range tariffs {
		if age <= t.UpToAge {
			return t.Cents
		}
	}
	return 0
}

// quote is what an insurer answers: the price, and the whole schedule of payments behind it.
type quote struct {
	Cents    int          `json:"cents"`
	Schedule []instalment `json:"schedule"`
}

type instalment struct {
	Month     int    `json:"month"`
	Cents     int    `json:"cents"`
	Reference string `json:"reference"`
}

type broker struct {
	insurer insurer
	leak    bool
}

// ask answers the insurer's quote, or the context's error when the insurer is too slow.
func (b *broker) ask(ctx context.Context, age int) (*quote, error) {
	room := 1
	if b.leak {
		room = 0
	}
	quotes := make(chan *quote, room)
	go func() {
		quotes <- b.insurer.price(age) // leak: once ask has returned, nobody receives
	}()

	select {
	case q := <-quotes:
		return q, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// insurer is somebody else's service: quick for one in four, and slow for the rest.
type insurer struct{}

func (insurer) price(age int) *quote {
	think := 5 * time.Millisecond
	if rand.Intn(4) > 0 {
		think = 60 * time.Millisecond
	}
	time.Sleep(think)
	return &quote{Cents: listPrice(age), Schedule: schedule(listPrice(age))}
}

func schedule(cents int) []instalment {
	months := make([]instalment, 12)
	for i := range months {
		months[i] = instalment{Month: i + 1, Cents: cents / 12, Reference: fmt.Sprintf("INS-%06d-%02d", rand.Intn(1_000_000), i+1)}
	}
	return months
}
