"""Writes goldens.json: the columns that a server has after dump.rb ran on it. README.md says how it is called."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

HERE = Path(__file__).parent

_POSTGRES = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
"""
_MYSQL = """
SELECT table_name, column_name, column_type, is_nullable = 'NO' FROM information_schema.columns
WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position
"""
_SQLITE = """
SELECT m.name, c.name, c.type, c."notnull" FROM sqlite_master m JOIN pragma_table_info(m.name) c
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid
"""


def columns(address: str) -> list[tuple[str, str, str, int]]:
    """Every column of a database: table, name, type, whether it is not null."""
    kind, _, rest = address.partition(":")
    if kind == "postgres":
        import psycopg

        with psycopg.connect(rest) as connection:
            return connection.execute(_POSTGRES).fetchall()
    if kind == "mysql":
        import pymysql

        with (
            pymysql.connect(unix_socket=rest, user="root", database="shop") as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(_MYSQL)
            return list(cursor.fetchall())
    with sqlite3.connect(rest) as file:
        return file.execute(_SQLITE).fetchall()


def main(addresses: list[str]) -> None:
    goldens = {}
    for address in addresses:
        tables: dict[str, dict[str, str]] = {}
        for table, column, kind, required in columns(address):
            tables.setdefault(table, {})[column] = f"{kind} not null" if required else kind
        goldens[address.partition(":")[0]] = tables
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
