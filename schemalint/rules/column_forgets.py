"""SL423 column-forgets. Docs and tests: rules/SL423-column-forgets.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Played, Problem, Refusal
from schemalint.model.facts import AlterColumn
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.schema import Column
from schemalint.rules import Rule, rule

_WORDS = {"nullable": "NOT NULL", "default": "its default", "identity": "AUTO_INCREMENT"}
_KEYWORDS = {
    "nullable": "existing_nullable=False",
    "default": "existing_server_default=…",
    "identity": "existing_autoincrement=True",
}


@rule("SL423", "column-forgets", severity=Severity.WARNING, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    for problem in played.problems:
        if problem.refusal is Refusal.FORGOTTEN and isinstance(problem.fact, AlterColumn):
            yield from _judge(self, played, problem, problem.fact)


def _judge(self: Rule, played: Played, problem: Problem, fact: AlterColumn) -> Iterator[Finding]:
    """What the column had before and has not at the end: a later step may have given it back."""
    table = played.catalog.tables.get(fact.table)
    before = problem.existing.columns.get(fact.column) if problem.existing is not None else None
    now = table.columns.get(fact.replacement.name) if table is not None and fact.replacement is not None else None
    if before is None or now is None:
        return
    lost = [what for what in fact.unstated if _has(before, what) and not _has(now, what)]
    if not lost:
        return
    words = " and ".join(_WORDS[what] for what in lost)
    fails = "identity" in lost and now.nullable is False
    yield self.problem(
        problem,
        f"{fact.table}.{fact.column} loses {words} here: MySQL takes the whole definition again, and Alembic writes only"
        " what this call says",
        "MODIFY or CHANGE without " + " and ".join(_WORDS[what].removeprefix("its ") for what in lost),
        Location(before.span, f"{fact.column} was defined here"),
        severity=Severity.ERROR if fails else None,
        help=f"say {' and '.join(_KEYWORDS[what] for what in lost)}"
        + ("; as it stands, every INSERT without a value for the column fails" if fails else ""),
        column=fact.column,
    )


def _has(column: Column, what: str) -> bool:
    if what == "nullable":
        return column.nullable is False
    return bool(column.has_default if what == "default" else column.identity)
