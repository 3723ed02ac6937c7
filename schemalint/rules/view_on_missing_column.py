"""SL112 view-on-missing-column. Docs and tests: rules/SL112-view-on-missing-column.md"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, listed, rule


@rule("SL112", "view-on-missing-column", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is Refusal.VIEW_TABLE_MISSING:
        yield _relation(self, problem)
    elif problem.refusal is Refusal.VIEW_COLUMN_MISSING:
        yield _column(self, problem)


def _relation(self: Rule, problem: Problem) -> Finding:
    related = []
    help = "create it first, or correct the name"
    if problem.later:
        related.append(Location(problem.later, "created only here, later"))
        help = "move the view behind the statement that creates the table"
    elif problem.gone:
        related.append(Location(problem.gone, "dropped or renamed here"))
        help = "it is gone by then: name what took its place"
    elif problem.near:
        help = f"did you mean {problem.near}?"
    message = f"view {problem.holder} reads {problem.table}, which does not exist at this point"
    return self.problem(problem, message, "no such table or view", *related, help=help, object=problem.holder)


def _column(self: Rule, problem: Problem) -> Finding:
    related = []
    near: list[str] = []
    if problem.existing is not None:
        columns = problem.existing.columns
        related.append(Location(problem.existing.span, f"{problem.table} has {listed(columns)}"))
        near = get_close_matches(str(problem.name), [name.key for name in columns], n=1, cutoff=0.8)
    elif problem.taken is not None:
        related.append(Location(problem.taken, "the view it reads"))
    return self.problem(
        problem,
        f"view {problem.holder} names {problem.table}.{problem.name}, which does not exist at this point",
        "no such column",
        *related,
        help=f"did you mean {near[0]}?" if near else "add the column first, or correct the view",
        column=problem.name,
        object=problem.holder,
    )
