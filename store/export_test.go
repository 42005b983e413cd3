package store

import (
	"database/sql"
	"fmt"
)

// SQL gives tests the connection that writes, to look at rows and to break things.
func (db *DB) SQL() *sql.DB { return db.writer }

// Readers gives tests the connections that read.
func (db *DB) Readers() *sql.DB { return db.readers }

// What tests look at or stand in the way of.
var (
	RecentResultsQuery = fmt.Sprintf(recentResults, 2) // of one probe
	Migrating          = int64(migrating)
	VersionTable       = versionTable
	MigrationFiles     = migrations
)
