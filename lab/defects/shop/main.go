// Command shop is many small services in one: each serves one defect of a web shop, or its mended twin, or something healthy that
// only looks as if it leaked. A request to /run makes one call.
package main

import (
	_ "example.com/shop/accounts"
	_ "example.com/shop/mail"
	_ "example.com/shop/media"
	_ "example.com/shop/orders"
	_ "example.com/shop/pricing"
	"example.com/shop/scenario"
	_ "example.com/shop/search"
	_ "example.com/shop/steady"
	_ "example.com/shop/stock"
)

func main() { scenario.Main() }
