package main

import (
	"crypto/rand"
	"encoding/hex"
	"hash/fnv"
	"math"
	"sync"
)

const unlimited = math.MaxInt

type payment struct {
	id        string
	cents     int
	userAgent string
}

// assessment is a score, with the features that it was made from: an auditor asks for them.
type assessment struct {
	risk     float64
	features [256]float64
}

type scoreBook struct {
	capacity int

	mutex sync.Mutex
	byID  map[string]assessment
	order []string
}

func newScoreBook(capacity int) *scoreBook {
	return &scoreBook{capacity: capacity, byID: map[string]assessment{}}
}

func (b *scoreBook) find(id string) (assessment, bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	a, ok := b.byID[id]
	return a, ok
}

// assess scores a payment, the same way each time that it comes.
func (b *scoreBook) assess(p payment) assessment {
	if known, ok := b.find(p.id); ok {
		return known
	}
	scored := assessment{features: extractFeatures(p)}
	scored.risk = weigh(&scored.features)
	b.remember(p.id, scored)
	return scored
}

func (b *scoreBook) remember(id string, a assessment) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.byID[id] = a // leak: with an unlimited capacity nothing is ever deleted
	if b.capacity == unlimited {
		return
	}
	b.order = append(b.order, id)
	if len(b.order) > b.capacity {
		delete(b.byID, b.order[0])
		b.order = b.order[1:]
	}
}

func extractFeatures(p payment) (features [256]float64) {
	hash := fnv.New64a()
	hash.Write([]byte(p.userAgent))
	state := hash.Sum64() + uint64(p.cents)
	for i := range features {
		state = state*6364136223846793005 + 1442695040888963407
		features[i] = float64(state>>40) / (1 << 24)
	}
	return features
}

func weigh(features *[256]float64) float64 {
	sum := 0.0
	for _, f := range features {
		sum += f
	}
	return 1 / (1 + math.Exp(-(sum/float64(len(features)) - 0.5)))
}

func newPaymentID() string {
	var id [12]byte
	if _, err := rand.Read(id[:]); err != nil {
		panic(err) // the kernel has no random numbers: nothing here can go on
	}
	return hex.EncodeToString(id[:])
}
