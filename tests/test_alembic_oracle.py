"""Real Alembic is the judge: a fixture history is run revision by revision against SQLite and PostgreSQL, the database
is reflected after every step up and down, and must be what replaying our reading of the same files gives."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from schemalint.config import Config
from schemalint.dialects import dialect as dialect_named
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.catalog import Catalog
from schemalint.model.facts import Fact
from schemalint.model.source import Script, Source
from schemalint.model.types import Family
from schemalint.replay.apply import apply
from schemalint.replay.state import State
from schemalint.rules import pages
from tests.pages import sections
from tests.servers import mariadb, postgres

HISTORY = Path(__file__).parent / "fixtures_sqlalchemy" / "history"


def history(dialect: str) -> Source:
    """Our reading of the fixture."""
    files = {str(path.relative_to(HISTORY)): path.read_text() for path in sorted(HISTORY.rglob("*.py"))}
    report = lint(MemoryTree(files), Config(dialect=dialect), only=())
    assert report.broken == ()
    assert report.unread == ()
    [source] = [source for source, _ in report.catalogs if source.parser == "alembic"]
    return source


@pytest.fixture
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    if request.param == "sqlite":
        with create_engine("sqlite://").connect() as made:
            yield made
        return
    if request.param == "mariadb":
        with mariadb(tmp_path) as server:
            server.cursor().execute("CREATE DATABASE history")
            url = f"mariadb+pymysql://root@localhost/history?unix_socket={server.unix_socket}"
            with create_engine(url, poolclass=NullPool).connect() as made:
                yield made
        return
    with postgres(tmp_path) as server:
        info = server.info
        url = f"postgresql+psycopg://{info.user}@/{info.dbname}?host={info.host}&port={info.port}"
        with create_engine(url, poolclass=NullPool).connect() as made:
            yield made


def real(connection: Connection, dialect: str) -> dict[str, Any]:
    """The database, reflected."""
    spoken = dialect_named(dialect)
    inspector = inspect(connection)
    found: dict[str, Any] = {}
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        key = inspector.get_pk_constraint(table)
        uniques = {(each["name"], tuple(each["column_names"])) for each in inspector.get_unique_constraints(table)}
        found[table] = {
            "columns": {
                each["name"]: (
                    spoken.column_type(each["type"].compile(connection.dialect)),
                    each["nullable"],
                    each["default"] is not None and "nextval" not in each["default"],
                )
                for each in inspector.get_columns(table)
            },
            "key": (key["name"], tuple(key["constrained_columns"])),
            "uniques": uniques,
            "indexes": {
                (each["name"], tuple(name or "?" for name in each["column_names"]), bool(each["unique"]))
                for each in inspector.get_indexes(table)
                if not each.get("duplicates_constraint")  # SQLite's indexes on expressions are not reflected
            },
            "foreign": {
                (
                    each["name"],
                    tuple(each["constrained_columns"]),
                    each["referred_table"],
                    tuple(each["referred_columns"]),
                    each["options"].get("ondelete"),
                )
                for each in inspector.get_foreign_keys(table)
            },
            "checks": {
                each["name"]
                for each in inspector.get_check_constraints(table)
                if "json_valid" not in each["sqltext"]  # MariaDB's own, on a JSON column
            },
        }
        if dialect == "mariadb":
            _as_mysql(found[table])
    if dialect == "postgres":
        found["enums"] = {each["name"]: tuple(each["labels"]) for each in inspector.get_enums()}
    return found


def ours(catalog: Catalog, dialect: str) -> dict[str, Any]:
    """The catalog in the same words."""
    found: dict[str, Any] = {}
    for name, table in catalog.tables.items():
        assert not table.incomplete, name
        key = table.primary_key
        found[str(name)] = {
            "columns": {
                str(each.name): (each.type, each.nullable, bool(each.has_default)) for each in table.columns.values()
            },
            "key": (key and key.name and str(key.name), tuple(map(str, key.columns)) if key else ()),
            "uniques": {(each.name and str(each.name), tuple(map(str, each.columns))) for each in table.uniques},
            "indexes": {
                (str(each.name), tuple(str(part.column or "?") for part in each.parts), each.unique)
                for each in table.indexes
                if dialect != "sqlite" or each.columns is not None
            },
            "foreign": {
                (
                    each.name and str(each.name),
                    tuple(map(str, each.columns)),
                    str(each.ref_table),
                    tuple(map(str, each.ref_columns)),
                    each.on_delete,
                )
                for each in table.foreign_keys
            },
            "checks": {each.name and str(each.name) for each in table.checks},
        }
        if dialect == "mariadb":
            _as_mysql(found[str(name)])
    if dialect == "postgres":
        found["enums"] = {str(name): each.values for name, each in catalog.enums.items()}
    return found


def _as_mysql(table: dict[str, Any]) -> None:
    """MySQL's own view: primary keys have no name, unique constraints are indexes, a foreign key has an index of its
    name that nobody wrote, and MariaDB's JSON is a LONGTEXT."""
    table["key"] = table["key"][1]
    table["indexes"] |= {(*each, True) for each in table.pop("uniques")}
    keys = {each[0] for each in table["foreign"]}
    table["indexes"] = {each for each in table["indexes"] if each[0] not in keys}
    for name, (kind, *rest) in table["columns"].items():
        if kind is not None and (kind.name == "longtext" or kind.family is Family.JSON):
            table["columns"][name] = ("json", *rest)


def play(state: State, facts: tuple[Fact, ...], source: Source) -> None:
    for fact in facts:
        assert [one for one in apply(state, fact, source.id) if not one.refusal.silent] == [], fact


def revisions(scripts: tuple[Script, ...]) -> list[str]:
    return [script.label for script in scripts]


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:transaction already deassociated")
@pytest.mark.parametrize(
    ("connection", "dialect"),
    [("sqlite", "sqlite"), ("postgres", "postgres"), ("mariadb", "mariadb")],
    indirect=["connection"],
)
def test_every_step_up_and_down(connection: Connection, dialect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = history(dialect)
    monkeypatch.syspath_prepend(str(HISTORY))
    sys.modules.pop("tables", None)
    config = AlembicConfig()
    config.set_main_option("script_location", str(HISTORY / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    run = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions(source.scripts) == run[::-1]
    state = State(dialect_named(dialect), closed=True)
    for script in source.scripts:
        command.upgrade(config, script.label)
        connection.commit()
        play(state, script.facts, source)
        assert ours(state.catalog(), dialect) == real(connection, dialect), f"after upgrade {script.label}"
    for script in reversed(source.scripts[5:]):
        command.downgrade(config, "-1")
        connection.commit()
        play(state, script.down or (), source)
        assert ours(state.catalog(), dialect) == real(connection, dialect), f"after downgrade {script.label}"
    command.downgrade(config, "base")
    connection.commit()
    for script in reversed(source.scripts[:5]):
        play(state, script.down or (), source)
    assert ours(state.catalog(), dialect) == real(connection, dialect), "after downgrade base"


@pytest.mark.parametrize("connection", ["postgres"], indirect=True)
def test_the_up_is_refused_again_for_the_types_that_are_left(connection: Connection) -> None:
    [section] = [
        one for one in sections(pages() / "SL505-down-does-not-restore.md") if one.title.startswith("A type of A")
    ]
    namespace: dict[str, Any] = {}
    exec(section.files["migrations/versions/a1_days.py"], namespace)
    with Operations.context(MigrationContext.configure(connection)):
        namespace["upgrade"]()
        namespace["downgrade"]()
    assert [each["name"] for each in inspect(connection).get_enums()] == ["kind", "mood"]
    again = MigrationContext.configure(connection)  # one run makes a type once
    with Operations.context(again), pytest.raises(DBAPIError, match='type "mood" already exists'):
        namespace["upgrade"]()
