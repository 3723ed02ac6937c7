"""Puts statements.sql to a MySQL server and writes what it answers to goldens.json anew. Needs a mysqld of MySQL's own:

SCHEMALINT_MYSQLD=/usr/sbin/mysqld PYTHONPATH=. python tests/oracles/mysql/renew.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.oracles.mysql.cases import cases
from tests.servers import mysql_socket
from tests.sql.servers import MariaDb

HERE = Path(__file__).parent


def answer(cursor: Any, sql: str) -> str | None:
    """What the server says when it refuses a statement: its number and its words."""
    import pymysql

    try:
        cursor.execute(sql)
    except pymysql.MySQLError as refused:
        return f"{refused.args[0]} {refused.args[1]}"
    return None


def _answers(server: MariaDb) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    with server.connect() as connection, connection.cursor() as cursor:
        for case in cases():
            for one in ("DROP DATABASE IF EXISTS asked", "CREATE DATABASE asked", "USE asked"):
                cursor.execute(one)
            for one in case.beside.split("; "):
                cursor.execute(one)
            found.setdefault(case.beside, {})[case.sql] = answer(cursor, case.sql)
            cursor.execute("DROP TEMPORARY TABLE IF EXISTS p, t")
    return found


def _reserved(server: MariaDb) -> list[str]:
    """The words that cannot name a column: information_schema.KEYWORDS does not know them all (bug 114874)."""
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT word FROM information_schema.keywords ORDER BY word")
        words = [word for (word,) in cursor.fetchall()]
        return [word for word in words if answer(cursor, f"CREATE TEMPORARY TABLE {word} (a int, {word} int)")]


def main() -> None:
    server = MariaDb(mysql_socket)
    try:
        goldens = {"version": server.version(), "reserved": _reserved(server), "statements": _answers(server)}
    finally:
        server.close()
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
