// Runs real GORM over every fixture against a database driver that has no tables and takes every statement, and prints
// the statements it was sent.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/glebarez/sqlite"
	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"oracle/fixtures/cycle"
	"oracle/fixtures/defaults"
	"oracle/fixtures/defined"
	"oracle/fixtures/embedding"
	"oracle/fixtures/guide"
	"oracle/fixtures/indexes"
	"oracle/fixtures/indexing"
	"oracle/fixtures/joining"
	"oracle/fixtures/joins"
	"oracle/fixtures/keys"
	"oracle/fixtures/lists"
	"oracle/fixtures/naming"
	"oracle/fixtures/order"
	"oracle/fixtures/owning"
	"oracle/fixtures/polymorphic"
	"oracle/fixtures/relations"
	"oracle/fixtures/replaced"
	"oracle/fixtures/several"
	"oracle/fixtures/shapes"
	"oracle/fixtures/slips"
	"oracle/fixtures/special"
	"oracle/fixtures/tags"
	"oracle/fixtures/tenants"
	"oracle/fixtures/types"
	"oracle/fixtures/verbatim"
)

var fixtures = map[string]func(*gorm.DB) error{
	"cycle": cycle.Migrate, "defaults": defaults.Migrate, "embedding": embedding.Migrate, "indexes": indexes.Migrate,
	"joins": joins.Migrate, "keys": keys.Migrate, "lists": lists.Migrate, "naming": naming.Migrate, "order": order.Migrate,
	"polymorphic": polymorphic.Migrate, "relations": relations.Migrate, "tags": tags.Migrate, "types": types.Migrate,
	"guide": guide.Migrate, "indexing": indexing.Migrate, "joining": joining.Migrate, "owning": owning.Migrate,
	"several": several.Migrate, "shapes": shapes.Migrate, "slips": slips.Migrate, "tenants": tenants.Migrate,
	"defined": defined.Migrate, "replaced": replaced.Migrate, "special": special.Migrate, "verbatim": verbatim.Migrate,
}

var configs = map[string]gorm.Config{"replaced": replaced.Config, "verbatim": verbatim.Config}

var dialectors = map[string]func(*sql.DB) gorm.Dialector{
	"mysql": func(pool *sql.DB) gorm.Dialector {
		return mysql.New(mysql.Config{Conn: pool, SkipInitializeWithVersion: true})
	},
	"postgres": func(pool *sql.DB) gorm.Dialector { return postgres.New(postgres.Config{Conn: pool}) },
	"sqlite":   func(pool *sql.DB) gorm.Dialector { return sqlite.Dialector{Conn: pool} },
}

var sent []string

type recorder struct{}

func (recorder) Open(string) (driver.Conn, error)         { return recorder{}, nil }
func (recorder) Prepare(string) (driver.Stmt, error)      { return nil, driver.ErrSkip }
func (recorder) Close() error                             { return nil }
func (recorder) Begin() (driver.Tx, error)                { return recorder{}, nil }
func (recorder) Commit() error                            { return nil }
func (recorder) Rollback() error                          { return nil }
func (recorder) CheckNamedValue(*driver.NamedValue) error { return nil }
func (recorder) ExecContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Result, error) {
	sent = append(sent, query)
	return driver.RowsAffected(0), nil
}

func (recorder) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	return &nothing{}, nil
}

// nothing is one row with a zero: no table is there.
type nothing struct{ done bool }

func (*nothing) Columns() []string { return []string{"count"} }
func (*nothing) Close() error      { return nil }
func (n *nothing) Next(row []driver.Value) error {
	if n.done {
		return io.EOF
	}
	n.done, row[0] = true, int64(0)
	return nil
}

func main() {
	sql.Register("recorder", recorder{})
	out := map[string]map[string][]string{}
	for name, migrate := range fixtures {
		out[name] = map[string][]string{}
		for dialect, dialector := range dialectors {
			pool, _ := sql.Open("recorder", "")
			config := configs[name]
			config.Logger = logger.Discard
			db, err := gorm.Open(dialector(pool), &config)
			if err != nil {
				fmt.Fprintln(os.Stderr, name, dialect, err)
				os.Exit(1)
			}
			sent = []string{}
			if err := migrate(db); err != nil {
				fmt.Fprintln(os.Stderr, name, dialect, err)
				os.Exit(1)
			}
			out[name][dialect] = sent
		}
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	encoder.Encode(out)
}
