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
PAGES = HERE.parent.parent / "sql" / "scripts" / "tsql"


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


_COLUMNS = """
SELECT c.name, y.name, c.max_length, c.precision, c.scale, c.is_nullable, c.is_identity, c.is_computed, d.object_id
FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id
LEFT JOIN sys.default_constraints d ON d.parent_object_id = c.object_id AND d.parent_column_id = c.column_id
WHERE c.object_id = %d ORDER BY c.column_id"""
_INDEXES = """
SELECT i.index_id, i.name, i.is_unique, i.has_filter, i.is_primary_key, i.is_unique_constraint, c.name, k.is_descending_key
FROM sys.indexes i JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id
JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id
WHERE i.object_id = %d AND k.is_included_column = 0 ORDER BY i.index_id, k.key_ordinal"""
_FOREIGN = """
SELECT f.name, f.referenced_object_id, p.name, r.name, f.delete_referential_action_desc, f.update_referential_action_desc
FROM sys.foreign_keys f JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id
JOIN sys.columns p ON p.object_id = k.parent_object_id AND p.column_id = k.parent_column_id
JOIN sys.columns r ON r.object_id = k.referenced_object_id AND r.column_id = k.referenced_column_id
WHERE f.parent_object_id = %d ORDER BY f.name, k.constraint_column_id"""


def _rows(cursor: Any, query: str, *values: Any) -> list[tuple[Any, ...]]:
    cursor.execute(query, values)
    return list(cursor.fetchall())


def _type(name: str, size: int, precision: int, scale: int) -> str:
    """A type as its statement would say it."""
    if name in ("varchar", "char", "binary", "varbinary", "nchar", "nvarchar"):
        length = "max" if size == -1 else size // 2 if name.startswith("n") else size
        return f"{name}({length})"
    if name in ("decimal", "numeric"):
        return f"{name}({precision},{scale})"
    return f"{name}({scale})" if name in ("time", "datetime2", "datetimeoffset") else name


def _tables(cursor: Any) -> dict[str, Any]:
    """What the engine's catalog views say of every table."""
    found = {}
    query = "SELECT t.object_id, s.name, t.name FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id"
    names = {
        number: (f"{schema}." if schema != "dbo" else "") + name.lower()
        for number, schema, name in _rows(cursor, query)
    }
    for number, table in names.items():
        tail = re.compile(
            re.escape(table.rpartition(".")[2]) + "[0-9a-f]{32}$"
        )  # the engine's own behind an index's name
        columns = {
            name.lower(): [_type(*kind), nullable, bool(default) and not computed, identity, computed]
            for name, *kind, nullable, identity, computed, default in _rows(cursor, _COLUMNS, number)
        }
        made: dict[str, Any] = {"columns": columns, "primary_key": [], "uniques": {}, "foreign_keys": {}, "indexes": {}}
        for _, name, unique, filtered, primary, constraint, column, descending in _rows(cursor, _INDEXES, number):
            if primary:
                made["primary_key"].append(column.lower())
            elif constraint:
                made["uniques"].setdefault(name.lower(), []).append(column.lower())
            else:
                made["indexes"].setdefault(tail.sub("", name.lower()), [unique, [], filtered])[1].append(
                    [column.lower(), descending]
                )
        for name, target, column, wanted, delete, update in _rows(cursor, _FOREIGN, number):
            actions = [delete.replace("_", " "), update.replace("_", " ")]
            key = made["foreign_keys"].setdefault(name.lower(), [[], names[target], [], *actions])
            key[0].append(column.lower())
            key[2].append(wanted.lower())
        checks = _rows(cursor, "SELECT name FROM sys.check_constraints WHERE parent_object_id = %d", number)
        made["checks"] = sorted(name.lower() for (name,) in checks)
        found[table] = made
    return dict(sorted(found.items()))


def _pages(cursor: Any) -> dict[str, dict[str, Any]]:
    """The tables that the engine makes of each page, batch by batch."""
    found = {}
    for page in sorted(PAGES.glob("*.sql")):
        with _database(cursor, f"page_{page.stem}"):
            for batch in re.split(r"(?m)^GO$", page.read_text("utf-8")):
                if batch.strip():
                    cursor.execute(batch)
            found[page.stem] = _tables(cursor)
    return found


def main() -> None:
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("EXEC sp_babelfish_configure 'escape_hatch%', 'ignore', 'server'")
        cursor.execute("SELECT @@VERSION")
        version = re.search(r"\(Babelfish ([\d.]+)\)", cursor.fetchone()[0])
        goldens = {"version": version[1] if version else "", "pages": _pages(cursor), "statements": _answers(cursor)}
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
