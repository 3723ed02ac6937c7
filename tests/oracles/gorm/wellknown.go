package main

import "oracle/fixtures/wellknown"

// Left out for GORM releases that gorm.io/datatypes no longer builds with.
func init() { fixtures["wellknown"] = wellknown.Migrate }
