package store

import "database/sql"

// SQL gives tests the connection that writes, to look at rows and to break things.
func (db *DB) SQL() *sql.DB { return db.writer }

// Readers gives tests the connections that read.
func (db *DB) Readers() *sql.DB { return db.readers }

// What tests look at or stand in the way of.
var (
	RecentResultsQuery = recentResults[len(recentResults)-1] // of one probe
	Migrating          = int64(migrating)
	VersionTable       = versionTable
	MigrationFiles     = migrations
)

// MostPrepared is how many statements a connection to SQLite keeps prepared at most.
const MostPrepared = mostPrepared

// Prepared returns how many statements a connection to SQLite keeps prepared.
func Prepared(conn any) int {
	p := conn.(*prepared)
	if len(p.idle) != p.recent.Len() {
		return -1
	}
	return p.recent.Len()
}

// Together makes one argument of all.
func Together(list ...any) any { return together(list) }
