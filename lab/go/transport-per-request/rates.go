package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// bankTimeout is generous: the bank's gateway hangs now and then.
const bankTimeout = 5 * time.Second

var currencies = []string{"EUR", "CHF", "SEK", "NOK", "PLN"}

func isCurrency(code string) bool {
	for _, c := range currencies {
		if c == code {
			return true
		}
	}
	return false
}

type rateSource struct {
	base   string
	shared *http.Client
	leak   bool
}

func newRateSource(base string, leak bool) *rateSource {
	return &rateSource{base: base, shared: newBankClient(), leak: leak}
}

func newBankClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return &http.Client{Transport: transport, Timeout: bankTimeout}
}

func (s *rateSource) rate(from, to string) (float64, error) {
	client := s.shared
	if s.leak {
		client = &http.Client{
			Transport: http.DefaultTransport.(*http.Transport).Clone(), // leak: its idle connection outlives the request
			Timeout:   bankTimeout,
		}
	}

	response, err := client.Get(s.base + "/rates?" + url.Values{"from": {from}, "to": {to}}.Encode())
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("bank answered %s", response.Status)
	}
	return decodeRate(response)
}

func decodeRate(response *http.Response) (float64, error) {
	var answer struct {
		Rate float64 `json:"rate"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return 0, fmt.Errorf("bank's answer: %w", err)
	}
	return answer.Rate, nil
}
