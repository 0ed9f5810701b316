package main

import (
	"hash/fnv"
	"time"
)

const lookAgain = time.Second

type sighting struct {
	Carrier string    `json:"carrier"`
	Place   string    `json:"place,omitempty"`
	Seen    time.Time `json:"seen,omitempty"`
	Known   bool      `json:"known"`
}

// carrier answers about a parcel, or says that it is still looking.
type carrier interface {
	name() string
	find(number string) (sighting, bool)
}

type tracker struct {
	network []carrier
	leak    bool
}

func newTracker(leak bool) *tracker {
	var network []carrier
	for _, name := range []string{"north post", "rail freight", "coast couriers", "city bikes", "alpine", "harbour", "sorting hub", "customs"} {
		network = append(network, depot(name))
	}
	return &tracker{network: network, leak: leak}
}

func (t *tracker) carriers() []string {
	var names []string
	for _, c := range t.network {
		names = append(names, c.name())
	}
	return names
}

// locate asks every carrier, each until the deadline at most.
func (t *tracker) locate(number string, deadline time.Time) []sighting {
	sightings := make([]sighting, 0, len(t.network))
	for _, c := range t.network {
		sightings = append(sightings, t.waitFor(c, number, deadline))
	}
	return sightings
}

// waitFor looks at once, and again at every tick.
func (t *tracker) waitFor(c carrier, number string, deadline time.Time) sighting {
	ticker := time.NewTicker(lookAgain) // leak: the runtime keeps a ticker until it is stopped
	if !t.leak {
		defer ticker.Stop()
	}
	for {
		if found, ok := c.find(number); ok {
			return found
		}
		if time.Now().After(deadline) {
			return sighting{Carrier: c.name()}
		}
		<-ticker.C
	}
}

// depot is a carrier with a fast computer.
type depot string

func (d depot) name() string { return string(d) }

func (d depot) find(number string) (sighting, bool) {
	hash := fnv.New32a()
	hash.Write([]byte(d))
	hash.Write([]byte(number))
	places := []string{"on its way", "at the depot", "at the door", "handed over"}
	at := time.Date(2022, time.May, 2, 8, int(hash.Sum32()%60), 0, 0, time.UTC)
	return sighting{Carrier: string(d), Place: places[hash.Sum32()%4], Seen: at, Known: true}, true
}
