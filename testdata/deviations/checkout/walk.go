package main

func walk(depth int) {
	if depth > 0 {
		walk(depth - 1)
		select {}
	}
}

func main() { walk(3) }
