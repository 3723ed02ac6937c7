"""Real servers that keep rows, and say of every two columns of a table whether they keep the same."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from typing import Any

from tests import servers

Agreed = dict[tuple[int, int], bool]
"""Two columns by number → whether a row that says nothing about them has the same value in both."""


class Postgres:
    """`BEGIN` first, and some time after it, so that the moment of the transaction is not that of the statement."""

    def __init__(self, connection: Any) -> None:
        self.run = connection.execute
        self.run("CREATE TYPE mood AS ENUM ('sad', 'ok')")
        self.run("CREATE TYPE other AS ENUM ('x')")

    def defaults(self, columns: list[str]) -> Agreed:
        found = list(combinations(range(len(columns)), 2))
        same = (f"c{a}::text IS NOT DISTINCT FROM c{b}::text" for a, b in found)
        kinds = {column.split()[1] for column in columns}
        if not kinds & {"json"}:
            same = (f"({text} OR c{a} IS NOT DISTINCT FROM c{b})" for text, (a, b) in zip(same, found, strict=True))
        self.run(f"CREATE TABLE t ({', '.join(columns)})")
        try:
            self.run("BEGIN; SELECT pg_sleep(0.005); SELECT 1;")
            self.run("INSERT INTO t DEFAULT VALUES")
            self.run("COMMIT")
            row = self.run(f"SELECT ARRAY[{', '.join(same)}] FROM t").fetchone()
        finally:
            self.run("ROLLBACK")
            self.run("DROP TABLE t")
        return dict(zip(found, row[0], strict=True))

    def types(self, types: list[str]) -> list[str]:
        self.run(f"CREATE TABLE t ({', '.join(f'c{at} {type_}' for at, type_ in enumerate(types))})")
        rows = self.run(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum"
        ).fetchall()
        self.run("DROP TABLE t")
        return [row[0] for row in rows]


class MariaDb:
    """The clock is set to a moment with all six digits."""

    def __init__(self, connection: Any) -> None:
        self._cursor = connection.cursor()
        for statement in ("CREATE DATABASE d", "USE d", "SET sql_mode = 'STRICT_ALL_TABLES'", "SET NAMES utf8mb4"):
            self._cursor.execute(statement)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        self._cursor.execute(sql)
        return list(self._cursor.fetchall())

    def defaults(self, columns: list[str]) -> Agreed:
        found = list(combinations(range(len(columns)), 2))
        self.run(f"CREATE TABLE t ({', '.join(columns)})")
        try:
            self.run("SET timestamp = 1700000000.123456")
            self.run("INSERT INTO t VALUES ()")
            row = self.run(
                f"SELECT {', '.join(f'CAST(c{a} AS BINARY) <=> CAST(c{b} AS BINARY)' for a, b in found)} FROM t"
            )
        finally:
            self.run("DROP TABLE t")
        return dict(zip(found, map(bool, row[0]), strict=True))

    def types(self, types: list[str]) -> list[str]:
        self.run(f"CREATE TABLE t ({', '.join(f'c{at} {type_}' for at, type_ in enumerate(types))})")
        rows = self.run(
            "SELECT column_type FROM information_schema.columns WHERE table_schema = 'd' ORDER BY ordinal_position"
        )
        self.run("DROP TABLE t")
        return [row[0] for row in rows]


class Sqlite:
    def defaults(self, columns: list[str]) -> Agreed:
        found = list(combinations(range(len(columns)), 2))
        with sqlite3.connect(":memory:") as connection:
            connection.execute(f"CREATE TABLE t ({', '.join(columns)})")
            connection.execute("INSERT INTO t DEFAULT VALUES")
            same = ", ".join(f"c{a} IS c{b} AND typeof(c{a}) = typeof(c{b})" for a, b in found)
            row = connection.execute(f"SELECT {same} FROM t").fetchone()
        return dict(zip(found, map(bool, row), strict=True))

    def types(self, types: list[str]) -> list[str]:
        """How each type keeps a row of telling values."""
        told = []
        with sqlite3.connect(":memory:") as connection:
            for type_ in types:
                connection.execute(f"CREATE TABLE t (c {type_})")
                connection.executemany("INSERT INTO t VALUES (?)", [(each,) for each in _TELLING])
                told.append(str(connection.execute("SELECT c, typeof(c) FROM t ORDER BY rowid").fetchall()))
                connection.execute("DROP TABLE t")
        return told


_TELLING = (0, 1, -7, 1.5, 2.0, "1", "1.0", "1.50", "007", "x", "", "2020-01-01", "true", b"x", b"1", None, 10**17)

Judge = Postgres | MariaDb | Sqlite


class Judges(ExitStack):
    """The servers by dialect, each started when it is first asked for; a server that is not installed skips the test."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._running = folder, dict[str, Judge]()

    def __getitem__(self, name: str) -> Judge:
        if name not in self._running:
            self._running[name] = self._start(name)
        return self._running[name]

    def _start(self, name: str) -> Judge:
        if name == "postgres":
            return Postgres(self.enter_context(servers.postgres(self._folder)))
        return MariaDb(self.enter_context(servers.mariadb(self._folder))) if name == "mariadb" else Sqlite()
