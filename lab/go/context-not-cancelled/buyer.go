package main

import (
	"context"
	"hash/crc32"
	"sort"
	"time"
)

// supplierPatience is long: what a supplier answers late still goes into the price history.
const supplierPatience = 10 * time.Minute

var suppliers = []string{"Alder & Sons", "Birch", "Cedar Parts", "Dogwood", "Elm Trading", "Fir Brothers", "Gorse", "Hazel"}

type offer struct {
	Supplier string `json:"supplier"`
	Cents    int    `json:"cents"`
}

// buyer asks on behalf of the service, not of one request: a customer who hangs up does not spoil the history.
type buyer struct {
	lifetime context.Context
	leak     bool
}

func newBuyer(lifetime context.Context, leak bool) *buyer {
	return &buyer{lifetime: lifetime, leak: leak}
}

// compare answers the offers, the cheapest first. A supplier that fails is left out.
func (b *buyer) compare(part string) []offer {
	offers := make([]offer, 0, len(suppliers))
	for _, supplier := range suppliers {
		if o, err := b.ask(supplier, part); err == nil {
			offers = append(offers, o)
		}
	}
	sort.Slice(offers, func(i, j int) bool { return offers[i].Cents < offers[j].Cents })
	return offers
}

func (b *buyer) ask(supplier, part string) (offer, error) {
	ctx, cancel := context.WithTimeout(b.lifetime, supplierPatience) // leak: its parent keeps it for ten minutes
	done := cancel
	if b.leak {
		done = func() {}
	}
	return request(ctx, supplier, part, done)
}

// request asks one supplier, and calls done when the answer has arrived in full.
func request(ctx context.Context, supplier, part string, done func()) (offer, error) {
	defer done()
	if err := ctx.Err(); err != nil {
		return offer{}, err
	}
	price := crc32.ChecksumIEEE([]byte(supplier+"/"+part)) % 9000
	return offer{Supplier: supplier, Cents: 1000 + int(price)}, nil
}
