package main

import (
	"database/sql"
	"os"

	_ "github.com/lib/pq" // the driver

	"example.com/shop/scenario"
)

func init() {
	scenario.Register(scenario.Scenario{
		Name:      "db-rows-open",
		Story:     "The first of the rows is all that is wanted, and the rest stay open, with their connection.",
		Functions: []string{"main.(*store).cheapest"},
		Resource:  "goroutine", Cause: []string{"database-rows"}, Rate: 6,
		Open: func() (scenario.Call, error) {
			s, err := openStore()
			if err != nil {
				return nil, err
			}
			return s.cheapest, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "db-transaction-open",
		Story:     "An order that turns out to be empty leaves its transaction neither committed nor rolled back.",
		Functions: []string{"main.(*store).place"},
		Resource:  "goroutine", Cause: []string{"database-rows"}, Rate: 6,
		Open: func() (scenario.Call, error) {
			s, err := openStore()
			if err != nil {
				return nil, err
			}
			return s.place, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:      "db-opened-each-time",
		Story:     "Every request opens the database anew, which is a pool and not a connection, and keeps it.",
		Functions: []string{"main.reportOnce"},
		Resource:  "goroutine", Cause: []string{"database-pool"}, Rate: 6,
		Open: func() (scenario.Call, error) { return reportOnce, nil },
	})
	scenario.Register(scenario.Scenario{
		Name:      "db-statement-open",
		Story:     "A statement is prepared for every query, and stays prepared.",
		Functions: []string{"main.(*store).priceOf"},
		Resource:  "heap", Cause: []string{"database-rows"}, Rate: 150,
		Open: func() (scenario.Call, error) {
			s, err := openStore()
			if err != nil {
				return nil, err
			}
			s.db.SetMaxOpenConns(2)
			return s.priceOf, nil
		},
	})
	scenario.Register(scenario.Scenario{
		Name:  "db-pool-fills",
		Story: "Queries overlap, so the pool opens connections up to its limit and keeps them.",
		Rate:  40,
		Open: func() (scenario.Call, error) {
			s, err := openStore()
			if err != nil {
				return nil, err
			}
			s.db.SetMaxOpenConns(12)
			s.db.SetMaxIdleConns(12)
			return s.slowly, nil
		},
	})
}

// dataSource is where the database is.
func dataSource() string { return os.Getenv("SHOP_DATABASE") }

type store struct{ db *sql.DB }

func openStore() (*store, error) {
	db, err := sql.Open("postgres", dataSource())
	if err != nil {
		return nil, err
	}
	return &store{db: db}, db.Ping()
}

func (s *store) cheapest(careless bool) error {
	rows, err := s.db.Query("SELECT i, i * 10 FROM generate_series(1, 5000) AS i") // leak: the rows are not closed
	if err != nil {
		return err
	}
	if !careless {
		defer rows.Close()
	}
	rows.Next()
	var product, cents int
	return rows.Scan(&product, &cents)
}

func (s *store) place(careless bool) error {
	tx, err := s.db.Begin() // leak: neither committed nor rolled back
	if err != nil {
		return err
	}
	if !careless {
		defer tx.Rollback() //nolint // after Commit it does nothing
	}
	var items int
	if err := tx.QueryRow("SELECT 0").Scan(&items); err != nil {
		return err
	}
	if items == 0 {
		return nil
	}
	return tx.Commit()
}

func reportOnce(careless bool) error {
	db, err := sql.Open("postgres", dataSource()) // leak: a pool of its own for each report
	if err != nil {
		return err
	}
	if !careless {
		defer db.Close()
	}
	var orders int
	return db.QueryRow("SELECT 17").Scan(&orders)
}

func (s *store) priceOf(careless bool) error {
	statement, err := s.db.Prepare("SELECT $1::int * 10") // leak: not closed
	if err != nil {
		return err
	}
	if !careless {
		defer statement.Close()
	}
	var cents int
	return statement.QueryRow(49).Scan(&cents)
}

func (s *store) slowly(bool) error {
	var nothing string
	return s.db.QueryRow("SELECT pg_sleep(0.1)::text").Scan(&nothing)
}
