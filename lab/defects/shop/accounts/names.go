package accounts

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "accounts-names-interned",
		Story:     "Names are interned in a table that has no end, and every customer brings a new one.",
		Functions: scenario.In("accounts", "(*names).intern"),
		Near:      scenario.In("accounts", "greet"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 400,
		Open: func() (scenario.Call, error) {
			n := &names{seen: map[string]string{}}
			var customers atomic.Int64
			return func(careless bool) error {
				for i := 0; i < 24; i++ {
					customer := int64(0)
					if careless {
						customer = customers.Add(1)
					}
					greet(n, customer)
				}
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "accounts-token-pins-request",
		Story:     "A token is cut out of a whole request, and the eight bytes keep all of it.",
		Functions: scenario.In("accounts", "(*tokens).remember"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 150,
		Open: func() (scenario.Call, error) {
			t := &tokens{}
			return func(careless bool) error {
				t.remember(careless)
				return nil
			}, nil
		},
	})
}

type names struct {
	mu   sync.Mutex
	seen map[string]string
}

func (n *names) intern(raw []byte) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if known, ok := n.seen[string(raw)]; ok {
		return known
	}
	name := string(raw)
	n.seen[name] = name // leak: every name is new, and stays
	return name
}

func greet(n *names, customer int64) string {
	return n.intern([]byte(fmt.Sprintf("customer %032d of the northern branch", customer)))
}

type tokens struct {
	mu    sync.Mutex
	known [][]byte
}

func (t *tokens) remember(careless bool) {
	request := bytes.Repeat([]byte("x"), 8<<10) // leak: the token below keeps all of it
	token := request[16:24]
	if !careless {
		token = []byte(strings.Clone(string(token)))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known = append(t.known, token)
	if len(t.known) > 1<<16 {
		t.known = nil
	}
}
