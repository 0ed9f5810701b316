package accounts

import (
	"strconv"
	"sync"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "accounts-sessions-kept",
		Story:     "Sessions are put into a map, and logging out does not take them out.",
		Functions: scenario.In("accounts", "(*Sessions).Login"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 200,
		Open: func() (scenario.Call, error) {
			s := &Sessions{open: map[string]*Session{}}
			return func(careless bool) error {
				id := s.Login()
				if !careless {
					s.Logout(id)
				}
				return nil
			}, nil
		},
	})
}

// Session is a customer who is logged in.
type Session struct {
	Since  time.Time
	Basket [8 << 10]byte
}

// Sessions are all that are open.
type Sessions struct {
	mu   sync.Mutex
	next int
	open map[string]*Session
}

// Login opens a session and tells its id.
func (s *Sessions) Login() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	id := "session-" + strconv.Itoa(s.next)
	s.open[id] = &Session{Since: time.Now()} // leak: nobody deletes it
	return id
}

// Logout closes a session.
func (s *Sessions) Logout(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, id)
}
