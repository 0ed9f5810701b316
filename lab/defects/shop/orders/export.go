package orders

import (
	"errors"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "orders-export-stops-early",
		Story:     "An export stops at the first bad row, and the stage before it keeps offering the next one.",
		Functions: scenario.In("orders", "readRows"),
		Near:      scenario.In("orders", "exportRows"),
		Resource:  "goroutine", Cause: []string{"channel-send", "select"}, Rate: 10,
		Open: func() (scenario.Call, error) {
			return func(careless bool) error {
				if err := exportRows(100, careless); !errors.Is(err, errBadRow) {
					return errors.New("the bad row went unnoticed")
				}
				return nil
			}, nil
		},
	})
}

var errBadRow = errors.New("bad row")

func readRows(count int, stop <-chan struct{}) <-chan int {
	rows := make(chan int)
	go func() {
		defer close(rows)
		for i := 0; i < count; i++ {
			select {
			case rows <- i: // leak: the reader has gone, and has not said so
			case <-stop:
				return
			}
		}
	}()
	return rows
}

func exportRows(count int, careless bool) error {
	stop := make(chan struct{})
	for row := range readRows(count, stop) {
		if row == 7 {
			if !careless {
				close(stop)
			}
			return errBadRow
		}
	}
	return nil
}
