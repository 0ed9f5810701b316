package main

import (
	"container/list"
	"sync"
)

const tileBytes = 12 << 10

type cachedTile struct {
	number uint64
	pixels []byte
}

// tileCache keeps the tiles that were used last.
type tileCache struct {
	capacity int

	mutex    sync.Mutex
	byNumber map[uint64]*list.Element
	used     *list.List // the latest in front
}

func newTileCache(capacity int) *tileCache {
	return &tileCache{capacity: capacity, byNumber: map[uint64]*list.Element{}, used: list.New()}
}

func (c *tileCache) get(number uint64) []byte {
	if pixels, ok := c.find(number); ok {
		return pixels
	}
	pixels := draw(number)
	c.add(number, pixels)
	return pixels
}

func (c *tileCache) find(number uint64) ([]byte, bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	element, ok := c.byNumber[number]
	if !ok {
		return nil, false
	}
	c.used.MoveToFront(element)
	return element.Value.(*cachedTile).pixels, true
}

func (c *tileCache) add(number uint64, pixels []byte) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if _, ok := c.byNumber[number]; ok {
		return
	}
	c.byNumber[number] = c.used.PushFront(&cachedTile{number: number, pixels: pixels})
	if c.used.Len() > c.capacity {
		oldest := c.used.Remove(c.used.Back()).(*cachedTile)
		delete(c.byNumber, oldest.number)
	}
}

func draw(number uint64) []byte {
	pixels := make([]byte, tileBytes)
	for i := range pixels {
		pixels[i] = byte(number*31 + uint64(i)*7)
	}
	return pixels
}
