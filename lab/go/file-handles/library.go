package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

const linesPerPage = 20

type page struct {
	Title  string   `json:"title"`
	Lines  []string `json:"lines"`
	Cursor string   `json:"cursor,omitempty"`
}

// cursor is a reader's place in a document. The leaking library keeps the open file in it, the mended one only the offset.
type cursor struct {
	title  string
	file   *os.File
	lines  *bufio.Reader
	offset int64
}

type library struct {
	folder string
	leak   bool

	mutex   sync.Mutex
	cursors map[string]*cursor
	issued  int
}

func newLibrary(folder string, leak bool) *library {
	return &library{folder: folder, leak: leak, cursors: map[string]*cursor{}}
}

// stock writes the documents that the service serves.
func (l *library) stock() error {
	for _, title := range []string{"almanac", "bylaws", "catalogue"} {
		var text strings.Builder
		for line := 1; line <= 400; line++ {
			fmt.Fprintf(&text, "%s, line %d: and so it goes on, one line after the other\n", title, line)
		}
		if err := os.WriteFile(l.path(title), []byte(text.String()), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (l *library) path(title string) string {
	return filepath.Join(l.folder, filepath.Base(title)+".txt")
}

func (l *library) titles() ([]string, error) {
	entries, err := os.ReadDir(l.folder)
	if err != nil {
		return nil, err
	}
	var titles []string
	for _, entry := range entries {
		titles = append(titles, strings.TrimSuffix(entry.Name(), ".txt"))
	}
	return titles, nil
}

// open starts to read a document, and answers its first page.
func (l *library) open(title string) (*page, error) {
	c := &cursor{title: title}
	if l.leak {
		file, err := os.Open(l.path(title)) // leak: closed on the last page only
		if err != nil {
			return nil, err
		}
		c.file, c.lines = file, bufio.NewReader(file) // leak: and with the file stays what was read ahead
	}
	return l.turn(c)
}

// next answers the page after the one that the cursor was given out with. A cursor is good for one page.
func (l *library) next(id string) (*page, error) {
	l.mutex.Lock()
	c, ok := l.cursors[id]
	delete(l.cursors, id)
	l.mutex.Unlock()
	if !ok {
		return nil, fs.ErrNotExist
	}
	return l.turn(c)
}

func (l *library) turn(c *cursor) (*page, error) {
	lines, last, err := l.readPage(c)
	if err != nil {
		return nil, err
	}
	p := &page{Title: c.title, Lines: lines}
	if !last {
		p.Cursor = l.keep(c)
	}
	return p, nil
}

func (l *library) readPage(c *cursor) (lines []string, last bool, err error) {
	if c.lines == nil {
		return l.readPageAt(c)
	}
	lines, _, last, err = scanPage(c.lines)
	if last {
		c.file.Close()
	}
	return lines, last, err
}

func (l *library) readPageAt(c *cursor) (lines []string, last bool, err error) {
	file, err := os.Open(l.path(c.title))
	if err != nil {
		return nil, false, err
	}
	defer file.Close()
	if _, err := file.Seek(c.offset, io.SeekStart); err != nil {
		return nil, false, err
	}
	lines, read, last, err := scanPage(bufio.NewReader(file))
	c.offset += read
	return lines, last, err
}

func scanPage(from *bufio.Reader) (lines []string, read int64, last bool, err error) {
	for len(lines) < linesPerPage {
		line, err := from.ReadString('\n')
		if err == io.EOF {
			return lines, read, true, nil
		}
		if err != nil {
			return nil, read, false, err
		}
		read += int64(len(line))
		lines = append(lines, strings.TrimSuffix(line, "\n"))
	}
	return lines, read, false, nil
}

// keep remembers the cursor under a new name. A mended library forgets the oldest ones: an offset is all they cost, but
// readers come for ever.
func (l *library) keep(c *cursor) string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.issued++
	id := strconv.Itoa(l.issued)
	l.cursors[id] = c
	if !l.leak {
		delete(l.cursors, strconv.Itoa(l.issued-1000))
	}
	return id
}
