// Command redis-per-request is a user profile service. It keeps profiles in Redis, and in its leaking form it opens a
// Redis client for every profile it loads.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"

	"github.com/gin-gonic/gin"
	"gopkg.in/redis.v5"
)

func main() {
	leak := flag.Bool("leak", false, "open a Redis client for every profile that is loaded")
	fixed := flag.Bool("fixed", false, "share one Redis client")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	redisAddr := flag.String("redis", "127.0.0.1:6379", "address of Redis")
	flag.Parse()
	if *leak == *fixed {
		log.Fatal("redis-per-request: say --leak or --fixed")
	}

	users, err := newUserStore(*redisAddr, *leak)
	if err != nil {
		log.Fatalf("redis-per-request: %v", err)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatalf("redis-per-request: %v", err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, newRouter(users)))
}

func newRouter(users *userStore) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	metrics := newMetrics()
	router := gin.New()
	router.Use(gin.Recovery(), metrics.count)

	router.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	router.GET("/metrics", metrics.serve)
	router.GET("/users", listUsers(users))
	router.GET("/users/:id", showUser(users))
	router.GET("/debug/pprof/*profile", gin.WrapH(http.DefaultServeMux))
	return router
}

func listUsers(users *userStore) gin.HandlerFunc {
	return func(c *gin.Context) {
		names, err := users.recent(20)
		if err != nil {
			fail(c, err)
			return
		}
		c.JSON(http.StatusOK, gin.H{"users": names})
	}
}

func showUser(users *userStore) gin.HandlerFunc {
	return func(c *gin.Context) {
		user, err := users.loadUser(c.Param("id"))
		if err != nil {
			fail(c, err)
			return
		}
		c.JSON(http.StatusOK, gin.H{"user": user, "greeting": user.greeting()})
	}
}

func fail(c *gin.Context, err error) {
	status := http.StatusBadGateway
	if err == redis.Nil {
		status = http.StatusNotFound
	}
	c.JSON(status, gin.H{"error": err.Error()})
}
