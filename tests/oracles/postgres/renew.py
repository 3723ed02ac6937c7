"""Asks every version of PostgreSQL and writes answers.json and catalogs.json anew. README.md says how it is called."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg

from tests.oracles.postgres.cases import BESIDE, HERE, SCRIPTS, Case, asked, statements_of
from tests.oracles.postgres.servers import RELEASES, server
from tests.sql.servers import Postgres

_FRESH = (
    "ROLLBACK",
    "DISCARD ALL",
    "SET client_min_messages = error",
    "DROP SCHEMA IF EXISTS s, public CASCADE",
    "CREATE SCHEMA public",
    "DROP PUBLICATION IF EXISTS p",
    "DROP DATABASE IF EXISTS d",
    BESIDE,
)


def answer(connection: Any, one: Case) -> str | None:
    """What the server says to the case: None that it takes it, else its code and words; "" that it refuses what prepares."""
    for statement in _FRESH:
        connection.execute(statement)
    try:
        for statement in one.before:
            connection.execute(statement)
    except psycopg.Error:
        return ""
    return put(connection, one.statement)


def put(connection: Any, statement: str) -> str | None:
    try:
        connection.execute(statement)
    except psycopg.Error as refused:
        return f"{refused.sqlstate} {refused.diag.message_primary}"
    return None


def made(connection: Any, script: str) -> dict[str, Any]:
    """What the server refuses of a script, and the tables that the rest makes."""
    for statement in (*_FRESH, "CREATE DATABASE d"):
        connection.execute(statement)
    with psycopg.connect(connection.info.dsn, dbname="d", autocommit=True) as own:
        refused = [one for one in statements_of(script) if put(own, one) is not None]
        own.execute("ROLLBACK")
        tables = {name: asdict(table) for name, table in Postgres.tables(own)}
    return {"refused": refused, "tables": tables}


def by_version(found: Mapping[int, Any]) -> dict[str, Any]:
    """One answer for each run of versions that give the same: {"10-14": …, "15-18": …}."""
    runs: list[list[int]] = []
    for version in found:
        if runs and found[runs[-1][0]] == found[version]:
            runs[-1].append(version)
        else:
            runs.append([version])
    return {"-".join(map(str, dict.fromkeys((run[0], run[-1])))): found[run[0]] for run in runs}


def write(name: str, servers: Mapping[int, str], rows: Iterable[tuple[str, Any]]) -> None:
    """A file with a row a line, so that a change is a line."""
    lines = [json.dumps(key) + ": " + json.dumps(value, ensure_ascii=False, default=sorted) for key, value in rows]
    head = f'{{"servers": {json.dumps(servers)},\n"rows": {{\n'
    (HERE / name).write_text(head + ",\n".join(lines) + "\n}}\n", "utf-8")


def main(folder: Path) -> None:
    servers: dict[int, str] = {}
    answers: dict[str, dict[int, str | None]] = {}
    catalogs: dict[str, dict[int, Any]] = {}
    every = asked()
    for version in RELEASES:
        with server(version, folder) as connection:
            servers[version] = connection.execute("SHOW server_version").fetchone()[0]
            for one in every:
                answers.setdefault(one.line, {})[version] = answer(connection, one)
            for script in SCRIPTS if version > 10 else ():  # whose own catalog lacks what is asked
                catalogs.setdefault(script.stem, {})[version] = made(connection, script.read_text())
    write("answers.json", servers, ((line, by_version(found)) for line, found in answers.items()))
    write("catalogs.json", servers, ((name, by_version(found)) for name, found in catalogs.items()))


if __name__ == "__main__":
    if "POSTGRES_SERVERS" in os.environ:
        main(Path(os.environ["POSTGRES_SERVERS"]))
    else:
        with tempfile.TemporaryDirectory() as made_here:
            os.chmod(made_here, 0o755)
            main(Path(made_here))
