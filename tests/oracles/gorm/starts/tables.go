package main

import (
	"fmt"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// tables gives the statements that make what the database holds.
func tables(db *gorm.DB, dialect string) []string {
	db = db.Session(&gorm.Session{NewDB: true, Logger: logger.Discard})
	switch dialect {
	case "mariadb":
		return ofMariaDB(db)
	case "postgres":
		return ofPostgres(db)
	}
	return strings1(db, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name")
}

func strings1(db *gorm.DB, query string, values ...interface{}) []string {
	rows, err := db.Raw(query, values...).Rows()
	must(err)
	defer rows.Close()
	found := []string{}
	for rows.Next() {
		var text string
		must(rows.Scan(&text))
		found = append(found, text)
	}
	return found
}

func ofMariaDB(db *gorm.DB) []string {
	found := []string{}
	for _, name := range strings1(db, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1") {
		var table, made string
		must(db.Raw("SHOW CREATE TABLE `"+name+"`").Row().Scan(&table, &made))
		found = append(found, made)
	}
	return found
}

const columnsOf = `SELECT quote_ident(attname) || ' ' || CASE
  WHEN pg_get_expr(adbin, adrelid) LIKE 'nextval(%' AND atttypid = 'int8'::regtype THEN 'bigserial'
  WHEN pg_get_expr(adbin, adrelid) LIKE 'nextval(%' AND atttypid = 'int4'::regtype THEN 'serial'
  WHEN pg_get_expr(adbin, adrelid) LIKE 'nextval(%' THEN 'smallserial'
  ELSE format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '') END
FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`

const constraintsOf = `SELECT 'CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ?::regclass AND contype IN ('p', 'u', 'c', 'f') ORDER BY conname`

const indexesOf = `SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = ?::regclass
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u')) ORDER BY 1`

func ofPostgres(db *gorm.DB) []string {
	found := []string{}
	for _, name := range strings1(db, "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1") {
		parts := append(strings1(db, columnsOf, name), strings1(db, constraintsOf, name)...)
		found = append(found, fmt.Sprintf("CREATE TABLE %s (%s)", name, strings.Join(parts, ", ")))
		found = append(found, strings1(db, indexesOf, name)...)
	}
	return found
}
