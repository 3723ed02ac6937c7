// Puts every statement of statements.sql to go-mysql-server, each to a database of its own that holds one table, and
// prints what it answered as JSON. Run by renew.py.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	sqle "github.com/dolthub/go-mysql-server"
	"github.com/dolthub/go-mysql-server/memory"
	"github.com/dolthub/go-mysql-server/sql"
)

var setup = []string{
	"CREATE TABLE p (id int PRIMARY KEY, a int, b varchar(20), c text)",
	"CREATE INDEX i ON p (a)",
	"ALTER TABLE p ADD CONSTRAINT ck CHECK (a > 0)",
}

type answer struct {
	Sql   string  `json:"sql"`
	Error *string `json:"error"`
}

func statements(text string) []string {
	var found []string
	for _, line := range strings.Split(text, "\n") {
		if line != "" && !strings.HasPrefix(line, "--") {
			found = append(found, strings.TrimSuffix(line, ";"))
		}
	}
	return found
}

func run(engine *sqle.Engine, ctx *sql.Context, query string) (err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			err = fmt.Errorf("panic: %v", trouble)
		}
	}()
	_, rows, _, err := engine.Query(ctx, query)
	if err == nil {
		_, err = sql.RowIterToRows(ctx, rows)
	}
	return err
}

func main() {
	text, err := os.ReadFile("statements.sql")
	if err != nil {
		panic(err)
	}
	answers := []answer{}
	for _, statement := range statements(string(text)) {
		provider := memory.NewDBProvider(memory.NewDatabase("judge"))
		engine := sqle.NewDefault(provider)
		session := memory.NewSession(sql.NewBaseSession(), provider)
		ctx := sql.NewContext(context.Background(), sql.WithSession(session))
		ctx.SetCurrentDatabase("judge")
		for _, one := range setup {
			if err := run(engine, ctx, one); err != nil {
				panic(err)
			}
		}
		said := answer{Sql: statement}
		if err := run(engine, ctx, statement); err != nil {
			words := err.Error()
			said.Error = &words
		}
		answers = append(answers, said)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if err := out.Encode(answers); err != nil {
		panic(err)
	}
}
