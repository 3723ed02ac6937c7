"""Whole environments of Alembic, run by the real one against SQLite and PostgreSQL and reflected after every step up and
down: several version locations that depend on each other, branches and merges, and the template for several databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, create_engine

from schemalint.config import Config
from schemalint.dialects import dialect as dialect_named
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.source import Source
from schemalint.replay.state import State
from tests.test_alembic_oracle import connection, ours, play, real, revisions

ENVIRONMENTS = Path(__file__).parent / "fixtures_sqlalchemy" / "environments"

__all__ = ["connection"]  # the fixture


def history(name: str, dialect: str) -> Source:
    """Our reading of an environment: one history without a finding."""
    root = ENVIRONMENTS / name
    files = {
        str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*.*")) if path.suffix != ".pyc"
    }
    report = lint(MemoryTree(files), Config(dialect=dialect))
    assert (report.broken, report.unread, report.unreadable) == ((), (), ())
    assert [finding for finding in report.findings if finding.code.startswith("SL50")] == []
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


@pytest.mark.parametrize(("connection", "dialect"), [("postgres", "postgres")], indirect=["connection"])
def test_operations_of_postgres(connection: Connection, dialect: str) -> None:
    """What the histories of other tests do not have: keys, comments, IF EXISTS, types that change, computed columns."""
    source = history("operations", dialect)
    config = configured("operations", connection=connection)
    state = State(dialect_named(dialect), closed=True)
    for script in source.scripts:
        command.upgrade(config, script.label)
        connection.commit()
        play(state, script.facts, source)
        assert ours(state.catalog(), dialect) == real(connection, dialect), f"after upgrade {script.label}"
    for script in reversed(source.scripts):
        command.downgrade(config, "-1")
        connection.commit()
        play(state, script.down or (), source)
        assert ours(state.catalog(), dialect) == real(connection, dialect), f"after downgrade {script.label}"
