package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"time"
)

// ramp is a rate of requests that climbs in a straight line, and then stays.
type ramp struct {
	from, to float64
	over     time.Duration
}

func (t ramp) rate(elapsed time.Duration) float64 {
	if elapsed >= t.over {
		return t.to
	}
	return t.from + (t.to-t.from)*elapsed.Seconds()/t.over.Seconds()
}

// visitors is held for as long as this process lives: collected, it would close the pipe that keeps the child alive.
var visitors *exec.Cmd

// startVisitors runs this program a second time as its own visitors. The child ends with its standard input, so it cannot
// outlive this process.
func startVisitors(url string, t ramp) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	visitors = exec.Command(program, "--visit", url,
		"--from", fmt.Sprint(t.from), "--to", fmt.Sprint(t.to), "--over", t.over.String())
	visitors.Stderr = os.Stderr
	if _, err := visitors.StdinPipe(); err != nil {
		return err
	}
	return visitors.Start()
}

// visit makes requests at the ramp's rate, without waiting for their answers, until standard input ends.
func (t ramp) visit(url string) {
	ended := make(chan struct{})
	go func() {
		io.Copy(io.Discard, os.Stdin)
		close(ended)
	}()

	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 512}}
	due, started, last := 0.0, time.Now(), time.Now()
	ticks := time.NewTicker(5 * time.Millisecond)
	defer ticks.Stop()
	for {
		select {
		case <-ended:
			return
		case now := <-ticks.C:
			due += t.rate(now.Sub(started)) * now.Sub(last).Seconds()
			last = now
			for ; due >= 1; due-- {
				go get(client, url)
			}
		}
	}
}

func get(client *http.Client, url string) {
	response, err := client.Get(url)
	if err != nil {
		return // a visitor who gets no answer goes away
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
}
