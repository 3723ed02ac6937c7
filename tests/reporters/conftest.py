"""A report made by hand: what reporters print is judged without any parser or rule."""

from __future__ import annotations

import pytest

from schemalint.model.finding import Edit, Finding, Fix, Location, Severity
from schemalint.model.report import (
    DatabaseSummary,
    PathSummary,
    Report,
    SourceSummary,
    StepSummary,
    Unread,
    Unreadable,
)
from schemalint.model.span import SourceFile, Span

SCRIPT = "deploy/mysql/init/01-init.sql"
MODEL = "backend/models/AccountSummary.js"
FILES = {
    MODEL: SourceFile(MODEL, "\n" * 46 + "      fields: ['email'],\n"),
    SCRIPT: SourceFile(SCRIPT, "\n" * 175 + "CREATE TABLE IF NOT EXISTS `account_summaries` (\n"),
}


def at(path: str, text: str, label: str = "") -> Location:
    """The place of the first occurrence of a text."""
    start = FILES[path].text.index(text)
    return Location(Span(path, start, start + len(text)), label)


FINDING = Finding(
    code="SL101",
    name="index-on-missing-column",
    severity=Severity.ERROR,
    message=(
        "sync() will fail: index account_summaries_email needs column `email`, which account_summaries does not have"
    ),
    primary=at(MODEL, "'email'", "the model adds this index at start"),
    related=(at(SCRIPT, "`account_summaries`", "created here with id, account_id, total, created_at"),),
    help="add `email` to the script or remove the index; sync() never adds columns to an existing table",
    notes=(
        "path: docker-compose.prod.yml:20 mounts the script, backend/config/database.js:32 calls sequelize.sync()",
        "MySQL: Key column 'email' doesn't exist in table (1072)",
    ),
    database="default",
    table="account_summaries",
    column="email",
    object="account_summaries_email",
    sources=("sequelize:backend", f"sql:{SCRIPT}"),
    paths=("compose:docker-compose.prod.yml",),
    fix=Fix("Remove the index", (Edit(at(MODEL, "'email'").span, ""),), safe=False),
)
NOTE = Finding(
    code="SL307",
    name="default-mismatch",
    severity=Severity.NOTE,
    message="the default of [total] differs",
    primary=at(SCRIPT, "CREATE TABLE"),
)


def source(kind: str, parser: str, root: str, tables: int, aside: bool = False) -> SourceSummary:
    return SourceSummary(f"{parser}:{root}", kind, parser, root, 1, tables, "mysql", "service db", aside)


@pytest.fixture
def report() -> Report:
    sources = (
        source("models", "sequelize", "backend", 9),
        source("schema", "sql", SCRIPT, 12),
        source("schema", "sql", "tests/a.sql", 3, aside=True),
    )
    steps = (
        StepSummary(f"sql:{SCRIPT}", ("docker-compose.prod.yml:20 mounts the script",)),
        StepSummary("sequelize:backend", ("backend/config/database.js:32 calls sequelize.sync()",)),
    )
    path = PathSummary("compose:docker-compose.prod.yml", steps)
    return Report(
        findings=(FINDING, NOTE),
        files=FILES,
        databases=(DatabaseSummary("default", "mysql", sources, (path,)),),
        catalogs=(),
        claimed={MODEL: ("sequelize",), SCRIPT: ("sql",), "tests/a.sql": ("sql",)},
        unread=(
            Unread(Span(SCRIPT, 0, 1), "a trigger", ()),
            Unread(Span(SCRIPT, 1, 2), "dynamic SQL", None),
        ),
        unreadable=(Unreadable("db/latin [1].sql", "it is not UTF-8"),),
        aside={"tests": 1},
        suppressed=1,
    )
