"""The desk's tables, made at start."""

import sqlite3

SCHEMA = """
CREATE TABLE IF NOT EXISTS members (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS loans (id INTEGER PRIMARY KEY, member_id INTEGER REFERENCES members (id), title TEXT);
CREATE INDEX IF NOT EXISTS members_mail ON members (email);
"""


def open_store(path):
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    try:
        connection.execute("ALTER TABLE loans ADD COLUMN due TEXT")
    except sqlite3.OperationalError:
        pass  # it is there already
    return connection


def loans_due(connection, day):
    return connection.execute("SELECT title FROM loans WHERE due < ?", (day,)).fetchall()
