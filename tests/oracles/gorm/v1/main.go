// Runs real GORM v1 (github.com/jinzhu/gorm) over every fixture against a database driver that remembers the tables that
// were made and takes every statement, and prints the statements it was sent. The library keeps what it learns of a struct
// in one dialect, so that every dialect has a run of its own: its name is the argument.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/jinzhu/gorm"
	_ "github.com/jinzhu/gorm/dialects/mssql"

	"oracle/fixtures/basics"
	"oracle/fixtures/changes"
	"oracle/fixtures/embedding"
	"oracle/fixtures/indexes"
	"oracle/fixtures/joins"
	"oracle/fixtures/kinds"
	"oracle/fixtures/naming"
)

var fixtures = map[string]func(*gorm.DB){
	"basics": basics.Migrate, "changes": changes.Migrate, "embedding": embedding.Migrate, "indexes": indexes.Migrate,
	"joins": joins.Migrate, "kinds": kinds.Migrate, "naming": naming.Migrate,
}

var (
	sent    []string
	made    map[string]bool
	other   = regexp.MustCompile("(?i)index|constraint|foreign|column")
	created = regexp.MustCompile("^CREATE TABLE [\"`\\[]([^\"`\\]]+)")
)

type recorder struct{}

func (recorder) Open(string) (driver.Conn, error)         { return recorder{}, nil }
func (recorder) Prepare(string) (driver.Stmt, error)      { return nil, driver.ErrSkip }
func (recorder) Close() error                             { return nil }
func (recorder) Begin() (driver.Tx, error)                { return recorder{}, nil }
func (recorder) Commit() error                            { return nil }
func (recorder) Rollback() error                          { return nil }
func (recorder) CheckNamedValue(*driver.NamedValue) error { return nil }
func (recorder) ExecContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Result, error) {
	if found := created.FindStringSubmatch(query); found != nil {
		made[found[1]] = true
	}
	sent = append(sent, strings.TrimSpace(query))
	return driver.RowsAffected(0), nil
}

// A question about a table that was made is answered with yes, any other with no.
func (recorder) QueryContext(_ context.Context, query string, given []driver.NamedValue) (driver.Rows, error) {
	there := false
	for _, each := range given {
		name, _ := each.Value.(string)
		there = there || (made[name] && !other.MatchString(query))
	}
	return &answer{yes: there, none: strings.HasPrefix(query, "SHOW") && !there}, nil
}

type answer struct{ yes, none bool }

func (*answer) Columns() []string { return []string{"count"} }
func (*answer) Close() error      { return nil }
func (a *answer) Next(row []driver.Value) error {
	if a.none {
		return io.EOF
	}
	a.none, row[0] = true, int64(0)
	if a.yes {
		row[0] = int64(1)
	}
	return nil
}

func main() {
	sql.Register("recorder", recorder{})
	dialect, out := os.Args[1], map[string][]string{}
	for name, migrate := range fixtures {
		pool, _ := sql.Open("recorder", "")
		db, err := gorm.Open(dialect, pool)
		if err != nil {
			fmt.Fprintln(os.Stderr, name, dialect, err)
			os.Exit(1)
		}
		db.LogMode(false)
		sent, made = []string{}, map[string]bool{}
		migrate(db)
		out[name] = sent
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	encoder.Encode(out)
}
