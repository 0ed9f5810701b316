package mail

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "mail-body-open",
		Story:     "The mail provider's answer is looked at for its status only, and its body stays open.",
		Functions: scenario.In("mail", "(*provider).accepts"),
		Resource:  "goroutine", Cause: []string{"http-body"}, Rate: 40,
		Open: func() (scenario.Call, error) {
			p := newProvider(func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprint(w, "a body that is longer than nothing")
			})
			return p.accepts, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "mail-transport-each",
		Story:     "Every mail is sent by a client with a transport of its own, whose connection stays open, idle.",
		Functions: scenario.In("mail", "(*provider).sendOnce"),
		Resource:  "goroutine", Cause: []string{"http-client"}, Rate: 30,
		Open: func() (scenario.Call, error) {
			p := newProvider(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "queued") })
			return p.sendOnce, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "mail-no-timeout",
		Story:     "A provider that does not answer is waited for without end.",
		Functions: scenario.In("mail", "(*provider).check"),
		Near:      scenario.In("mail", "(*provider).checkLater"),
		Resource:  "goroutine", Cause: []string{"http-client"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			p := newProvider(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
			return p.checkLater, nil
		},
	})
}

type provider struct {
	url    string
	client *http.Client
}

func newProvider(answer http.HandlerFunc) *provider {
	server := httptest.NewServer(answer)
	return &provider{url: server.URL, client: &http.Client{}}
}

func (p *provider) accepts(careless bool) error {
	answer, err := p.client.Get(p.url) // leak: the body is not closed
	if err != nil {
		return err
	}
	if !careless {
		defer answer.Body.Close()
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			return err
		}
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("refused: %s", answer.Status)
	}
	return nil
}

func (p *provider) sendOnce(careless bool) error {
	client := p.client
	if careless {
		client = &http.Client{Transport: &http.Transport{}} // leak: its idle connection stays
	}
	answer, err := client.Get(p.url) // leak: opened by the transport above
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

func (p *provider) checkLater(careless bool) error {
	go p.check(careless)
	return nil
}

func (p *provider) check(careless bool) {
	client := *p.client
	if !careless {
		client.Timeout = 20 * time.Millisecond
	}
	answer, err := client.Get(p.url) // leak: without a timeout
	if err == nil {
		answer.Body.Close()
	}
}

// listenLoopback is a listener on a port of its own.
func listenLoopback() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }
