package search

import (
	"fmt"
	"html/template"
	"io"
	"regexp"
	"sync"
	"sync/atomic"

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "search-patterns-cached",
		Story:     "Compiled patterns are cached by what customers type, and all of it is different.",
		Functions: scenario.In("search", "(*patterns).match"),
		Resource:  "heap", Cause: []string{"compiled-pattern", "memory"}, Rate: 60,
		Open: func() (scenario.Call, error) {
			p := &patterns{compiled: map[string]*regexp.Regexp{}}
			var typed atomic.Int64
			return func(careless bool) error {
				n := int64(0)
				if careless {
					n = typed.Add(1)
				}
				for i := 0; i < 4; i++ {
					p.match(fmt.Sprintf(`(?i)^kettle %d.%d( [a-z]+)*$`, n, i), "kettle 7 red")
				}
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "search-templates-kept",
		Story:     "A result page is parsed for every request, and kept under a name of its own.",
		Functions: scenario.In("search", "(*pages).render"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 40,
		Open: func() (scenario.Call, error) {
			p := &pages{parsed: map[string]*template.Template{}}
			var requests atomic.Int64
			return func(careless bool) error {
				n := int64(0)
				if careless {
					n = requests.Add(1)
				}
				for i := 0; i < 6; i++ {
					if err := p.render(fmt.Sprintf("results-%d-%d", n, i)); err != nil {
						return err
					}
				}
				return nil
			}, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "search-index-not-pruned",
		Story:     "Products leave the shop, and their numbers stay in the index: a map of lists that only gets longer.",
		Functions: scenario.In("search", "(*Index[...]).Add"),
		Near:      scenario.In("search", "tokenize"),
		Resource:  "heap", Cause: []string{"memory"}, Rate: 150,
		Open: func() (scenario.Call, error) {
			index := &Index[int64]{postings: map[string][]int64{}}
			var products atomic.Int64
			return func(careless bool) error {
				product := products.Add(1)
				words := tokenize(product)
				index.Add(product, words)
				if !careless {
					index.Remove(words)
				}
				return nil
			}, nil
		},
	})
}

type patterns struct {
	mu       sync.Mutex
	compiled map[string]*regexp.Regexp
}

func (p *patterns) match(pattern, text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.compiled[pattern]; ok {
		return known.MatchString(text)
	}
	compiled := regexp.MustCompile(pattern) // leak: kept for a pattern that nobody types again
	p.compiled[pattern] = compiled
	return compiled.MatchString(text)
}

type pages struct {
	mu     sync.Mutex
	parsed map[string]*template.Template
}

func (p *pages) render(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	page, ok := p.parsed[name]
	if !ok {
		page = template.Must(template.New(name).Parse(`<ul>{{range .}}<li class="result">{{.}}</li>{{end}}</ul>`)) // leak: kept under a new name each time
		p.parsed[name] = page
	}
	return page.Execute(io.Discard, []string{"kettle", "cup"})
}

// Index finds what a word stands in.
type Index[K comparable] struct {
	mu       sync.Mutex
	postings map[string][]K
}

// Add files a key under words.
func (x *Index[K]) Add(key K, words []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, word := range words {
		x.postings[word] = append(x.postings[word], key) // leak: not removed with the product
	}
}

// Remove forgets words.
func (x *Index[K]) Remove(words []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, word := range words {
		delete(x.postings, word)
	}
}

func tokenize(product int64) []string {
	words := make([]string, 64)
	for i := range words {
		words[i] = fmt.Sprintf("word-%d-%d", product, i)
	}
	return words
}
