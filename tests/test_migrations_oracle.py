"""Real sequelize-cli, Knex and TypeORM are the judges: replaying our reading of the fixtures gives, after every step up and every
step back, the database that the tool made of them (tests/oracles/migrations)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schemalint.config import Config
from schemalint.dialects import dialect as dialect_named
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.facts import Fact
from schemalint.model.finding import Severity
from schemalint.model.source import Source
from schemalint.replay.blocks import execute
from schemalint.replay.state import State
from tests.oracles.migrations.reflect import ours

ORACLE = Path(__file__).parent / "oracles" / "migrations"
GOLDENS: dict[str, Any] = json.loads((ORACLE / "goldens.json").read_text())
PARSERS = {
    "sequelize": "sequelize-cli",
    "knex": "knex",
    "typeorm": "typeorm",
    "umzug": "sequelize-cli",
    "dbmigrate": "db-migrate",
}
PACKAGES = {
    "umzug": {"@sequelize/core": "7.0.0-alpha.48", "@sequelize/sqlite3": "7.0.0-alpha.48", "umzug": "^3.8.0"},
    "dbmigrate": {"db-migrate": "^0.11.14"},
}


def history(name: str, dialect: str) -> Source:
    """Our reading of a fixture."""
    folder, tool = ORACLE / "fixtures" / name, name.split("-")[0]
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    files = {f"migrations/{path.relative_to(folder).as_posix()}": path.read_text() for path in paths}
    manifest = json.dumps({"dependencies": PACKAGES.get(tool, {tool: "*"})})
    report = lint(MemoryTree({**files, "package.json": manifest}), Config(dialect=dialect), only=())
    assert report.broken == ()
    assert report.unread == ()
    [source] = [source for source, _ in report.catalogs if source.parser == PARSERS[tool]]
    return source


@pytest.mark.parametrize("key", GOLDENS)
def test_every_step_up_and_back(key: str) -> None:
    tool, dialect = key.split()
    source = history(tool, dialect)
    golden = iter(GOLDENS[key])
    state = State(dialect_named(dialect), closed=True)
    assert len(GOLDENS[key]) == 2 * len(source.scripts)
    for script in source.scripts:
        step(state, script.facts, source, next(golden), dialect, f"up {script.label}")
    for script in reversed(source.scripts):
        step(state, script.down or (), source, next(golden), dialect, f"back {script.label}")


def test_a_table_of_sqlite_that_a_sync_made() -> None:
    files = {
        "package.json": json.dumps({"main": "app.js", "dependencies": {"sequelize": "^6.0.0"}}),
        "app.js": "const { Sequelize } = require('sequelize');\n"
        "const sequelize = new Sequelize('sqlite::memory:'); sequelize.sync();",
        "migrations/0-new.js": "exports.up = (queryInterface, S) => queryInterface.createTable('new', { id: S.INTEGER });",
        "migrations/1-a.js": "exports.up = (queryInterface, S) => queryInterface.changeColumn('old', 'a', { type: S.TEXT });",
        "migrations/2-b.js": "exports.up = (queryInterface) => queryInterface.removeColumn('older', 'a');",
    }
    report = lint(MemoryTree(files), Config(dialect="sqlite"))
    assert report.broken == ()
    assert [one.message for one in report.findings if one.severity is Severity.ERROR] == []


def step(state: State, facts: tuple[Fact, ...], source: Source, golden: Any, dialect: str, what: str) -> None:
    troubles = list(execute(state, facts, source.id))
    problems = [(fact, trouble) for fact, trouble, causes in troubles if not (trouble.refusal.silent or causes)]
    assert not golden["refused"], what
    assert problems == [], what
    assert seen(ours(state.catalog(), dialect), dialect) == seen(golden["tables"], dialect), what


def seen(tables: dict[str, Any], dialect: str) -> dict[str, Any]:
    """What both sides can say: MariaDB's primary keys have no name, its unique keys are indexes, and a foreign key brings an
    index of its own name along; its JSON is a LONGTEXT, and RESTRICT is what it does unasked."""
    found: dict[str, Any] = json.loads(json.dumps(tables))
    for table in found.values():
        if dialect == "sqlite":  # NULL is the default of a column without one, and some types come back in capitals
            table["columns"] = [
                [name, type.lower(), null, None if default == "NULL" else default]
                for name, type, null, default in table["columns"]
            ]
            continue
        table["columns"] = [[name, _type(str(type)), *rest] for name, type, *rest in table["columns"]]
        if dialect == "mariadb":
            table["foreign"] = [[n, t, "" if a == "RESTRICT" else a, *c] for n, t, a, *c in table["foreign"]]
            table["key"] = table["key"][1:]
            keys = {each[0] for each in table["foreign"]}
            uniques = [[name, True, *columns] for name, *columns in table.pop("uniques")]
            both = {json.dumps(one) for one in [*uniques, *table["indexes"]] if one[0] not in keys}
            table["indexes"] = sorted(both)
    return found


def _type(written: str) -> str:
    return {"json": "longtext"}.get(written, written)
