package pricing

import (
	"context"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "pricing-context-not-cancelled",
		Story:     "Every lookup makes a context with an hour's deadline and drops its cancel.",
		Functions: scenario.In("pricing", "(*Rates).lookup"),
		Resource:  "heap", Cause: []string{"context"}, Rate: 400,
		Open: func() (scenario.Call, error) {
			r := newRates()
			return func(careless bool) error {
				for i := 0; i < 16; i++ {
					r.lookup("EUR", careless)
				}
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "pricing-foreign-parent",
		Story:     "A context below a parent of one's own type costs a goroutine until it is cancelled, and it is not.",
		Functions: scenario.In("pricing", "(*session).derive"),
		Resource:  "goroutine", Cause: []string{"context"}, Rate: 200,
		Open: func() (scenario.Call, error) {
			s := &session{Context: context.Background(), ended: make(chan struct{})}
			return func(careless bool) error {
				s.derive(careless)
				return nil
			}, nil
		},
	})
}

// Rates are exchange rates by currency.
type Rates struct {
	life     context.Context
	close    func()
	rates    map[string]float64
	patience time.Duration
}

func newRates() *Rates {
	life, close := context.WithCancel(context.Background())
	return &Rates{life: life, close: close, rates: map[string]float64{"EUR": 1.08}, patience: time.Hour}
}

func (r *Rates) lookup(currency string, careless bool) float64 {
	ctx, cancel := context.WithTimeout(r.life, r.patience) // leak: not cancelled
	if !careless {
		defer cancel()
	}
	select {
	case <-ctx.Done():
		return 0
	default:
		return r.rates[currency]
	}
}

// session is a context of the shop's own.
type session struct {
	context.Context
	ended chan struct{}
}

// Done hides the parent's channel, so package context cannot attach children to it without a goroutine.
func (s *session) Done() <-chan struct{} { return s.ended }

func (s *session) derive(careless bool) context.Context {
	ctx, cancel := context.WithCancel(s) // leak: not cancelled
	if !careless {
		cancel()
	}
	return ctx
}
