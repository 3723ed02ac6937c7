"""What Liquibase itself sent and what real servers then had, and what we read. See tests/oracles/liquibase/README.md."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schemalint.config import Config
from schemalint.dialects import dialect as named
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.catalog import DeploymentPath, Step
from schemalint.model.facts import CreateTable
from schemalint.model.report import Report
from schemalint.model.source import Script
from schemalint.parsers.liquibase import PARSER
from schemalint.parsers.liquibase.changelog import Changelogs, Walk, label
from schemalint.parsers.liquibase.conditions import condition
from schemalint.parsers.liquibase.databases import Database
from schemalint.parsers.liquibase.facts import changes
from schemalint.parsers.liquibase.parameters import Parameters
from schemalint.parsers.liquibase.paths import Files
from schemalint.parsers.liquibase.render import NotKnown, statements
from schemalint.parsers.liquibase.texts import said
from schemalint.replay import play
from tests.oracles.liquibase import catalogs

HERE = Path(__file__).parent / "oracles" / "liquibase"
GOLDENS: dict[str, Any] = json.loads((HERE / "goldens.json").read_text())
SENT = [(case, dialect) for case, golden in GOLDENS.items() for dialect in golden["sql"]]
RUN = [(case, dialect) for case, golden in GOLDENS.items() for dialect in ("postgres", "mariadb") if dialect in golden]


OLDER: dict[str, Any] = json.loads((HERE / "older.json").read_text())


@pytest.mark.parametrize(
    ("release", "dialect"), [(release, dialect) for release in OLDER for dialect in OLDER[release]]
)
def test_types_of_older_releases(release: str, dialect: str) -> None:
    """Where types differ by release, a pom.xml that names it gives what that release sent."""
    pom = f"<dependency><artifactId>liquibase-core</artifactId><version>{release}</version></dependency>"
    files = {"pom.xml": f"<project>{pom}</project>", "db/root.xml": (HERE / "older" / "root.xml").read_text()}
    report = lint(MemoryTree(files), Config(dialect=dialect))
    [catalog] = [catalog for source, catalog in report.catalogs if source.parser == "liquibase"]
    for sql in OLDER[release][dialect].values():
        table, type_ = re.fullmatch(r"CREATE TABLE (\w+) \(a (\S+) NULL\);", sql).groups()  # type: ignore[union-attr]
        [made] = [one for name, one in catalog.tables.items() if str(name) == table]
        [column] = made.columns.values()
        assert column.type == named(dialect).column_type(type_)


def _files(case: str) -> dict[str, str]:
    folder = HERE / "fixtures" / case
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def _root(files: dict[str, str]) -> str:
    return next(path for path in files if path.startswith("root."))


def _sent(case: str, dialect: str) -> dict[str, str | None]:
    """Changeset → the SQL that we think Liquibase sends; None where it holds SQL of its own or is not known."""
    tree = MemoryTree(_files(case))
    extracts = {
        path: PARSER.extract(file, None)
        for path in tree.paths
        if PARSER.claims(path, tree.read(path) or b"") and (file := tree.file(path)) is not None
    }
    walk = Walk(Changelogs(extracts, tree, Files(tree.paths)), Parameters(dialect))
    found: dict[str, str | None] = {}
    for step in walk.steps(_root(_files(case))):
        if condition(step.node, dialect)[0]:
            try:
                parts = [
                    said(tuple(sql.chunks)) for one in changes(step.node) for sql in statements(one, Database(dialect))
                ]
                found[label(step)] = "; ".join(parts)
            except NotKnown:
                found[label(step)] = None
    return found


_KEY = re.compile(r", CONSTRAINT \S+ FOREIGN KEY \([^()]*\) REFERENCES \S+\([^()]*\)(?: ON DELETE CASCADE)?")


def _normal(sql: str) -> str:
    """Without what means nothing: blanks, the last semicolon, and the order of a new table's foreign keys, which Liquibase
    takes from a hash table."""
    sql = re.sub(r"\s+", " ", sql).replace(" ;", ";").strip("; ")
    keys = sorted(_KEY.findall(sql))
    return _KEY.sub("", sql) + "".join(keys)


# SQL Server keeps remarks as properties of its own and asks its catalog for the names of defaults; neither is rendered.
_OTHERWISE = re.compile(r"sp_(?:add|update)extendedproperty|DECLARE @sql|sys\.views|CURRENT_DATE")


@pytest.mark.parametrize(("case", "dialect"), SENT)
def test_what_is_sent(case: str, dialect: str) -> None:
    golden = GOLDENS[case]["sql"][dialect]
    ours = _sent(case, dialect)
    # Preconditions are not looked at offline: what ours leaves out, a real run must have marked as run.
    marked = {name for outcome, name in GOLDENS[case].get("postgres", {}).get("ran", ()) if outcome == "MARK_RAN"}
    assert list(ours) == [key for key in golden if key in ours or key not in marked]
    compared = {
        key: (sql, golden[key]) for key, sql in ours.items() if sql is not None and not _OTHERWISE.search(golden[key])
    }
    assert {key: _normal(sql) for key, (sql, _) in compared.items()} == {
        key: _normal(sql) for key, (_, sql) in compared.items()
    }


def _report(case: str, dialect: str) -> Report:
    return lint(MemoryTree(_files(case)), Config(dialect=dialect), only=())


@pytest.mark.parametrize(("case", "dialect"), RUN)
def test_what_ran(case: str, dialect: str) -> None:
    """Every changeset that ran is a script, in that order; those that were marked as run were not certain to run."""
    ((source, _),) = _report(case, dialect).catalogs
    ran = [name for outcome, name in GOLDENS[case][dialect]["ran"] if outcome == "EXECUTED"]
    certain = [
        script.label
        for script in source.scripts
        if not any(fact.guard and fact.guard.conditional for fact in script.facts)
    ]
    assert [name for name in ran if name in certain] == [name for name in certain if name in ran] == certain
    assert set(ran) <= {script.label for script in source.scripts}
    assert source.faults == ()


@pytest.mark.parametrize(("case", "dialect"), RUN)
def test_catalog(case: str, dialect: str) -> None:
    ((source, catalog),) = _report(case, dialect).catalogs
    golden = GOLDENS[case][dialect]["catalog"]
    ours = catalogs.ours(catalog, "mysql" if dialect == "mariadb" else dialect)
    for fact in source.facts:  # a table that may be made, and here was not
        if isinstance(fact, CreateTable) and fact.guard is not None and str(fact.table) not in golden:
            del ours[str(fact.table)]
    assert ours == golden


@pytest.mark.parametrize("dialect", ["postgres", "mariadb"])
def test_the_way_back(dialect: str) -> None:
    """Everything but the first changeset was taken back: what is then left is what the first one made."""
    ((source, _),) = _report("rollback", dialect).catalogs
    backs = [Script("back", script.label, script.down or ()) for script in reversed(source.scripts[1:])]
    whole = replace(source, scripts=(*source.scripts, *backs))
    path = DeploymentPath(source.id, "", source.dialect, (Step(whole),), alone=True)
    left = play(path, {})
    assert left.problems == ()
    ours = catalogs.ours(left.catalog, "mysql" if dialect == "mariadb" else dialect)
    assert ours == GOLDENS["rollback"][dialect]["back"]
