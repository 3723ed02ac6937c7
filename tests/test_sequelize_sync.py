"""Real Sequelize is the judge: a start on paper fails where the real one fails, and leaves the database as the real one leaves
it (tests/oracles/sequelize/sync)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schemalint.config import Config
from schemalint.dialects import dialect as dialect_named
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.source import HazardKind, Source, SourceKind
from schemalint.replay.apply import run
from schemalint.replay.sequelizesync import sequelize_sync
from schemalint.replay.state import State
from tests.oracles.migrations.reflect import ours
from tests.oracles.sequelize.written import program, script, seven
from tests.test_migrations_oracle import seen

ORACLE = Path(__file__).parent / "oracles" / "sequelize"
GOLDEN: dict[str, Any] = json.loads((ORACLE / "sync.json").read_text())
TYPES: dict[str, Any] = json.loads((ORACLE / "types.json").read_text())
EXTENSIONS = {"postgres": {"CITEXT", "HSTORE", "GEOMETRY", "GEOGRAPHY", "TSVECTOR"}, "sqlite": {"TSVECTOR"}}
"""Types that PostgreSQL may have, and one that Sequelize 5 does not have."""


def sources(key: str) -> tuple[Source | None, Source]:
    """Our reading of a program and of the script before it."""
    name, dialect, version = key.split()
    text = program((ORACLE / "sync" / f"{name}.js").read_text(), dialect, version)
    packages = ("@sequelize/core", "@sequelize/sqlite3") if seven(version) else ("sequelize",)
    files = {
        "init.sql": script((ORACLE / "sync" / f"{name}.sql").read_text(), dialect),
        "package.json": json.dumps({"main": "app.js", "dependencies": dict.fromkeys(packages, version)}),
        "app.js": text,
    }
    report = lint(MemoryTree(files), Config(dialect="mariadb" if dialect == "mysql" else dialect), only=())
    assert report.broken == ()
    assert report.unread == ()
    read = [source for source, _ in report.catalogs]
    sql = next((source for source in read if source.kind is SourceKind.SCHEMA), None)
    return sql, next(source for source in read if source.kind is SourceKind.MODELS)


@pytest.mark.parametrize("key", GOLDEN)
def test_two_starts(key: str) -> None:
    golden = GOLDEN[GOLDEN[key]] if isinstance(GOLDEN[key], str) else GOLDEN[key]
    _, dialect, version = key.split()
    sql, models = sources(key)
    server = "mariadb" if dialect == "mysql" else dialect
    state = State(dialect_named(server), closed=True)
    assert list(run(state, sql.facts, sql.id) if sql else ()) == []
    for number, start in enumerate(golden):
        assert models.calls
        troubles = [one for call in models.calls for _, one in sequelize_sync(state, models, call)]
        refused = [one for one in troubles if not one.refusal.silent]
        hazards = [one for one in models.hazards if one.fails]
        if start["refused"] is not None:
            # Sequelize 7 makes SQLite's tables anew from their text, of which it understands its own: taken as unknown.
            unknown = seven(version) and dialect == "sqlite" and any(one.incomplete for one in state.tables.values())
            assert refused or hazards or unknown, (number, start["refused"])
            return
        assert refused == [], number
        own = [table for table in state.tables.values() if table.source == models.id]
        assert not any(table.incomplete for table in own if dialect == "sqlite"), number
        assert alike(ours(state.catalog(), server), state, server) == alike(start["tables"], state, server), number


def alike(tables: dict[str, Any], state: State, dialect: str) -> dict[str, Any]:
    """What both sides can say. Of SQLite's tables only the columns: Sequelize makes them anew, and keys get lost."""
    found = seen(tables, dialect)
    incomplete = {str(name) for name, table in state.tables.items() if table.incomplete}
    for name, table in found.items():
        table["uniques"] = sorted(map(str, table.get("uniques", ())))
        keys = [key[3:4] for key in table["foreign"]]
        indexes = [json.loads(one) if isinstance(one, str) else one for one in table["indexes"]]
        # PostgreSQL cuts a name at 63 bytes, and an expression has no name to compare.
        indexes = [[one[0][:63], *one[1:]] for one in indexes if one[-1] not in {None, "None"}]
        if dialect == "mariadb":  # the index that comes with a key has this name or that
            indexes = [one for one in indexes if one[1] or one[2:] not in keys]
        table["indexes"] = indexes
        if dialect == "postgres":  # it has folded what was not quoted
            for part in ("columns", "indexes"):
                table[part] = [[one[0].lower(), *one[1:]] for one in table[part]]
        if dialect == "sqlite" and name in incomplete:
            columns = sorted(one[:1] for one in table["columns"])
            table.clear()
            table["columns"] = columns
    return found


@pytest.mark.parametrize("key", TYPES)
def test_what_the_server_says_of_each_type(key: str) -> None:
    dialect, version = key.split()
    said = {name: words for name, words in TYPES[key].items() if name not in EXTENSIONS.get(dialect, ())}
    attributes = ", ".join(f"a{number}: DataTypes.{name}" for number, name in enumerate(said))
    files = {
        "package.json": json.dumps({"main": "app.js", "dependencies": {"sequelize": version}}),
        "app.js": "const { Sequelize, DataTypes } = require('sequelize');"
        f"const sequelize = new Sequelize({{ dialect: '{dialect}' }});"
        f"sequelize.define('it', {{ {attributes} }}); sequelize.sync();",
    }
    report = lint(MemoryTree(files), Config(), only=())
    ((source, _),) = report.catalogs
    told = {one.owner for one in source.hazards if one.kind is HazardKind.REFUSED_TYPE}
    refused = {f"it.a{number}" for number, words in enumerate(said.values()) if words is not None}
    assert told == refused
