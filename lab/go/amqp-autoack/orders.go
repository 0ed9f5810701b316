package main

import (
	"fmt"
	"strings"
	"sync/atomic"
)

type line struct {
	Article string
	Count   int64
	Cents   int64
}

type order struct {
	Number   int64
	Customer string
	Lines    []line
}

var lastOrder int64

// newOrder is what a customer's basket looks like in this shop: the usual four dozen things.
func newOrder(customer string) order {
	o := order{Number: atomic.AddInt64(&lastOrder, 1), Customer: customer}
	for i := int64(0); i < 48; i++ {
		o.Lines = append(o.Lines, line{Article: fmt.Sprintf("article %04d", (o.Number*7+i)%10_000), Count: 1 + i%3, Cents: 199 + i*10})
	}
	return o
}

func (o order) total() int64 {
	var cents int64
	for _, l := range o.Lines {
		cents += l.Count * l.Cents
	}
	return cents
}

// confirmation is the mail's text, of about six kilobytes.
func confirmation(o order) []byte {
	var text strings.Builder
	fmt.Fprintf(&text, "<p>Dear %s, thank you for order %d.</p><table>\n", o.Customer, o.Number)
	for _, l := range o.Lines {
		fmt.Fprintf(&text, "<tr><td class=\"article\">%s</td><td class=\"count\">%d</td><td class=\"price\">%d.%02d EUR</td></tr>\n",
			l.Article, l.Count, l.Cents/100, l.Cents%100)
	}
	fmt.Fprintf(&text, "</table><p>Together: %d.%02d EUR</p>\n", o.total()/100, o.total()%100)
	return []byte(text.String())
}
