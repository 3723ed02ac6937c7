"""Writes the loans of a month to a file of their own."""

import sqlite3


def export(rows, path, table):
    out = sqlite3.connect(path)
    out.execute("DROP TABLE IF EXISTS loans")
    out.execute("CREATE TABLE loans (title TEXT, due TEXT)")
    out.execute(f"CREATE TABLE {table} (day TEXT)")
    out.executemany("INSERT INTO loans VALUES (?, ?)", rows)
    out.commit()
