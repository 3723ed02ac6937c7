//! The SQLite store.

use rusqlite::{params, Connection, Result};
use serde_json::{json, Value};

const SCHEMA: &str = include_str!("../schema/schema.sql");

pub struct Database {
    connection: Connection,
}

impl Database {
    pub fn open(path: &str) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Self { connection })
    }

    /// Creates what is missing. Statements that exist already are left alone.
    pub fn migrate(&self) -> Result<()> {
        self.connection.execute_batch(SCHEMA)
    }

    pub fn tickets(&self, status: &str) -> Result<Vec<Value>> {
        let mut query = self.connection.prepare(
            "SELECT t.id, t.subject, t.status, t.priority, c.email
             FROM tickets t JOIN customers c ON c.id = t.customer_id
             WHERE t.status = ?1 ORDER BY t.priority, t.created_at",
        )?;
        let rows = query.query_map(params![status], |row| {
            Ok(json!({
                "id": row.get::<_, i64>(0)?,
                "subject": row.get::<_, String>(1)?,
                "status": row.get::<_, String>(2)?,
                "priority": row.get::<_, i64>(3)?,
                "customer": row.get::<_, String>(4)?,
            }))
        })?;
        rows.collect()
    }

    pub fn open_ticket(&self, email: &str, subject: &str, body: &str) -> Result<i64> {
        self.connection.execute(
            "INSERT INTO customers (email) VALUES (?1) ON CONFLICT (email) DO NOTHING",
            params![email],
        )?;
        self.connection.execute(
            "INSERT INTO tickets (customer_id, subject) SELECT id, ?2 FROM customers WHERE email = ?1",
            params![email, subject],
        )?;
        let ticket = self.connection.last_insert_rowid();
        self.connection.execute(
            "INSERT INTO messages (ticket_id, author, body) VALUES (?1, ?2, ?3)",
            params![ticket, email, body],
        )?;
        Ok(ticket)
    }
}
