"""SL115 dropped-while-referenced. Docs and tests: rules/SL115-dropped-while-referenced.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import DropColumn, DropIndex, DropTable, DropType
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL115", "dropped-while-referenced", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.DEPENDED_ON or problem.taken is None or problem.existing is None:
        return
    by = "its own table" if _own(problem) else f"table {problem.existing.name}"
    yield self.problem(
        problem,
        f"{_dropped(problem)} cannot be dropped: {by} still needs it",
        "dropped here",
        Location(problem.taken, "needs it"),
        help=_help(problem),
        column=problem.name if isinstance(problem.fact, DropColumn) else None,
        object=problem.name,
    )


def _dropped(problem: Problem) -> str:
    match problem.fact:
        case DropTable():
            return f"table {problem.table}"
        case DropColumn():
            return f"column {problem.name} of {problem.table}"
        case DropIndex():
            return f"index {problem.name}"
        case DropType():
            return f"type {problem.name}"
    return f"constraint {problem.name} of {problem.table}"


def _own(problem: Problem) -> bool:
    own = problem.existing is not None and problem.existing.name == problem.table
    return own and not isinstance(problem.fact, DropType)


def _help(problem: Problem) -> str:
    family = problem.path.dialect
    if isinstance(problem.fact, DropIndex) and family == "postgres" and _own(problem):
        return f"drop the constraint that it belongs to: ALTER TABLE {problem.table} DROP CONSTRAINT {problem.name}"
    if family == "postgres":
        return "drop what needs it first, or write CASCADE where that should go too"
    if family == "sqlite":
        return "drop the index first; for a column of a key, make the table anew without it and copy the rows"
    return "drop the key that needs it first"
