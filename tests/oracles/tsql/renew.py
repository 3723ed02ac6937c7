"""Puts statements.sql to an engine that speaks T-SQL, and writes what it answers to goldens.json anew. Needs a running
Babelfish on this machine, and pymssql:

SCHEMALINT_TSQL=judge:secret@127.0.0.1:1433 PYTHONPATH=. python tests/oracles/tsql/renew.py
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.oracles.tsql.cases import cases

HERE = Path(__file__).parent


def connect() -> Any:
    """A connection to the engine that the environment names."""
    import pymssql

    user, password, host, port = re.split("[:@]", os.environ["SCHEMALINT_TSQL"])
    return pymssql.connect(
        server=host, port=int(port), user=user, password=password, autocommit=True, tds_version="7.3"
    )


_MAPPED = 100_000
"""Below it are numbers of SQL Server's own; the engine has others for what it does not map."""


def answer(cursor: Any, sql: str) -> str | None:
    """What the engine says when it refuses a batch: SQL Server's number, where it gives one, and its words."""
    import pymssql

    try:
        cursor.execute(sql)
    except pymssql.Error as refused:
        number, words = refused.args[:2]
        text = words.decode().partition("DB-Lib error message")[0].strip()
        return f"{number} {text}" if number < _MAPPED else text
    return None


def _answers(cursor: Any) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for number, case in enumerate(cases()):
        with _database(cursor, f"asked{number}"):
            for one in case.beside.split("; ") if case.beside else ():
                cursor.execute(one)
            found.setdefault(case.beside, {})[case.sql] = answer(cursor, case.sql)
    return found


@contextmanager
def _database(cursor: Any, name: str) -> Iterator[None]:
    """A database of its own. What another user was made owner of keeps the engine from dropping it: it is left there."""
    answer(cursor, f"DROP DATABASE IF EXISTS {name}")
    cursor.execute(f"CREATE DATABASE {name}")
    cursor.execute(f"USE {name}")
    yield
    cursor.execute("USE master")
    answer(cursor, f"DROP DATABASE {name}")


def main() -> None:
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("EXEC sp_babelfish_configure 'escape_hatch%', 'ignore', 'server'")
        cursor.execute("SELECT @@VERSION")
        version = re.search(r"\(Babelfish ([\d.]+)\)", cursor.fetchone()[0])
        goldens = {"version": version[1] if version else "", "statements": _answers(cursor)}
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
