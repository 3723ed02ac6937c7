package main

import (
	"database/sql"

	"gorm.io/driver/sqlserver"
	"gorm.io/gorm"
)

// Left out for GORM releases that the newest SQL Server driver does not build with.
func init() {
	dialectors["tsql"] = func(pool *sql.DB) gorm.Dialector { return sqlserver.New(sqlserver.Config{Conn: pool}) }
}
