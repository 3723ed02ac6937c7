"""What real migration tools did with small projects, and what we read there. See tests/oracles/migration_tools/README.md."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from posixpath import basename

import pytest

from schemalint.config import Config
from schemalint.dialects import dialect
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.facts import CreateIndex, CreateTable, Opaque
from schemalint.model.finding import Severity
from schemalint.model.report import Report
from schemalint.model.source import Script, Source
from schemalint.replay.apply import run
from schemalint.replay.state import State
from tests.oracles.migration_tools.cases import HERE, cases, files
from tests.pages import Section, sections

GOLDENS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((HERE / "goldens").glob("*.json"))}
CASES = [(tool, case) for tool in GOLDENS for case in cases(tool)]
RAN = [(tool, case) for tool, case in CASES if GOLDENS[tool][case.title]["stopped"] is None]
STOPPED = [(tool, case) for tool, case in CASES if GOLDENS[tool][case.title]["stopped"] is not None]
WHOLE = frozenset({"sql-migrate", "tern"})
"""Tools that read all files before they run the first."""


UNDECIDED = frozenset(
    {("diesel", "Two of one version"), ("diesel", "One version written in two ways"), ("pop", "Two of one version")}
)
"""diesel takes one of them, whichever it meets last, pop whichever its sorting leaves first: neither stops, and what runs is not
known."""
ELSEWHERE = frozenset({"A value that is not given", "A value in a comment", "A value in a text"})
"""What makes Flyway stop, unless the environment or the command line gives the value: that cannot be seen."""


OF_NO_TOOL = frozenset({("golang-migrate", "A hyphen behind the number")})
"""Nothing shows whose files these are: they are read as numbered scripts of no tool."""


def _id(value: object) -> str:
    return value.title if isinstance(value, Section) else str(value)


def _read(tool: str, case: Section) -> tuple[Source | None, Report]:
    report = lint(MemoryTree(files(case)), Config(dialect="postgres"))
    assert report.broken == ()
    return next((source for source, _ in report.catalogs if source.parser == tool), None), report


def _order(tool: str, source: Source) -> list[str]:
    """The migrations by the names that the tool's own record has."""
    if tool in ("goose", "golang-migrate", "tern", "sqlx", "refinery"):
        return [str(int(script.label)) for script in source.scripts]
    if tool == "sql-migrate":
        return [basename(script.path) for script in source.scripts]
    if tool in ("db-migrate", "prisma"):
        return [script.label for script in source.scripts]
    if tool in ("node-pg-migrate", "drizzle"):
        return [basename(script.path).rpartition(".")[0] for script in source.scripts]
    names = [script.label.replace("_", " ") for script in source.scripts]
    return [name for name in names if not name.startswith(("before", "after"))]  # callbacks are in no record


def _forth(source: Source, state: State) -> State:
    for script in source.scripts:
        for _ in run(state, script.facts, source.id):
            pass
    return state


def _back(source: Source, state: State) -> State:
    for script in reversed(source.scripts):
        for _ in run(state, script.down or (), source.id):
            pass
    return state


def _tables(state: State) -> dict[str, dict[str, str]]:
    return {
        str(table.name.name): {
            str(column.name): f"{column.type.name if column.type else '?'}{'' if column.nullable else ' not null'}"
            for column in table.columns.values()
        }
        for table in sorted(state.tables.values(), key=lambda table: str(table.name.name))
    }


def _keys(state: State) -> dict[str, list[str]]:
    """Constraints and indexes as renew.py lists them."""
    found = {}
    for table in state.tables.values():
        key = [table.primary_key] if table.primary_key else []
        lines = [f"p {one.name} ({', '.join(map(str, one.columns))})" for one in key]
        lines += [f"u {one.name} ({', '.join(map(str, one.columns))})" for one in table.uniques]
        lines += [
            f"f {one.name} ({', '.join(map(str, one.columns))}) {one.ref_table} {_ACTIONS[one.on_delete or 'NO ACTION']}"
            for one in table.foreign_keys
        ]
        lines += [f"c {one.name} ()" for one in table.checks]
        lines += [f"{'unique ' if one.unique else ''}index {one.name}" for one in table.indexes]
        if lines:
            found[str(table.name.name)] = sorted(lines)
    return dict(sorted(found.items()))


_ACTIONS = {"NO ACTION": "a", "RESTRICT": "r", "CASCADE": "c", "SET NULL": "n", "SET DEFAULT": "d"}


def _unread(script: Script) -> bool:
    return any(isinstance(fact, Opaque) for fact in (*script.facts, *(script.down or ())))


@pytest.mark.parametrize(("tool", "case"), RAN, ids=_id)
def test_what_ran(tool: str, case: Section) -> None:
    """What the tool applied is read in its order, with its tables after going up and after going back."""
    golden = GOLDENS[tool][case.title]
    source, report = _read(tool, case)
    assert source is not None
    assert bool(source.faults) is ((tool, case.title) in UNDECIDED)
    if source.faults:
        return
    if "CREATE TABLE" in case.files.get("init.sql", ""):
        assert source.takeover is not None
        assert source.takeover.scripts is not None
        rest = replace(source, scripts=source.takeover.scripts)
        assert _order(tool, rest) == golden["applied"][1:]  # Flyway's record begins with what it takes as run
        assert [one for one in report.findings if one.severity is Severity.ERROR] == []
        return
    assert _order(tool, source) == golden["applied"]
    errors = {finding.code: finding.message for finding in report.findings if finding.severity is Severity.ERROR}
    stuck = golden.get("down", {}).get("stopped") is not None
    assert {code: said for code, said in errors.items() if code != "SL506" or not stuck} == {}
    if not any(_unread(script) for script in source.scripts):
        state = _forth(source, State(dialect("postgres"), closed=True))
        assert _tables(state) == golden["tables"]
        if "keys" in golden:
            assert _keys(state) == {table: sorted(keys) for table, keys in golden["keys"].items()}
        if "down" in golden and golden["down"]["stopped"] is None:
            assert _tables(_back(source, state)) == golden["down"]["tables"]


@pytest.mark.parametrize(("tool", "case"), RAN, ids=_id)
def test_transactions(tool: str, case: Section) -> None:
    """What one script makes was made in one transaction where it is said to be undone as a whole, else in one each."""
    source, _ = _read(tool, case)
    assert source is not None
    made = [set(one) for one in GOLDENS[tool][case.title]["transactions"]]
    for script in source.scripts:
        names = [
            str(fact.table.name) if isinstance(fact, CreateTable) else str(fact.index.name)
            for fact in script.facts
            if isinstance(fact, CreateTable | CreateIndex)
        ]
        if len(names) > 1 and script.transactional is not None:
            at = {next((i for i, one in enumerate(made) if name in one), None) for name in names}
            assert len(at) == (1 if script.transactional else len(names)), script.path


@pytest.mark.parametrize(("tool", "case"), STOPPED, ids=_id)
def test_what_stopped_the_tool(tool: str, case: Section) -> None:
    """Where the tool stops, something is said: of a file that is passed over, doubled or not read, or of a statement that
    the server refuses. What was applied before is read as applied."""
    golden = GOLDENS[tool][case.title]
    source, report = _read(tool, case)
    errors = [finding for finding in report.findings if finding.severity is not Severity.NOTE]
    if case.title in ELSEWHERE:
        return
    assert source is None or source.ignored or source.faults or errors or any(map(_unread, source.scripts))
    if (tool, case.title) in OF_NO_TOOL:
        assert [one.parser for one, _ in report.catalogs] == ["sql"]
        return
    assert source is not None or report.unread or errors
    if source is not None and not source.ignored and not source.faults and tool not in WHOLE:
        order = _order(tool, source)
        assert order[: len(golden["applied"])] == golden["applied"]


_WAYS = {  # page → whether its history has ways back, and whether a script is undone as a whole when it fails
    "atlas": (False, True),
    "dbmate": (True, True),
    "db-migrate": (True, True),
    "diesel": (True, True),
    "drizzle": (False, True),
    "flyway": (True, True),
    "goose": (True, True),
    "liquibase": (True, True),
    "node-pg-migrate": (True, True),
    "prisma": (False, None),
    "refinery": (False, True),
    "sql-migrate": (True, True),
    "sqlx": (False, True),
    "supabase": (False, True),
    "tern": (True, True),
}


@pytest.mark.parametrize("page", _WAYS)
def test_one_history_on_every_page(page: str) -> None:
    """The pages write down one history as each tool wants it: it gives one catalog, and what has a way back restores."""
    path = Path(__file__).parent / "parsers" / f"{page}.md"
    section = next(section for section in sections(path) if section.title == "A history")
    report = lint(MemoryTree(section.files), section.config, only=("SL501", "SL503", "SL505"))
    ((source, catalog),) = report.catalogs
    back, whole = _WAYS[page]
    assert (source.parser, source.dialect, source.faults) == (page, "postgres", ())
    (users,) = catalog.tables.values()
    assert [(str(column.name), str(column.type and column.type.name)) for column in users.columns.values()] == [
        ("id", "bigint"),
        ("title", "text"),
        ("email", "character varying(200)"),
    ]
    assert [str(index.name) for index in users.indexes] == ["by_email"]
    assert bool(source.scripts[-1].down) is back
    assert [script.transactional for script in source.scripts] == [whole] * 3
    assert [finding for finding in report.findings if finding.code == "SL505"] == []
