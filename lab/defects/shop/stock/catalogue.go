package stock

import (
	"sync"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "stock-once-reentered",
		Story:     "What is to be done once asks for its own result while it is being done.",
		Functions: scenario.In("stock", "(*units).load", "(*units).of"),
		Resource:  "goroutine", Cause: []string{"lock"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				go (&units{}).load(careless)
				return nil
			}, nil
		},
	})
}

// units says what a product is counted in.
type units struct {
	once   sync.Once
	byName map[string]string
}

func (u *units) load(careless bool) {
	u.once.Do(func() { // leak: of calls load, which waits for this to end
		u.byName = map[string]string{"cup": "piece"}
		if careless {
			u.of("saucer")
		}
	})
}

func (u *units) of(name string) string {
	u.load(false)
	return u.byName[name]
}
