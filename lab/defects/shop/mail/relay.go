package mail

import (
	"errors"
	"io"
	"net"
	"os"
	"os/signal"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "mail-relay-connections",
		Story:     "Each mail dials the relay anew and reads its greeting in a goroutine, and nobody hangs up.",
		Functions: scenario.In("mail", "(*relay).open"),
		Near:      scenario.In("mail", "(*relay).greet"),
		Resource:  "goroutine", Cause: []string{"connection", "network-wait"}, Rate: 8,
		Open: func() (scenario.Call, error) {
			r, err := newRelay()
			if err != nil {
				return nil, err
			}
			return r.open, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "mail-listener-each",
		Story:     "Every delivery report opens a listener of its own for the answer, with a goroutine that accepts.",
		Functions: scenario.In("mail", "awaitReport"),
		Resource:  "goroutine", Cause: []string{"connection", "network-wait"}, Rate: 8,
		Open: func() (scenario.Call, error) { return awaitReport, nil },
	})
	scenario.Register(scenario.Scenario{
		Name:      "mail-retries-for-ever",
		Story:     "A mail that cannot be sent is tried again and again, by a goroutine that never gives up.",
		Functions: scenario.In("mail", "deliver"),
		Near:      scenario.In("mail", "enqueue"),
		Resource:  "goroutine", Cause: []string{"sleep"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				enqueue(careless)
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "mail-signals-registered",
		Story:     "Each mail listens for the end of the program, and registers anew for it.",
		Functions: scenario.In("mail", "guard"),
		Resource:  "heap", Cause: []string{"signal", "memory"}, Rate: 300,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				for i := 0; i < 12; i++ {
					guard(careless)
				}
				return nil
			}, nil
		},
	})
}

type relay struct{ address string }

func newRelay() (*relay, error) {
	listener, err := listenLoopback()
	if err != nil {
		return nil, err
	}
	r := &relay{address: listener.Addr().String()}
	go r.serve(listener)
	return r, nil
}

// serve is the other side, which never speaks first.
func (r *relay) serve(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer connection.Close()
			io.Copy(io.Discard, connection) //nolint // until the caller hangs up
		}()
	}
}

func (r *relay) greet(connection net.Conn) {
	var greeting [64]byte
	if _, err := connection.Read(greeting[:]); err != nil && !errors.Is(err, io.EOF) {
		return
	}
}

func (r *relay) open(careless bool) error {
	connection, err := net.Dial("tcp", r.address) // leak: not closed
	if err != nil {
		return err
	}
	go r.greet(connection) // leak: reads until somebody hangs up
	if !careless {
		return connection.Close()
	}
	return nil
}

func awaitReport(careless bool) error {
	listener, err := listenLoopback() // leak: not closed
	if err != nil {
		return err
	}
	go func() {
		for {
			connection, err := listener.Accept() // leak: nobody calls, and nobody closes
			if err != nil {
				return
			}
			connection.Close()
		}
	}()
	if !careless {
		return listener.Close()
	}
	return nil
}

var errUnreachable = errors.New("unreachable")

func send(attempt int) error {
	if attempt > 1<<20 {
		return nil
	}
	return errUnreachable
}

func enqueue(careless bool) { go deliver(careless) }

func deliver(careless bool) {
	for attempt := 1; send(attempt) != nil; attempt++ {
		if attempt == 3 && !careless {
			return
		}
		time.Sleep(20 * time.Millisecond * time.Duration(attempt)) // leak: no attempt is the last
	}
}

func guard(careless bool) {
	interrupted := make(chan os.Signal, 1) // leak: registered below, and never taken off
	signal.Notify(interrupted, os.Interrupt)
	if !careless {
		signal.Stop(interrupted)
	}
}
