package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// warehouse is held for as long as this process lives: collected, it would close the pipe that keeps the child alive.
var warehouse *exec.Cmd

// startWarehouse runs this program a second time as the warehouse: the far end of the connections belongs to another process,
// as it does in production. The child ends with its standard input, so it cannot outlive this process.
func startWarehouse() (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	warehouse = exec.Command(program, "--as-warehouse")
	warehouse.Stderr = os.Stderr
	if _, err := warehouse.StdinPipe(); err != nil {
		return "", err
	}
	out, err := warehouse.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := warehouse.Start(); err != nil {
		return "", err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("the warehouse did not start: %w", err)
	}
	return "http://" + strings.TrimSpace(address), nil
}

func serveWarehouse() error {
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return http.Serve(listener, http.HandlerFunc(describeItem))
}

func describeItem(w http.ResponseWriter, r *http.Request) {
	number := strings.TrimPrefix(r.URL.Path, "/items/")
	w.Header().Set("Last-Modified", time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat))
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	for shelf := 1; shelf <= 40; shelf++ {
		if _, err := fmt.Fprintf(w, "%s shelf %02d count %d\n", number, shelf, shelf*3%7); err != nil {
			log.Printf("warehouse: %v", err)
			return
		}
	}
}
