package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

type stockClient struct {
	base   string
	client *http.Client
	leak   bool
}

func newStockClient(base string, leak bool) *stockClient {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return &stockClient{base: base, client: &http.Client{Transport: transport}, leak: leak}
}

// isAvailable needs only the status line: 200 is in stock, 410 is sold out.
func (s *stockClient) isAvailable(number string) (bool, error) {
	response, err := s.client.Get(s.itemURL(number)) // leak: the body is never closed, so the connection is never given back
	if err != nil {
		return false, err
	}
	if !s.leak {
		defer drain(response.Body)
	}

	switch response.StatusCode {
	case http.StatusOK:
		return isFresh(response.Header.Get("Last-Modified")), nil
	case http.StatusGone:
		return false, nil
	default:
		return false, fmt.Errorf("warehouse answered %s", response.Status)
	}
}

func (s *stockClient) itemURL(number string) string {
	return s.base + "/items/" + url.PathEscape(number) + "?" + url.Values{"site": {"north"}}.Encode()
}

// drain lets the connection be used again: the transport keeps it only when the body was read to its end.
func drain(body io.ReadCloser) {
	io.Copy(io.Discard, io.LimitReader(body, 64<<10))
	body.Close()
}

// isFresh distrusts a count that is older than a day.
func isFresh(lastModified string) bool {
	counted, err := http.ParseTime(lastModified)
	return err == nil && time.Since(counted) < 24*time.Hour
}
