package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gopkg.in/redis.v5"
)

const profileLifetime = 30 * time.Minute

type user struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	City     string    `json:"city"`
	Joined   time.Time `json:"joined"`
	Interest []string  `json:"interest"`
}

func (u *user) greeting() string {
	return fmt.Sprintf("Hello %s, how is %s today?", strings.Title(u.Name), u.City)
}

type userStore struct {
	shared  *redis.Client
	options redis.Options
	leak    bool
}

func newUserStore(redisAddr string, leak bool) (*userStore, error) {
	options := redis.Options{Addr: redisAddr, PoolSize: 100, DialTimeout: 2 * time.Second, ReadTimeout: 2 * time.Second}
	s := &userStore{shared: redis.NewClient(&options), options: options, leak: leak}
	if err := s.shared.Ping().Err(); err != nil {
		return nil, fmt.Errorf("redis at %s: %w", redisAddr, err)
	}
	return s, nil
}

// loadUser answers from Redis, and asks the directory when Redis does not know the user yet.
func (s *userStore) loadUser(id string) (*user, error) {
	client := s.shared
	if s.leak {
		options := s.options
		client = redis.NewClient(&options) // leak: nobody closes it, so its reaper, its pool and its connection stay
	}

	key := "user:" + id
	data, err := client.Get(key).Bytes()
	if err == redis.Nil {
		return s.fetchUser(client, key, id)
	}
	if err != nil {
		return nil, err
	}
	return decodeUser(data)
}

func (s *userStore) fetchUser(client *redis.Client, key, id string) (*user, error) {
	found := lookUp(id)
	data, err := json.Marshal(found)
	if err != nil {
		return nil, err
	}
	if err := client.Set(key, data, profileLifetime).Err(); err != nil {
		return nil, err
	}
	return found, s.remember(client, found)
}

func (s *userStore) remember(client *redis.Client, u *user) error {
	if err := client.LPush("users:recent", u.Name).Err(); err != nil {
		return err
	}
	return client.LTrim("users:recent", 0, 99).Err()
}

func (s *userStore) recent(n int64) ([]string, error) {
	return s.shared.LRange("users:recent", 0, n-1).Result()
}

func decodeUser(data []byte) (*user, error) {
	var u user
	if err := json.Unmarshal(data, &u); err != nil {
		return nil, fmt.Errorf("stored profile: %w", err)
	}
	return &u, nil
}

// lookUp stands for the company's directory: slow, and never wrong.
func lookUp(id string) *user {
	cities := []string{"Utrecht", "Lyon", "Porto", "Graz", "Tartu"}
	return &user{
		ID:       id,
		Name:     "user " + id,
		City:     cities[len(id)%len(cities)],
		Joined:   time.Date(2021, time.March, 4, 9, 30, 0, 0, time.UTC),
		Interest: []string{"cycling", "bread", "old maps"},
	}
}
