package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/gorilla/websocket"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "rpc-connection-each",
		Story:     "Every call dials the warehouse's gRPC server anew and leaves the connection open.",
		Functions: []string{"main.(*depot).askOnce"},
		Resource:  "goroutine", Cause: []string{"rpc"}, Rate: 5,
		Open: func() (scenario.Call, error) {
			d, err := openDepot()
			if err != nil {
				return nil, err
			}
			return d.askOnce, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "rpc-stream-open",
		Story:     "A stream is read once, and neither drained nor cancelled.",
		Functions: []string{"main.(*depot).watch"},
		Resource:  "goroutine", Cause: []string{"rpc"}, Rate: 8,
		Open: func() (scenario.Call, error) {
			d, err := openDepot()
			if err != nil {
				return nil, err
			}
			return d.watch, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:  "rpc-shared",
		Story: "All calls share one gRPC connection.",
		Rate:  100,
		Open: func() (scenario.Call, error) {
			d, err := openDepot()
			if err != nil {
				return nil, err
			}
			return d.ask, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "socket-not-closed",
		Story:     "Every order opens a WebSocket for its status and reads from it, and never closes it.",
		Functions: []string{"main.(*statusPage).follow"},
		Near:      []string{"main.(*statusPage).read"},
		Resource:  "goroutine", Cause: []string{"connection", "network-wait"}, Rate: 8,
		Open: func() (scenario.Call, error) {
			return newStatusPage().follow, nil
		},
	})
}

type depot struct {
	address    string
	connection *grpc.ClientConn
}

func openDepot() (*depot, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := grpc.NewServer()
	grpc_health_v1.RegisterHealthServer(server, health.NewServer())
	go server.Serve(listener) //nolint // ends with the program
	address := listener.Addr().String()
	connection, err := grpc.Dial(address, grpc.WithInsecure())
	return &depot{address: address, connection: connection}, err
}

func (d *depot) askOnce(careless bool) error {
	connection, err := grpc.Dial(d.address, grpc.WithInsecure(), grpc.WithBlock()) // leak: not closed
	if err != nil {
		return err
	}
	if !careless {
		defer connection.Close()
	}
	_, err = grpc_health_v1.NewHealthClient(connection).Check(context.Background(), &grpc_health_v1.HealthCheckRequest{}) // leak: over the connection above
	return err
}

func (d *depot) watch(careless bool) error {
	ctx, cancel := context.WithCancel(context.Background())
	if !careless {
		defer cancel()
	}
	stream, err := grpc_health_v1.NewHealthClient(d.connection).Watch(ctx, &grpc_health_v1.HealthCheckRequest{}) // leak: neither drained nor cancelled
	if err != nil {
		cancel()
		return err
	}
	_, err = stream.Recv()
	return err
}

func (d *depot) ask(bool) error {
	_, err := grpc_health_v1.NewHealthClient(d.connection).Check(context.Background(), &grpc_health_v1.HealthCheckRequest{})
	return err
}

type statusPage struct {
	url      string
	upgrader websocket.Upgrader
}

func newStatusPage() *statusPage {
	page := &statusPage{}
	server := httptest.NewServer(http.HandlerFunc(page.serve))
	page.url = "ws" + strings.TrimPrefix(server.URL, "http")
	return page
}

// serve answers until the customer hangs up.
func (p *statusPage) serve(w http.ResponseWriter, r *http.Request) {
	connection, err := p.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer connection.Close()
	for {
		if _, _, err := connection.ReadMessage(); err != nil {
			return
		}
	}
}

func (p *statusPage) read(connection *websocket.Conn) {
	for {
		if _, _, err := connection.ReadMessage(); err != nil {
			return
		}
	}
}

func (p *statusPage) follow(careless bool) error {
	connection, _, err := websocket.DefaultDialer.Dial(p.url, nil) // leak: not closed
	if err != nil {
		return err
	}
	go p.read(connection) // leak: reads until it is closed
	if careless {
		return nil
	}
	return connection.Close()
}
