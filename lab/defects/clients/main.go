// Command clients is the shop's other half: services that talk to a database, to other services and to the system through libraries that
// Debian packages. It is built without modules, with the libraries' folder in GOPATH; see lab/README.md.
package main

import "example.com/shop/scenario"

func main() { scenario.Main() }
