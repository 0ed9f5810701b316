package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/fsnotify/fsnotify"
	lru "github.com/hashicorp/golang-lru"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "watcher-each",
		Story:     "Every look at the price list sets up a watcher of its own for the folder.",
		Functions: []string{"main.watchPrices"},
		Resource:  "goroutine", Cause: []string{"watcher"}, Rate: 3,
		Open: func() (scenario.Call, error) { return watchPrices, nil },
	})
	scenario.Register(scenario.Scenario{
		Name:      "logger-each",
		Story:     "Every request gets a buffered logger of its own, whose flush loop nobody stops.",
		Functions: []string{"main.logRequest"},
		Resource:  "goroutine", Cause: []string{"logger"}, Rate: 10,
		Open: func() (scenario.Call, error) { return logRequest, nil },
	})
	scenario.Register(scenario.Scenario{
		Name:      "group-first-error",
		Story:     "A group of checks ends with the first error, while the others wait to hand over results that nobody reads.",
		Functions: []string{"main.checkAll"},
		Near:      []string{"main.check"},
		Resource:  "goroutine", Cause: []string{"channel-send"}, Rate: 6,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				if err := checkAll([]string{"weight", "label", "seal"}, careless); !errors.Is(err, errBroken) {
					return fmt.Errorf("the broken seal went unnoticed: %v", err)
				}
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "weights-not-released",
		Story:     "Work that fails keeps its share of a weighted semaphore, and later work waits for it.",
		Functions: []string{"main.(*scales).weigh"},
		Resource:  "goroutine", Cause: []string{"select", "lock", "channel-receive"}, Rate: 20,
		Open: func() (scenario.Call, error) {
			s := &scales{room: semaphore.NewWeighted(4)}
			return func(careless bool) error {
				go s.weigh(context.Background(), careless)
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:  "lru-fills",
		Story: "A cache of a well-known library fills and then forgets what was not used for longest.",
		Rate:  250,
		Open: func() (scenario.Call, error) {
			pages, err := lru.New(1200)
			if err != nil {
				return nil, err
			}
			requests := make(chan int)
			go func() {
				for i := 0; ; i++ {
					requests <- i
				}
			}()
			return func(bool) error {
				pages.Add(<-requests, make([]byte, 6<<10))
				return nil
			}, nil
		},
	})
}

func watchPrices(careless bool) error {
	watcher, err := fsnotify.NewWatcher() // leak: not closed
	if err != nil {
		return err
	}
	if !careless {
		defer watcher.Close()
	}
	return watcher.Add(os.TempDir())
}

func logRequest(careless bool) error {
	buffered := &zapcore.BufferedWriteSyncer{WS: zapcore.AddSync(io.Discard), Size: 4 << 10}
	if !careless {
		defer buffered.Stop() //nolint // discards
	}
	encoder := zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig())
	zap.New(zapcore.NewCore(encoder, buffered, zap.InfoLevel)).Info("request", zap.Int("status", 200)) // leak: the writer's loop is not stopped
	return nil
}

var errBroken = errors.New("broken")

func check(name string) error {
	if name == "seal" {
		return errBroken
	}
	return nil
}

func checkAll(names []string, careless bool) error {
	room := len(names)
	if careless {
		room = 0
	}
	passed := make(chan string, room)
	failed := make(chan error, 1)
	var group errgroup.Group
	for _, name := range names {
		name := name
		group.Go(func() error {
			if err := check(name); err != nil {
				failed <- err
				return err
			}
			passed <- name // leak: nobody reads after the first error
			return nil
		})
	}
	return <-failed
}

type scales struct{ room *semaphore.Weighted }

func (s *scales) weigh(ctx context.Context, careless bool) {
	if err := s.room.Acquire(ctx, 1); err != nil { // leak: some never release what they took
		return
	}
	if careless {
		return
	}
	s.room.Release(1)
}
