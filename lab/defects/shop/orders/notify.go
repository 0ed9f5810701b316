package orders

import "example.com/shop/scenario"

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-nil-channel",
		Story:     "Customers without a mail address have no channel, and their message is sent to nil.",
		Functions: scenario.In("orders", "(*notifier).confirm"),
		Resource:  "goroutine", Cause: []string{"nil-channel"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			n := &notifier{mails: make(chan string, 16)}
			go n.deliver()
			return func(careless bool) error {
				go n.confirm("order 17", careless)
				return nil
			}, nil
		},
	})
}

type notifier struct{ mails chan string }

func (n *notifier) deliver() {
	for range n.mails {
	}
}

func (n *notifier) confirm(order string, withoutAddress bool) {
	var to chan string
	if !withoutAddress {
		to = n.mails
	}
	to <- order // leak: nil takes nothing, and for ever
}
