// Runs real AutoMigrate over tables that are there already, against real servers, several starts each, and writes what it
// sent, what it answered and which tables there are afterwards.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Case is one entry of the files of cases: what is there before, by dialect, and what the program does at start.
type Case struct {
	Name    string
	Before  map[string]string
	Migrate func(*gorm.DB) error
}

// Start is one start of the program. Tables is left out where they are as before it.
type Start struct {
	Sent   []string `json:"sent"`
	Error  string   `json:"error"`
	Tables []string `json:"tables,omitempty"`
}

const starts = 3

type recorder struct{ sent []string }

func (r *recorder) LogMode(logger.LogLevel) logger.Interface    { return r }
func (*recorder) Info(context.Context, string, ...interface{})  {}
func (*recorder) Warn(context.Context, string, ...interface{})  {}
func (*recorder) Error(context.Context, string, ...interface{}) {}
func (r *recorder) Trace(_ context.Context, _ time.Time, said func() (string, int64), _ error) {
	sql, _ := said()
	if head := strings.ToUpper(strings.TrimSpace(sql)); head != "" && !strings.HasPrefix(head, "SELECT") && !strings.HasPrefix(head, "PRAGMA") {
		r.sent = append(r.sent, sql)
	}
}

func open(dialect, where string, log logger.Interface) *gorm.DB {
	var dialector gorm.Dialector
	switch dialect {
	case "mariadb":
		dialector = mysql.Open(where)
	case "postgres":
		dialector = postgres.Open(where)
	case "sqlite":
		dialector = sqlite.Open(where)
	}
	db, err := gorm.Open(dialector, &gorm.Config{Logger: log})
	must(err)
	return db
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func shut(db *gorm.DB) {
	if pool, err := db.DB(); err == nil {
		pool.Close()
	}
}

// fresh empties the database.
func fresh(dialect string, mariadb, pg, folder string) string {
	switch dialect {
	case "mariadb":
		db := open(dialect, "root@unix("+mariadb+")/", logger.Discard)
		defer shut(db)
		must(db.Exec("DROP DATABASE IF EXISTS starts").Error)
		must(db.Exec("CREATE DATABASE starts CHARACTER SET utf8mb4").Error)
		return "root@unix(" + mariadb + ")/starts?parseTime=true"
	case "postgres":
		db := open(dialect, pg, logger.Discard)
		defer shut(db)
		must(db.Exec("DROP SCHEMA public CASCADE").Error)
		must(db.Exec("CREATE SCHEMA public").Error)
		return pg
	}
	path := filepath.Join(folder, "starts.db")
	os.Remove(path)
	return path
}

func run(c Case, dialect, mariadb, pg, folder string) (found []Start) {
	where := fresh(dialect, mariadb, pg, folder)
	db := open(dialect, where, logger.Discard)
	for _, statement := range strings.Split(c.Before[dialect], ";\n") {
		if strings.TrimSpace(statement) != "" {
			if err := db.Exec(statement).Error; err != nil {
				panic(fmt.Sprint(c.Name, " ", dialect, ": ", err))
			}
		}
	}
	before := tables(db, dialect)
	shut(db)
	for start := 0; start < starts; start++ {
		log := &recorder{sent: []string{}}
		db := open(dialect, where, log)
		log.sent = log.sent[:0]
		failed := ""
		func() {
			defer func() {
				if caught := recover(); caught != nil {
					failed = fmt.Sprint("panic: ", caught)
				}
			}()
			if err := c.Migrate(db); err != nil {
				failed = err.Error()
			}
		}()
		sent := append([]string{}, log.sent...)
		after := tables(db, dialect)
		one := Start{Sent: sent, Error: failed}
		if strings.Join(after, "\n") != strings.Join(before, "\n") {
			one.Tables, before = after, after
		}
		found = append(found, one)
		shut(db)
	}
	return found
}

func main() {
	mariadb, pg, folder := os.Args[1], os.Args[2], os.Args[3]
	out := map[string]map[string][]Start{}
	for _, c := range cases {
		out[c.Name] = map[string][]Start{}
		for dialect := range c.Before {
			out[c.Name][dialect] = run(c, dialect, mariadb, pg, folder)
		}
	}
	file, err := os.Create(os.Args[4]) // GORM says things on standard output
	must(err)
	defer file.Close()
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	encoder.Encode(out)
}
