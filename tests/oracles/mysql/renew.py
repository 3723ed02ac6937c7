"""Puts statements.sql, the pages of tests/sql/scripts/mysql and random histories to a MySQL server, and writes what it
answers, and the tables that it then has, to goldens.json and histories.json anew, and where MariaDB answers otherwise to
mariadb.json. Needs a mysqld of MySQL's own, and a MariaDB:

SCHEMALINT_MYSQLD=/usr/sbin/mysqld PYTHONPATH=. python tests/oracles/mysql/renew.py
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.oracles.mysql.cases import cases
from tests.servers import mysql_socket
from tests.sql.servers import MariaDb, Reflected
from tests.sql.test_histories import MYSQL, POOLS, TABLES

HERE = Path(__file__).parent
PAGES = HERE.parent.parent / "sql" / "scripts" / "mysql"
HISTORIES = 150


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
            if any(answer(cursor, one) is not None for one in case.beside.split("; ")):
                continue  # MariaDB does not take every table that stands beside a statement
            found.setdefault(case.beside, {})[case.sql] = answer(cursor, case.sql)
            cursor.execute("DROP TEMPORARY TABLE IF EXISTS p, t")
    return found


def _otherwise(answers: dict[str, dict[str, str | None]]) -> dict[str, Any]:
    """What MariaDB says where one of the two takes what the other refuses, and beside which tables it cannot be asked."""
    server = MariaDb()
    try:
        found, version = _answers(server), server.version()
    finally:
        server.close()
    told = {
        beside: {sql: said for sql, said in sqls.items() if (said is None) != (answers[beside][sql] is None)}
        for beside, sqls in found.items()
    }
    return {
        "version": version,
        "unasked": [beside for beside in answers if beside not in found],
        "statements": {beside: sqls for beside, sqls in told.items() if sqls},
    }


def _reserved(server: MariaDb) -> list[str]:
    """The words that cannot name a column: information_schema.KEYWORDS does not know them all (bug 114874)."""
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT word FROM information_schema.keywords ORDER BY word")
        words = [word for (word,) in cursor.fetchall()]
        return [word for word in words if answer(cursor, f"CREATE TEMPORARY TABLE {word} (a int, {word} int)")]


def plain(tables: dict[str, Reflected]) -> Any:
    """Tables as JSON has them."""
    made = {name: {**asdict(table), "checks": sorted(table.checks)} for name, table in sorted(tables.items())}
    return json.loads(json.dumps(made))


def _histories(server: MariaDb) -> list[dict[str, Any]]:
    """Random statements over few names, each with the server's answer, and the tables that are there at the end."""
    draw = random.Random(97)
    found = []
    for _ in range(HISTORIES):
        templates = [*draw.choices(TABLES[:3], k=2), *draw.choices(MYSQL, k=draw.randint(1, 12))]
        statements = [re.sub(r"\{(\w)\}", lambda letter: draw.choice(POOLS[letter[1]]), one) for one in templates]
        with server.connect() as connection, connection.cursor() as cursor:
            answers = [[statement, answer(cursor, statement)] for statement in statements]
            found.append({"statements": answers, "tables": plain(server.tables(connection))})
    return found


def main() -> None:
    server = MariaDb(mysql_socket)
    try:
        pages = {page.stem: plain(server.reflect(page.read_text("utf-8"))) for page in sorted(PAGES.glob("*.sql"))}
        goldens = {
            "version": server.version(),
            "reserved": _reserved(server),
            "pages": pages,
            "statements": _answers(server),
        }
        histories = _histories(server)
    finally:
        server.close()
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1, ensure_ascii=False) + "\n", "utf-8")
    otherwise = _otherwise(goldens["statements"])
    (HERE / "mariadb.json").write_text(json.dumps(otherwise, indent=1, ensure_ascii=False) + "\n", "utf-8")
    lines = ",\n".join(json.dumps(history, ensure_ascii=False) for history in histories)
    (HERE / "histories.json").write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
