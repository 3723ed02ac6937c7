"""What real migration tools did with small folders, and what we read there. See tests/oracles/tools/README.md."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.facts import Opaque
from schemalint.model.report import Report
from tests.pages import sections

TOOLS = Path(__file__).parent / "oracles" / "tools"
GOLDENS = json.loads((TOOLS / "goldens.json").read_text())


def _read(case: str) -> Report:
    folder = TOOLS / "fixtures" / case
    files = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.sql")}
    return lint(MemoryTree(files), Config(dialect="sqlite"), only=())


@pytest.mark.parametrize("case", [case for case, golden in GOLDENS.items() if not golden["stopped"]])
def test_what_ran(case: str) -> None:
    ((source, catalog),) = ((s, c) for s, c in _read(case).catalogs if s.parser == case.split("/")[0])
    assert [script.label for script in source.scripts] == GOLDENS[case]["applied"]
    tables = {str(table.name): [str(name) for name in table.columns] for table in catalog.tables.values()}
    assert tables == GOLDENS[case]["tables"]
    assert source.faults == ()


@pytest.mark.parametrize("case", [case for case, golden in GOLDENS.items() if golden["stopped"]])
def test_what_stopped_the_tool(case: str) -> None:
    """A file that the tool stops at is passed over, doubled or not read. What goose and dbmate applied before they met it is
    read as applied; sql-migrate reads all files first."""
    ((source, _),) = ((s, c) for s, c in _read(case).catalogs if s.parser == case.split("/")[0])
    unread = [script for script in source.scripts if any(isinstance(fact, Opaque) for fact in script.facts)]
    assert source.ignored or source.faults or unread
    if not source.ignored and not source.faults:
        labels = [script.label for script in source.scripts]
        before = labels[: labels.index(unread[0].label)]
        assert GOLDENS[case]["applied"] == ([] if source.parser == "sql-migrate" else before)


_WAYS = {  # page → whether its history has ways back, and whether a script is undone as a whole when it fails
    "dbmate": (True, True),
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
    "supabase": (False, None),
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
