package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
)

// bank is held for as long as this process lives: collected, it would close the pipe that keeps the child alive.
var bank *exec.Cmd

// startBank runs this program a second time as the bank: the far end of the connections belongs to another process,
// as it does in production. The child ends with its standard input, so it cannot outlive this process.
func startBank() (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	bank = exec.Command(program, "--as-bank")
	bank.Stderr = os.Stderr
	if _, err := bank.StdinPipe(); err != nil {
		return "", err
	}
	out, err := bank.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := bank.Start(); err != nil {
		return "", err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("the bank did not start: %w", err)
	}
	return "http://" + strings.TrimSpace(address), nil
}

func serveBank() error {
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return http.Serve(listener, http.HandlerFunc(quoteRate))
}

func quoteRate(w http.ResponseWriter, r *http.Request) {
	worth := map[string]float64{"EUR": 1, "CHF": 0.94, "SEK": 11.3, "NOK": 11.8, "PLN": 4.3}
	query := r.URL.Query()
	w.Header().Set("Content-Type", "application/json")
	answer := map[string]float64{"rate": worth[query.Get("to")] / worth[query.Get("from")]}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		log.Printf("bank: %v", err)
	}
}
