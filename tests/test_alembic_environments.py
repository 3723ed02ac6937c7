"""Whole environments of Alembic, run by the real one against SQLite and PostgreSQL and reflected after every step up and
down: several version locations that depend on each other, branches and merges, and the template for several databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Integer, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from schemalint.config import Config
from schemalint.dialects import dialect as dialect_named
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.facts import Fact
from schemalint.model.source import Source
from schemalint.replay.apply import apply
from schemalint.replay.state import State
from tests.test_alembic_oracle import connection, ours, play, real, revisions

ENVIRONMENTS = Path(__file__).parent / "fixtures_sqlalchemy" / "environments"

__all__ = ["connection"]  # the fixture


def history(name: str, dialect: str, *findings: str) -> Source:
    """Our reading of an environment: one history, with just these findings."""
    root = ENVIRONMENTS / name
    files = {
        str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*.*")) if path.suffix != ".pyc"
    }
    report = lint(MemoryTree(files), Config(dialect=dialect))
    assert (report.broken, report.unread, report.unreadable) == ((), (), ())
    assert {finding.code for finding in report.findings if finding.code[:4] in ("SL42", "SL50")} == set(findings)
    [source] = [source for source, _ in report.catalogs if source.parser == "alembic"]
    return source


def configured(name: str, **attributes: Any) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(ENVIRONMENTS / name / "migrations"))
    config.attributes.update(attributes)
    return config


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.parametrize(
    ("connection", "dialect"), [("sqlite", "sqlite"), ("postgres", "postgres")], indirect=["connection"]
)
def test_locations_that_depend_on_each_other(connection: Connection, dialect: str) -> None:
    source = history("locations", dialect)
    order = revisions(source.scripts)
    assert order[:3] == ["c1", "c2", "b1"]
    assert (sorted(order[3:5]), order[5:]) == (["b2", "b3"], ["b4"])
    config = configured("locations", connection=connection)
    config.set_main_option("path_separator", "newline")
    folders = [str(ENVIRONMENTS / "locations" / "migrations" / name / "versions") for name in ("core", "billing")]
    config.set_main_option("version_locations", "\n".join(folders))
    state = State(dialect_named(dialect), closed=True)
    for script in source.scripts:
        command.upgrade(config, script.label)
        connection.commit()
        play(state, script.facts, source)
        assert ours(state.catalog(), dialect) == real(connection, dialect), f"after upgrade {script.label}"
    for target, undone in (("b1", ("b4", "b3", "b2")), ("c2", ("b1",)), ("c1", ("c2",)), ("base", ("c1",))):
        command.downgrade(config, "billing@base" if target == "c2" else target)
        connection.commit()
        for label in undone:
            [script] = [script for script in source.scripts if script.label == label]
            play(state, script.down or (), source)
        assert ours(state.catalog(), dialect) == real(connection, dialect), f"after downgrade to {target}"


def test_several_databases() -> None:
    """Each database runs its own functions; we read them as one history whose steps may or may not apply."""
    source = history("engines", "sqlite")
    assert all(fact.guard is not None for script in source.scripts for fact in script.facts)
    state = State(dialect_named("sqlite"), closed=True)
    with create_engine("sqlite://").connect() as users, create_engine("sqlite://").connect() as logs:
        config = configured("engines", connections={"users": users, "logs": logs})
        for script in source.scripts:
            command.upgrade(config, script.label)
            play(state, script.facts, source)
            both = real(users, "sqlite") | real(logs, "sqlite")
            assert ours(state.catalog(), "sqlite") == both, f"after upgrade {script.label}"
        for script in reversed(source.scripts):
            command.downgrade(config, "-1")
            play(state, script.down or (), source)
            both = real(users, "sqlite") | real(logs, "sqlite")
            assert ours(state.catalog(), "sqlite") == both, f"after downgrade {script.label}"


def test_a_schema_that_a_connection_puts_in() -> None:
    """What `schema_translate_map` says holds for what revisions make, so that their own schema is not where the tables are."""
    with create_engine("sqlite://").connect() as connection:
        connection.exec_driver_sql("ATTACH ':memory:' AS shop")
        translated = connection.execution_options(schema_translate_map={None: "shop"})
        with Operations.context(MigrationContext.configure(translated)) as op:
            op.create_table("orders", Column("id", Integer, primary_key=True))
            op.create_index("by_id", "orders", ["id"])
        inspector = inspect(connection)
        assert (inspector.get_table_names(), inspector.get_table_names("shop")) == ([], ["orders"])
        assert [each["name"] for each in inspector.get_indexes("orders", "shop")] == ["by_id"]


def play_on(state: State, facts: tuple[Fact, ...], source: Source) -> None:
    """Plays facts of which none is refused; what a column loses without a word may be told."""
    for fact in facts:
        assert [trouble for trouble in apply(state, fact, source.id) if not trouble.refusal.silent] == [], fact


def up_and_down(name: str, connection: Connection, dialect: str, *findings: str) -> None:
    """Every revision up, then down again, each as the real Alembic leaves the database."""
    source = history(name, dialect, *findings)
    config = configured(name, connection=connection)
    state = State(dialect_named(dialect), closed=True)
    for script in source.scripts:
        command.upgrade(config, script.label)
        connection.commit()
        play_on(state, script.facts, source)
        assert ours(state.catalog(), dialect) == real(connection, dialect), f"after upgrade {script.label}"
    for script in reversed(source.scripts):
        command.downgrade(config, "-1")
        connection.commit()
        play_on(state, script.down or (), source)
        assert ours(state.catalog(), dialect) == real(connection, dialect), f"after downgrade {script.label}"


@pytest.mark.parametrize(
    ("connection", "dialect"), [("sqlite", "sqlite"), ("postgres", "postgres")], indirect=["connection"]
)
def test_helpers_of_other_files(connection: Connection, dialect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ENVIRONMENTS / "helpers"))
    up_and_down("helpers", connection, dialect)


@pytest.mark.parametrize(("connection", "dialect"), [("mariadb", "mariadb")], indirect=["connection"])
def test_columns_that_are_defined_again(connection: Connection, dialect: str) -> None:
    """What MySQL's MODIFY leaves out is gone, and a key without AUTO_INCREMENT refuses rows: what SL423 says."""
    up_and_down("redefined", connection, dialect, "SL423", "SL505", "SL509")
    command.upgrade(configured("redefined", connection=connection), "head")
    with pytest.raises(OperationalError, match="Field 'id' doesn't have a default value"):
        connection.execute(text("INSERT INTO things (age, place, alone) VALUES (1, 2, 3)"))
    connection.execute(text("INSERT INTO things (id, age, place, alone) VALUES (1, NULL, 2, 3)"))


@pytest.mark.parametrize(("connection", "dialect"), [("postgres", "postgres")], indirect=["connection"])
def test_operations_of_postgres(connection: Connection, dialect: str) -> None:
    """What the histories of other tests do not have: keys, comments, IF EXISTS, types that change, computed columns."""
    up_and_down("operations", connection, dialect)
