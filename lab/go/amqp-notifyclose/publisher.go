package main

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/streadway/amqp"
)

const exchange = "amq.topic"

var errClosed = errors.New("the channel to the broker was closed")

var sensors = []string{"speed", "charge", "cargo.temperature", "cargo.weight", "tyre.front", "tyre.rear", "door", "range"}

type reading struct {
	van    string
	sensor string
	value  float64
}

func (r reading) key() string { return "van." + r.van + "." + r.sensor }

func (r reading) body() []byte { return strconv.AppendFloat(nil, r.value, 'f', 2, 64) }

// measure stands for the report's body: five rounds over all sensors.
func measure(van string) []reading {
	var readings []reading
	for round := 0; round < 5; round++ {
		for i, sensor := range sensors {
			readings = append(readings, reading{van: van, sensor: sensor, value: float64(round*10+i) * 1.25})
		}
	}
	return readings
}

type publisher struct {
	leak bool

	mutex   sync.Mutex
	channel *amqp.Channel
	closed  chan *amqp.Error
}

func newPublisher(broker string, leak bool) (*publisher, error) {
	connection, err := amqp.Dial(broker)
	if err != nil {
		return nil, err
	}
	channel, err := connection.Channel()
	if err != nil {
		return nil, err
	}
	return &publisher{leak: leak, channel: channel, closed: channel.NotifyClose(make(chan *amqp.Error, 1))}, nil
}

func (p *publisher) publishAll(readings []reading) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, r := range readings {
		if err := p.publish(r); err != nil {
			return fmt.Errorf("%s: %w", r.sensor, err)
		}
	}
	return nil
}

func (p *publisher) publish(r reading) error {
	if !p.alive() {
		return errClosed
	}
	return p.channel.Publish(exchange, r.key(), false, false, amqp.Publishing{
		ContentType: "text/plain",
		Timestamp:   time.Now(),
		Body:        r.body(),
	})
}

// alive tells whether the broker still has the channel open. A publish would not: it fails only when the next one comes.
func (p *publisher) alive() bool {
	closed := p.closed
	if p.leak {
		closed = p.channel.NotifyClose(make(chan *amqp.Error, 1)) // leak: the channel keeps every listener until it closes
	}
	select {
	case <-closed:
		return false
	default:
		return true
	}
}
