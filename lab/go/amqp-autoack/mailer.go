package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/streadway/amqp"
)

// outbox publishes mails on a channel of its own: a channel is not safe for two that publish at once.
type outbox struct {
	queue string

	mutex   sync.Mutex
	channel *amqp.Channel
}

func newOutbox(connection *amqp.Connection) (*outbox, error) {
	channel, err := connection.Channel()
	if err != nil {
		return nil, err
	}
	queue, err := channel.QueueDeclare("", false, true, true, false, nil)
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	return &outbox{queue: queue.Name, channel: channel}, nil
}

func (o *outbox) put(mail []byte) error {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.channel.Publish("", o.queue, false, false, amqp.Publishing{ContentType: "text/html", Body: mail})
}

// mailer sends the mails of a queue one after the other.
type mailer struct {
	autoAck bool
	sent    int64
}

const prefetch = 32

func (m *mailer) count() int64 { return atomic.LoadInt64(&m.sent) }

func (m *mailer) run(connection *amqp.Connection, queue string) error {
	channel, err := connection.Channel()
	if err != nil {
		return err
	}
	if err := channel.Qos(prefetch, 0, false); err != nil {
		return err
	}
	mails, err := channel.Consume(queue, "mailer", m.autoAck, true, false, false, nil) // leak: autoAck makes the broker ignore the prefetch
	if err != nil {
		return err
	}
	for mail := range mails { // leak: one mail at a time, slower than the broker pushes
		if err := m.send(mail); err != nil { // leak: and this is where the time goes
			return err
		}
	}
	return fmt.Errorf("the queue %s was closed", queue)
}

func (m *mailer) send(mail amqp.Delivery) error {
	deliver(mail.Body)
	atomic.AddInt64(&m.sent, 1)
	if m.autoAck {
		return nil
	}
	return mail.Ack(false)
}

// deliver talks to the mail server, which takes its time.
func deliver(body []byte) {
	time.Sleep(12*time.Millisecond + time.Duration(len(body))*time.Nanosecond)
}
