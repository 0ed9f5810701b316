package orders

import "example.com/shop/scenario"

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-packer-not-closed",
		Story:     "Each order gets a packer that ranges over a channel which is never closed.",
		Functions: scenario.In("orders", "(*packer).run", "packOrder"),
		Resource:  "goroutine", Cause: []string{"channel-receive"}, Rate: 15,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				packOrder([]string{"kettle", "cup", "tray"}, careless)
				return nil
			}, nil
		},
	})
}

type packer struct{ packed int }

func (p *packer) run(items <-chan string) {
	for item := range items { // leak: the channel is not closed
		p.packed += len(item)
	}
}

func packOrder(items []string, careless bool) {
	queue := make(chan string)
	p := &packer{}
	go p.run(queue)
	for _, item := range items {
		queue <- item
	}
	if !careless {
		close(queue)
	}
}
