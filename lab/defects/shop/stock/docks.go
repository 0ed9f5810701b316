package stock

import "example.com/shop/scenario"

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "stock-token-not-returned",
		Story:     "A lorry that is turned away keeps its dock's token; soon all lorries wait for one.",
		Functions: scenario.In("stock", "(*yard).unload"),
		Resource:  "goroutine", Cause: []string{"channel-send"}, Rate: 25,
		Open: func() (scenario.Call, error) {
			y := &yard{docks: make(chan struct{}, 4)}
			return func(careless bool) error {
				go y.unload(careless)
				return nil
			}, nil
		},
	})
}

type yard struct{ docks chan struct{} }

func (y *yard) unload(turnedAway bool) {
	y.docks <- struct{}{} // leak: some take a token and never return it
	if turnedAway {
		return
	}
	<-y.docks
}
