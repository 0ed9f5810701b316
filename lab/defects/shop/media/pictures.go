package media

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"sync"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "media-files-open",
		Story:     "A picture's size is read from its file's beginning, and the file stays open.",
		Functions: scenario.In("media", "(*album).measure"),
		Resource:  "fd", Cause: []string{"file"}, Rate: 50,
		Open: func() (scenario.Call, error) {
			file, err := os.CreateTemp("", "shop-picture-")
			if err != nil {
				return nil, err
			}
			defer file.Close()
			a := &album{path: file.Name(), readers: map[int]*bufio.Reader{}}
			_, err = file.Write(bytes.Repeat([]byte("picture "), 1<<10))
			return a.measure, err
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "media-writers-kept",
		Story:     "Every upload keeps its gzip writer, most of a megabyte each.",
		Functions: scenario.In("media", "(*uploads).pack"),
		Resource:  "heap", Cause: []string{"compression", "memory"}, Rate: 3,
		Open: func() (scenario.Call, error) {
			u := &uploads{}
			return func(careless bool) error { return u.pack([]byte("a picture"), careless) }, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "media-converter-not-waited-for",
		Story:     "A converter is started and fed, and then neither closed nor waited for.",
		Functions: scenario.In("media", "(*converters).convert"),
		Resource:  "goroutine", Cause: []string{"process", "file"}, Rate: 3,
		Open: func() (scenario.Call, error) { return (&converters{}).convert, nil },
	})
	scenario.Register(scenario.Scenario{
		Name:      "media-pipe-without-reader",
		Story:     "A preview stops reading after the first bytes, and whoever writes the rest into the pipe waits.",
		Functions: scenario.In("media", "render", "preview"),
		Resource:  "goroutine", Cause: []string{"pipe"}, Rate: 10,
		Open: func() (scenario.Call, error) { return preview, nil },
	})
}

type album struct {
	mu      sync.Mutex
	path    string
	next    int
	readers map[int]*bufio.Reader
}

func (a *album) measure(careless bool) error {
	file, err := os.Open(a.path) // leak: not closed
	if err != nil {
		return err
	}
	reader := bufio.NewReader(file)
	if _, err := reader.Peek(8); err != nil {
		return err
	}
	if !careless {
		return file.Close()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.next++
	a.readers[a.next] = reader // leak: keeps the file reachable, so no finalizer closes it
	return nil
}

type uploads struct {
	mu      sync.Mutex
	writers []*gzip.Writer
}

func (u *uploads) pack(picture []byte, careless bool) error {
	writer := gzip.NewWriter(io.Discard) // leak: kept below
	if _, err := writer.Write(picture); err != nil {
		return err
	}
	if careless {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.writers = append(u.writers, writer)
		return nil
	}
	return writer.Close()
}

type converters struct {
	mu      sync.Mutex
	running []*converter
}

type converter struct {
	command *exec.Cmd
	input   io.WriteCloser
}

func (c *converters) convert(careless bool) error {
	command := exec.Command("cat")
	command.Stdout = new(bytes.Buffer)
	input, err := command.StdinPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil { // leak: without Wait, and with its input open
		return err
	}
	if _, err := input.Write([]byte("picture")); err != nil {
		return err
	}
	if careless {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.running = append(c.running, &converter{command, input})
		return nil
	}
	if err := input.Close(); err != nil {
		return err
	}
	return command.Wait()
}

func render(to *io.PipeWriter) {
	for i := 0; i < 4; i++ {
		if _, err := to.Write([]byte("picture ")); err != nil { // leak: the reader has stopped, and has not closed
			return
		}
	}
	to.Close()
}

func preview(careless bool) error {
	from, to := io.Pipe()
	go render(to)
	var head [8]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return err
	}
	if careless {
		return nil
	}
	return from.Close()
}
